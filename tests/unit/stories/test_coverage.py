"""What stories pass is counted by element, flow and row; what none passes is named, unless the bundle says why."""

from pathlib import Path

import pytest

from workflows.definitions import BundleRejected, load_bundle, load_files
from workflows.queries.passed import Passed
from workflows.stories.coverage import Covered, covered

FILES = dict(load_bundle(Path(__file__).parents[1] / "definitions" / "small").files)


def told(found: Passed, explained: str = "") -> dict[tuple[str, str], Covered]:
    bundle = load_files({**FILES, "coverage.toml": explained.encode()})
    return {(each.place, each.kind): each for each in covered(bundle, found)}


def entry(what: str, reason: str = "Why.") -> str:
    return f'[[explained]]\n{what}\nreason = "{reason}"\n'


def test_nothing_is_passed_where_nothing_was_played() -> None:
    for each in told(Passed()).values():
        assert (each.passed, len(each.never), each.explained) == (0, each.total, ())


def test_an_element_is_passed_and_the_only_flow_out_of_it_was_taken() -> None:
    found = told(Passed(elements={("walk", "walk_opened"), ("walk", "is_enough")}))

    assert found["walk", "element"].passed == 2
    assert "walk_opened" not in found["walk", "element"].never
    assert "walk_opened__ask_question" not in found["walk", "flow"].never
    assert {"is_enough__walk_refused", "is_enough__tell_unit"} <= set(found["walk", "flow"].never)


def test_a_flow_out_of_a_choice_was_taken_where_history_says_so() -> None:
    found = told(Passed(flows={("walk", "is_enough__tell_unit")}))
    assert (found["walk", "flow"].passed, found["vote", "flow"].passed) == (1, 0)


def test_a_row_decides_in_its_rule_set() -> None:
    found = told(Passed(rows={("weigh_answer", "r1", "luat_thu_d1_du"), ("weigh_answer", "r9", "luat_thu_d1_thieu")}))
    assert found["weigh_answer/r1", "row"].never == ("luat_thu_d1_thieu",)


def test_what_is_explained_is_not_called_never_passed() -> None:
    entries = entry('process = "walk"\nelements = ["walk_left"]\nflows = ["is_enough__walk_refused"]')
    entries += entry('decision = "weigh_answer"\nrule_set = "r1"\nrows = ["luat_thu_d1_thieu"]')
    found = told(Passed(), entries)

    assert found["walk", "element"].explained == ("walk_left",)
    assert "walk_left" not in found["walk", "element"].never
    assert found["walk", "flow"].explained == ("is_enough__walk_refused",)
    assert found["weigh_answer/r1", "row"].never == ("luat_thu_d1_du",)


def test_an_explanation_of_what_is_passed_is_stale() -> None:
    entries = entry('process = "walk"\nelements = ["walk_opened"]')
    found = told(Passed(elements={("walk", "walk_opened")}), entries)
    assert found["walk", "element"].stale == ("walk_opened",)
    assert found["walk", "element"].explained == ()


@pytest.mark.parametrize(
    "written",
    [
        entry('process = "walk"\nelements = ["walk_left"]', reason=" "),
        entry('elements = ["walk_left"]'),
        entry('process = "walk"\ndecision = "weigh_answer"\nrule_set = "r1"'),
        entry('decision = "weigh_answer"'),
        entry('process = "walk"\nelements = "walk_left"'),
        '[[explained]]\nprocess = "walk"',
    ],
)
def test_an_entry_says_why_and_of_what(written: str) -> None:
    with pytest.raises(BundleRejected, match=r"coverage.toml"):
        told(Passed(), written)
