"""The register of awards after a replacing decision: the right name is found, the wrong one stays beside it."""

from collections.abc import Callable

from tests.story import procedure
from workflows.queries.accounts import actor_named
from workflows.queries.awards import register
from workflows.settings import Settings
from workflows.stories.again import every_story
from workflows.stories.player import Player
from workflows.stories.stage import Stage


def test_the_register_shows_the_name_as_it_was_corrected_and_keeps_the_former(
    fresh_database: Callable[[], str],
) -> None:
    story = every_story(procedure())["replaced"]
    with Stage(fresh_database(), story.starts).set_for(story, procedure()) as db:
        Player(db, Settings(), procedure(), story).play()
        officer = actor_named(db, "chuyen_vien")
        assert officer is not None
        entries = register(db, officer, state="corrected").rows

        assert entries
        for entry in entries:
            former, _, right = (entry.reason or "").partition(": ")[2].partition(" → ")
            assert former
            assert former != right == entry.name
            assert [each.line for each in register(db, officer, search=right).rows] == [entry.line]
