"""Every story of the bundle is played through the real operations, and what history keeps of it is whole."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.story import procedure
from workflows.queries.passed import Passed
from workflows.queries.verification import verify
from workflows.settings import Settings
from workflows.stories.again import every_story
from workflows.stories.coverage import Covered, covered
from workflows.stories.player import StoryFailed
from workflows.stories.stage import Stage, play

STORIES = every_story(procedure())


@dataclass
class Run:
    """The stories that were played, each once, what they passed together, and which of them failed."""

    stage: Stage
    passed: Passed = field(default_factory=Passed)
    played: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def play(self, name: str) -> None:
        """Play a story and look at what history keeps of it."""
        self.played.add(name)
        self.broken.add(name)
        story = STORIES[name]
        with self.stage.set_for(story, procedure()) as db:
            self.passed.add(play(db, Settings(), procedure(), story))
            checks = verify(db)
        assert checks
        assert [check for check in checks if not check.ok] == []
        self.broken.discard(name)


@pytest.fixture(scope="module")
def run(fresh_database: Callable[[], str]) -> Run:
    return Run(Stage(fresh_database(), min(story.starts for story in STORIES.values())))


@pytest.mark.parametrize("name", STORIES)
def test_a_story_happens_as_it_is_written_and_its_history_verifies(name: str, run: Run) -> None:
    run.play(name)


def whole(run: Run) -> list[Covered]:
    """What all stories pass; those that were not selected are played now."""
    for name in STORIES.keys() - run.played:
        try:
            run.play(name)
        except StoryFailed as failure:
            pytest.fail(str(failure))
    assert run.broken == set(), "what these stories pass is not known until they are mended"
    return covered(procedure(), run.passed)


def test_stories_pass_everything_or_the_bundle_says_why(run: Run) -> None:
    assert {each.place: each.never for each in whole(run) if each.never} == {}


def test_nothing_that_a_story_passes_is_explained_as_never_passed(run: Run) -> None:
    assert {each.place: each.stale for each in whole(run) if each.stale} == {}
