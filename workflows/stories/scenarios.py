"""Plays stories one by one, each on an empty database of its own, on a server that lives no longer than they do."""

import math
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workflows.definitions import Bundle
from workflows.queries.passed import Passed
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.stories.coverage import Covered, covered
from workflows.stories.player import StoryFailed
from workflows.stories.stage import Stage, play
from workflows.stories.story import Story


@dataclass(frozen=True, slots=True)
class Played:
    """How stories went: those that failed with the reason, what all of them passed, and for which there was no time."""

    failed: dict[str, str] = field(default_factory=dict)
    coverage: tuple[Covered, ...] = ()
    unplayed: tuple[str, ...] = ()


def play_all(
    bundle: Bundle,
    stories: Sequence[Story],
    settings: Settings,
    say: Callable[[str], None],
    seconds: float = math.inf,
) -> Played:
    """Play stories; says of each how it went. After so many `seconds` no further one is begun."""
    failed, found, until = dict[str, str](), Passed(), time.monotonic() + seconds
    unplayed: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="vinhdanh-stories-") as folder:
        Path(folder).chmod(0o711)
        with Embedded(Path(folder) / "data", fsync=False) as server:
            schema.upgrade(server.url)
            stage = Stage(server.url, min(story.starts for story in stories))
            for number, story in enumerate(stories):
                if time.monotonic() > until:
                    unplayed = tuple(each.name for each in stories[number:])
                    break
                try:
                    with stage.set_for(story, bundle) as db:
                        found.add(play(db, settings, bundle, story))
                except StoryFailed as failure:
                    failed[story.name] = str(failure)
                    say(f"FAILED {failure}")
                else:
                    say(f"passed {story.name}: {story.title.vi}")
    return Played(failed, tuple(covered(bundle, found)), unplayed)
