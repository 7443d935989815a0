"""Plays stories one by one, each on an empty database of its own, on a server that lives no longer than they do."""

import tempfile
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
    """How stories went: those that failed with the reason, and what all of them passed."""

    failed: dict[str, str] = field(default_factory=dict)
    coverage: tuple[Covered, ...] = ()


def play_all(bundle: Bundle, stories: Sequence[Story], settings: Settings, say: Callable[[str], None]) -> Played:
    """Play stories; says of each how it went."""
    failed, found = dict[str, str](), Passed()
    with tempfile.TemporaryDirectory(prefix="vinhdanh-stories-") as folder:
        Path(folder).chmod(0o711)
        with Embedded(Path(folder) / "data", fsync=False) as server:
            schema.upgrade(server.url)
            stage = Stage(server.url, min(story.starts for story in stories))
            for story in stories:
                try:
                    with stage.set_for(story, bundle) as db:
                        found.add(play(db, settings, bundle, story))
                except StoryFailed as failure:
                    failed[story.name] = str(failure)
                    say(f"FAILED {failure}")
                else:
                    say(f"passed {story.name}: {story.title.vi}")
    return Played(failed, tuple(covered(bundle, found)))
