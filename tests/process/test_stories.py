"""Every story of the bundle is played through the real operations, and what history keeps of it is whole."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.story import procedure
from workflows.queries.passed import Passed
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.stories.again import every_story
from workflows.stories.coverage import covered
from workflows.stories.stage import Stage, play

STORIES = every_story(procedure())


@dataclass
class Run:
    """The stories that were played, and what they passed together."""

    stage: Stage
    passed: Passed = field(default_factory=Passed)
    names: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def run(fresh_database: Callable[[], str]) -> Run:
    return Run(Stage(fresh_database(), min(story.starts for story in STORIES.values())))


@pytest.mark.parametrize("name", STORIES)
def test_a_story_happens_as_it_is_written_and_its_history_verifies(name: str, run: Run) -> None:
    story = STORIES[name]
    with run.stage.set_for(story, procedure()) as db:
        run.passed.add(play(db, Settings(), procedure(), story))
        checks = verify(db)

    run.names.add(name)
    assert checks
    assert [check for check in checks if not check.ok] == []


def test_stories_pass_everything_or_the_bundle_says_why(run: Run) -> None:
    if run.names < STORIES.keys():
        pytest.skip("only some of the stories were played, or not all of them passed")
    never = {each.place: each.never for each in covered(procedure(), run.passed) if each.never}
    if never:
        pytest.xfail(f"never passed and not explained: {never}")
