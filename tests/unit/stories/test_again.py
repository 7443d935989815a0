"""A story told again from another day does the same, every day moved, and compares nothing that hangs on days."""

from datetime import date, datetime

import pytest

from workflows.definitions import load_bundle, shipped
from workflows.domain.calendar import LOCAL
from workflows.stories.again import answered_again, every_story, told_again
from workflows.stories.expectations import refusal_differences
from workflows.stories.story import StoryRejected, read_story

STORY = read_story(
    "walk",
    {
        "title": {"vi": "Đi", "en": "Walk"},
        "starts": "2021-10-18T08:00+07:00",
        "step": [
            {
                "at": "2021-10-25T08:30+07:00",
                "by": "an",
                "do": "ask",
                "on": "it",
                "answers": {"on": date(2021, 10, 25), "rows": [{"day": date(2021, 10, 26), "name": "2021-10-26"}]},
                "expect": {
                    "status": "open",
                    "due": {"ask": "2021-11-22"},
                    "facts": {"a": 1},
                    "lines": [{"line": 1, "verdict": "passed", "bonus": 450_000}],
                },
            },
            {"wait": "2 days", "by": "an", "look": "it"},
        ],
    },
)


def test_every_day_of_a_story_moves_with_its_beginning() -> None:
    again = told_again(STORY, date(2024, 3, 4))

    assert again.name == "walk@2024-03-04"
    assert again.title.en == "Walk (from 04/03/2024)"
    assert again.starts == datetime(2024, 3, 4, 8, 0, tzinfo=LOCAL)
    assert again.steps[0].at == datetime(2024, 3, 11, 8, 30, tzinfo=LOCAL)
    assert again.steps[0].told["answers"] == {
        "on": date(2024, 3, 11),
        "rows": [{"day": date(2024, 3, 12), "name": "2021-10-26"}],
    }
    assert (again.steps[1].at, again.steps[1].days) == (None, 2)


def test_what_hangs_on_the_day_is_not_compared() -> None:
    again = told_again(STORY, date(2024, 3, 4))
    assert again.steps[0].expect == {"status": "open", "lines": [{"line": 1, "verdict": "passed"}]}
    assert STORY.steps[0].expect["facts"] == {"a": 1}


def test_a_story_is_told_again_from_the_same_weekday_only() -> None:
    with pytest.raises(StoryRejected, match="another weekday"):
        told_again(STORY, date(2024, 3, 5))


def test_a_bundle_has_each_story_and_each_day_it_is_told_again() -> None:
    bundle = load_bundle(shipped())
    known = every_story(bundle)
    assert bundle.scenarios.keys() <= known.keys()
    assert {f"t01@{day}" for day in bundle.scenarios["t01"]["also_from"]} <= known.keys()


def test_a_step_answers_again_with_what_it_changes() -> None:
    rows = [{"name": "x", "scope": "unit"}, {"name": "y"}]
    before = {"form": "a", "day": 1, "rows": rows, "who": ["an", "binh"]}
    changed = {"day": "", "rows": [{"scope": ""}, {}, {"name": "z"}], "who": ["chi"]}

    assert answered_again(before, changed) == {
        "form": "a",
        "rows": [{"name": "x"}, {"name": "y"}, {"name": "z"}],
        "who": ["chi"],
    }
    assert rows[0] == {"name": "x", "scope": "unit"}
    assert answered_again(before, {}) == before


def test_a_story_says_where_a_form_refuses_and_which_rows_decided() -> None:
    decided = {("route", "r2017", "scope_small")}
    expect = {"fields": ["nominees/1/scope"], "decided": ["route/scope_small"]}

    assert refusal_differences(expect, {"/nominees/0/scope": "Why."}, decided) == []
    assert refusal_differences({}, {"/kind": "Why."}, decided) == []
    assert len(refusal_differences(expect, {"/nominees/1/scope": "Why."}, decided)) == 1
    assert len(refusal_differences(expect, {}, ())) == 2
