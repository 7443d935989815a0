"""Plays stories one by one, each on an empty database of its own, on a server that lives no longer than they do."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from workflows.definitions import Bundle
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database
from workflows.stories.demo import prepare
from workflows.stories.player import Player, StoryFailed
from workflows.stories.story import Story


def play_all(bundle: Bundle, stories: Iterable[Story], settings: Settings, say: Callable[[str], None]) -> int:
    """Play stories; says of each how it went, and returns how many passed."""
    with tempfile.TemporaryDirectory(prefix="vinhdanh-stories-") as folder:
        Path(folder).chmod(0o711)
        with Embedded(Path(folder) / "data", fsync=False) as server:
            schema.upgrade(server.url)
            return sum(_plays(server.url, bundle, story, settings, say) for story in stories)


def _plays(template: str, bundle: Bundle, story: Story, settings: Settings, say: Callable[[str], None]) -> bool:
    db = Database(schema.copy(template, f"story_{story.name}"))
    try:
        prepare(db, bundle, story.starts)
        Player(db, settings, bundle, story).play()
    except StoryFailed as failure:
        say(f"FAILED {failure}")
        return False
    finally:
        db.close()
    say(f"passed {story.name}: {story.title.vi}")
    return True
