"""The eligibility sheet: who is found eligible meets every standard of the plan, or has a written reason."""

from typing import Any

import pytest

from tests.story import BUNDLE
from workflows.definitions import load_bundle
from workflows.domain.facts import Facts, Line
from workflows.domain.form import EntriesRefused
from workflows.domain.sheet import filled, require_sheet, standards_of

BUNDLE_READ = load_bundle(BUNDLE)
PLAN = BUNDLE_READ.movements["covid-2021"].told
SCHEMA = BUNDLE_READ.forms["appraise_dossier"].schema
ELIGIBLE = {"line": 1, "criteria": "met", "block": "none", "verdict": "eligible"}


def of(kind: str, **more: str) -> Facts:
    """One nominee of this kind."""
    return Facts({}, (Line("HS-0001.1", "HS-0001", 1, {"kind": kind, "name": "Ví Dụ", **more}),))


def refused(facts: Facts, **answers: Any) -> dict[str, str]:
    """What is wrong with an appraisal."""
    with pytest.raises(EntriesRefused) as found:
        require_sheet(facts, SCHEMA, {"lines": [ELIGIBLE], **answers}, PLAN)
    return dict(found.value.fields)


def test_the_standards_of_the_plan_are_four_for_a_collective_and_two_for_a_person() -> None:
    kinds = ("collective", "person", "household")
    assert [[each["key"] for each in standards_of(PLAN, kind)] for kind in kinds] == [
        ["C1", "C2", "C3", "C4"],
        ["I1", "I2"],
        [],
    ]


def test_the_form_asks_for_the_standards_of_the_movements_and_no_others() -> None:
    asked = SCHEMA["properties"]["sheet"]["items"]["properties"]["criterion"]["enum"]
    assert asked == [each["key"] for each in PLAN["standards"]]


def test_who_is_eligible_meets_every_standard_with_its_evidence() -> None:
    row = {"line": 1, "criterion": "I1", "met": "met", "evidence": "Báo cáo"}
    assert list(refused(of("person"))) == ["/sheet"]
    assert list(refused(of("person"), sheet=[row, {**row, "criterion": "I2", "met": "not_met"}])) == ["/sheet/1/met"]
    without = {"line": 1, "criterion": "I2", "met": "met"}
    assert list(refused(of("person"), sheet=[row, without])) == ["/sheet/1/evidence"]
    require_sheet(of("person"), SCHEMA, {"lines": [ELIGIBLE], "sheet": [row, {**row, "criterion": "I2"}]}, PLAN)


def test_a_line_that_goes_back_needs_no_sheet() -> None:
    require_sheet(of("person"), SCHEMA, {"lines": [{**ELIGIBLE, "verdict": "incomplete"}]}, PLAN)


def test_a_subject_without_a_standard_needs_a_written_reason() -> None:
    told = {**ELIGIBLE, "criteria": "no_own_standard"}
    with pytest.raises(EntriesRefused) as found:
        require_sheet(of("household"), SCHEMA, {"lines": [told]}, PLAN)
    assert list(found.value.fields) == ["/lines/0/note"]
    require_sheet(of("household", own_reason="Cho mượn nhà."), SCHEMA, {"lines": [told]}, PLAN)
    require_sheet(of("household"), SCHEMA, {"lines": [{**told, "note": "Cho mượn nhà."}]}, PLAN)


def test_a_story_that_is_silent_has_a_full_sheet() -> None:
    told = filled(of("collective"), SCHEMA, {"lines": [ELIGIBLE]}, PLAN, "Báo cáo")
    assert [row["criterion"] for row in told["sheet"]] == ["C1", "C2", "C3", "C4"]
    require_sheet(of("collective"), SCHEMA, told, PLAN)
