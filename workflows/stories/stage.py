"""Databases to play stories on: each variant of the procedure is put into force once, and every story gets a copy."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from workflows.definitions import Bundle
from workflows.definitions.read import with_parameters
from workflows.operations import clock
from workflows.queries.passed import Passed
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.session import Database
from workflows.stories.coverage import Seen
from workflows.stories.demo import prepare
from workflows.stories.player import Player
from workflows.stories.story import Story


class Stage:
    """Where stories are played. `empty` is the URL of a database with the schema, to which nobody is connected.

    No story begins before `starts`; the procedure is in force since the day before, for clocks only go forward.
    """

    def __init__(self, empty: str, starts: datetime) -> None:
        self._empty, self._since = empty, starts - timedelta(days=1)
        self._prepared: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._secret = secrets.token_hex()
        self._name = secrets.token_hex(4)

    @contextmanager
    def set_for(self, story: Story, bundle: Bundle) -> Iterator[Database]:
        """A database of its own, with the people, the procedure in force and the clock at the story's beginning."""
        url = schema.copy(self._template(variant(bundle, story)), self._next("story"))
        db = Database(url, secret=self._secret)
        try:
            clock.set_clock(db, story.starts.astimezone(UTC))
            yield db
        finally:
            db.close()

    def _template(self, bundle: Bundle) -> str:
        if bundle.sha256 not in self._prepared:
            url = schema.copy(self._empty, self._next("stage"))
            db = Database(url)
            try:
                prepare(db, bundle, self._since)
            finally:
                db.close()
            self._prepared[bundle.sha256] = url
        return self._prepared[bundle.sha256]

    def _next(self, what: str) -> str:
        """A name no other stage on the same server takes."""
        return f"{what}_{self._name}_{next(self._numbers)}"


def variant(bundle: Bundle, story: Story) -> Bundle:
    """The procedure as the installation of this story has fixed its parameters. Raises BundleRejected."""
    chosen = (bundle.sha256, *sorted(story.parameters.items()))
    if chosen not in _VARIANTS:
        _VARIANTS[chosen] = with_parameters(bundle, story.parameters)
    return _VARIANTS[chosen]


_VARIANTS: dict[tuple[object, ...], Bundle] = {}
"""Few installations differ, and reading a bundle takes as long as a short story."""


def play(db: Database, settings: Settings, bundle: Bundle, story: Story) -> Passed:
    """Play a story to its end; returns what it passed. Raises StoryFailed."""
    bundle = variant(bundle, story)
    player, seen = Player(db, settings, bundle, story), Seen(db, bundle)
    while not player.is_over:
        player.step()
        seen.step(player.decided)
    return seen.passed()
