"""Every story of the bundle is played through the real operations, and what history keeps of it is whole."""

from collections.abc import Callable

import pytest

from tests.story import procedure
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import Player, prepare, read_story


@pytest.mark.parametrize("name", sorted(procedure().scenarios))
def test_a_story_happens_as_it_is_written_and_its_history_verifies(
    name: str, fresh_database: Callable[[], str]
) -> None:
    story = read_story(name, procedure().scenarios[name])
    db = Database(fresh_database())
    prepare(db, procedure(), story.starts)

    Player(db, Settings(), procedure(), story).play()

    checks = verify(db)
    db.close()
    assert checks
    assert [check for check in checks if not check.ok] == []
