"""What an accepted form says about the facts: each answer once, each line by its number, verdicts with their cause."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.errors import InvalidInput, LineNotOpen, LineUnknown
from workflows.domain.facts import Facts, Line
from workflows.domain.form import EntriesRefused
from workflows.domain.record import FactSet, Form, NomineeWritten, applied, gather, record, set_values

APPRAISAL = Form(
    "appraise",
    "appraise",
    {
        "properties": {
            "lines": {
                "x-rows": "lines",
                "items": {
                    "properties": {
                        "line": {"type": "integer"},
                        "verdict": {"type": "string", "x-verdict": {"bad": "failed", "good": "passed"}},
                        "note": {"type": "string"},
                    }
                },
            },
            "outcome": {"type": "string", "x-verdict-all": {"refuse": "failed", "sign": "passed"}},
            "defects": {"type": "string"},
            "number": {"type": "string", "x-series": "arrival", "readOnly": True},
        }
    },
)
DOSSIER = Form(
    "prepare",
    "dossier",
    {
        "properties": {
            "stage": {"type": "string"},
            "letter_date": {"type": "string", "format": "date"},
            "nominees": {
                "x-rows": "nominees",
                "items": {"properties": {"line": {"type": "integer"}, "name": {}, "born": {"format": "date"}}},
            },
        }
    },
)


def said(facts: Facts, form: Form, item: str | None = None, **answers: Any) -> Facts:
    """The facts after somebody answered a form of HS-0001."""
    return record(facts, form, answers, number="HS-0001", item=item).facts


def of(*names: str) -> Facts:
    """A dossier that nominates these people."""
    return said(Facts(), DOSSIER, nominees=[{"name": name} for name in names])


def rows(*verdicts: str) -> list[dict[str, Any]]:
    """One row for each line."""
    return [{"line": place, "verdict": verdict} for place, verdict in enumerate(verdicts, 1)]


def statuses(facts: Facts) -> list[str]:
    """Where the lines stand."""
    return [line.status for line in facts.lines]


def test_a_field_becomes_a_fact_of_the_type_its_form_declares() -> None:
    facts = said(Facts(), DOSSIER, stage="gd1", letter_date="2021-10-25")

    assert facts.values == {"dossier.stage": "gd1", "dossier.letter_date": date(2021, 10, 25)}


def test_only_what_changed_is_told() -> None:
    facts = said(Facts(), DOSSIER, stage="gd1", letter_date="2021-10-25")

    told = record(facts, DOSSIER, {"stage": "gd2", "letter_date": "2021-10-25"}, number="HS-0001")

    assert told.changes == (FactSet("dossier.stage", "gd1", "gd2"),)


def test_what_a_form_no_longer_says_is_no_longer_known() -> None:
    before = said(of("A"), APPRAISAL, outcome="return", defects="Thiếu số liệu", lines=rows("open"))

    after = said(before, APPRAISAL, outcome="forward", lines=rows("open"))

    assert (before.get("appraise.defects"), after.get("appraise.defects")) == ("Thiếu số liệu", None)


def test_a_number_the_office_gave_stays_although_no_form_says_it() -> None:
    before = of("A").with_values({"appraise.number": "07"})

    assert said(before, APPRAISAL, outcome="forward", lines=rows("open")).get("appraise.number") == "07"


def test_the_note_of_an_earlier_appraisal_does_not_stay_on_a_line() -> None:
    first = said(of("A"), APPRAISAL, outcome="return", lines=[{"line": 1, "verdict": "open", "note": "Thiếu"}])

    second = said(first, APPRAISAL, outcome="forward", lines=rows("good"))

    assert first.lines[0].values["appraise.note"] == "Thiếu"
    assert second.lines[0].values["appraise.note"] is None


def test_nominees_are_numbered_in_the_order_they_were_written() -> None:
    facts = of("A", "B", "C")

    assert [(line.id, line.ordinal, line.nominee["name"]) for line in facts.lines] == [
        ("HS-0001.1", 1, "A"),
        ("HS-0001.2", 2, "B"),
        ("HS-0001.3", 3, "C"),
    ]


def test_a_nominee_written_again_keeps_the_line_and_what_was_said_of_it() -> None:
    before = said(of("A", "B"), APPRAISAL, lines=rows("open", "open"), outcome="return")

    after = said(before, DOSSIER, nominees=[{"line": 1, "name": "A", "born": "1990-01-02"}, {"line": 2, "name": "B"}])

    assert after.lines[0].nominee == {"name": "A", "born": date(1990, 1, 2)}
    assert after.lines[0].values["appraise.verdict"] == "open"
    assert after.lines[1] == before.lines[1]


def test_a_nominee_left_out_is_withdrawn_and_its_number_never_given_again() -> None:
    facts = said(of("A", "B"), DOSSIER, nominees=[{"line": 1, "name": "A"}, {"name": "C"}])

    assert [(line.ordinal, line.nominee["name"], line.status) for line in facts.lines] == [
        (1, "A", "open"),
        (2, "B", "withdrawn"),
        (3, "C", "open"),
    ]
    assert statuses(said(facts, DOSSIER, nominees=[{"line": 1, "name": "A"}])) == ["open", "withdrawn", "withdrawn"]


@pytest.mark.parametrize("line", [3, -1, 99])
def test_a_nominee_is_not_written_on_a_line_that_is_not_there(line: int) -> None:
    with pytest.raises(LineUnknown):
        said(of("A", "B"), DOSSIER, nominees=[{"line": line, "name": "X"}])


def test_two_nominees_are_not_written_on_one_line() -> None:
    with pytest.raises(LineNotOpen):
        said(of("A", "B"), DOSSIER, nominees=[{"line": 1, "name": "X"}, {"line": 1, "name": "Y"}])


def test_a_line_that_is_decided_is_not_written_again() -> None:
    decided = said(of("A", "B"), APPRAISAL, lines=rows("bad", "open"), outcome="return")

    with pytest.raises(LineNotOpen):
        said(decided, DOSSIER, nominees=[{"line": 1, "name": "Somebody else"}, {"line": 2, "name": "B"}])


def test_an_answer_about_a_line_gives_it_the_verdict_its_form_declares() -> None:
    facts = said(of("A", "B", "C"), APPRAISAL, lines=rows("bad", "good", "open"), outcome="forward")

    assert statuses(facts) == ["failed", "passed", "open"]


def test_an_outcome_for_all_spares_the_lines_that_are_out() -> None:
    first = said(of("A", "B", "C"), APPRAISAL, lines=rows("bad", "good", "open"), outcome="forward")

    assert statuses(set_values(first, {"appraise.outcome": "x"}).facts) == ["failed", "passed", "open"]
    assert statuses(said(first, APPRAISAL, lines=[{"line": 3, "verdict": "open"}], outcome="refuse")) == ["failed"] * 3
    signed = said(first, APPRAISAL, lines=[{"line": 3, "verdict": "open"}], outcome="sign")
    assert statuses(signed) == ["failed", "passed", "passed"]


@pytest.mark.parametrize("verdict", ["suspended", "revoked", "withdrawn"])
def test_a_line_that_is_held_up_or_out_is_not_touched_by_an_outcome_for_all_nor_written_again(verdict: str) -> None:
    facts = set_values(of("A", "B"), {"verdict": verdict}, "HS-0001.1").facts

    signed = said(facts, APPRAISAL, lines=[{"line": 2, "verdict": "open"}], outcome="sign")
    kept = said(facts, DOSSIER, nominees=[{"line": 2, "name": "B"}])

    assert (statuses(signed), statuses(kept)) == ([verdict, "passed"], [verdict, "open"])
    with pytest.raises(LineNotOpen):
        said(facts, APPRAISAL, lines=rows("good", "good"), outcome="forward")


def test_the_outcome_for_all_comes_after_the_lines_whatever_was_posted_first() -> None:
    answers = {"outcome": "refuse", "lines": rows("good", "open")}

    assert statuses(record(of("A", "B"), APPRAISAL, answers, number="HS-0001").facts) == ["failed", "failed"]


@pytest.mark.parametrize("line", [0, 3, 99])
def test_nothing_is_said_of_a_line_that_is_not_open(line: int) -> None:
    with pytest.raises(LineNotOpen) as refused:
        said(of("A", "B"), APPRAISAL, lines=[{"line": line, "verdict": "good"}], outcome="forward")

    assert list(refused.value.fields) == ["/lines/0/line"]


def test_nothing_is_said_twice_of_one_line() -> None:
    with pytest.raises(LineNotOpen) as refused:
        said(of("A"), APPRAISAL, lines=[*rows("open"), *rows("open")], outcome="forward")

    assert list(refused.value.fields) == ["/lines/1/line"]


def test_no_open_line_is_passed_over_in_silence() -> None:
    with pytest.raises(EntriesRefused) as refused:
        said(of("A", "B"), APPRAISAL, lines=rows("open"), outcome="forward")

    assert list(refused.value.fields) == ["/lines"]


def test_a_member_of_the_council_may_leave_out_the_line_that_concerns_him() -> None:
    facts = said(of("A", "B"), APPRAISAL, item="uy_vien_1", lines=[{"line": 2, "verdict": "x"}])

    assert [dict(line.items) for line in facts.lines] == [{}, {"uy_vien_1": {"appraise.verdict": "x"}}]


def test_members_do_not_overwrite_each_other_nor_the_facts_of_the_round() -> None:
    facts = of("A")
    for member, vote in (("a", "x"), ("b", "y"), ("a", "z")):
        facts = said(facts, APPRAISAL, item=member, lines=rows(vote), defects="của riêng tôi")

    assert facts.lines[0].items == {"a": {"appraise.verdict": "z"}, "b": {"appraise.verdict": "y"}}
    assert facts.get("appraise.defects") is None


def test_a_form_that_names_a_line_nobody_has_is_refused() -> None:
    with pytest.raises(InvalidInput):
        set_values(Facts(), {"verdict": "passed"}, "HS-0001.1")


def test_lines_join_a_round_once_and_in_order_without_what_their_dossier_said() -> None:
    lines = [Line("HS-0002.1", "HS-0002", 1, {"name": "A"}, {"verdict": "passed"}), Line("HS-0003.1", "HS-0003", 1, {})]
    first = gather(Facts(), lines)

    again = gather(first.facts, [*lines, Line("HS-0004.2", "HS-0004", 2, {})])

    assert [(line.id, line.ordinal, line.status) for line in again.facts.lines] == [
        ("HS-0002.1", 1, "open"),
        ("HS-0003.1", 2, "open"),
        ("HS-0004.2", 3, "open"),
    ]
    assert len(again.changes) == 1


answers = st.fixed_dictionaries(
    {"nominees": st.lists(st.fixed_dictionaries({"name": st.text(max_size=9)}), min_size=1, max_size=5)},
    optional={"stage": st.text(max_size=9), "letter_date": st.dates().map(str)},
)


@given(answers, answers)
def test_the_changes_alone_make_the_facts_again(first: dict[str, Any], second: dict[str, Any]) -> None:
    before = record(Facts(), DOSSIER, first, number="HS-0001")
    after = record(before.facts, DOSSIER, second, number="HS-0001")

    again = Facts()
    for change in (*before.changes, *after.changes):
        again = applied(again, change)

    assert again == after.facts


@given(st.decimals("-99", "99", places=2))
def test_a_value_that_is_already_so_changes_nothing(value: Decimal) -> None:
    facts = set_values(Facts(), {"a.b": value}).facts

    assert set_values(facts, {"a.b": value}).changes == ()
    assert [type(change) for change in record(Facts(), DOSSIER, {"nominees": [{"name": "A"}]}, number="X").changes] == [
        NomineeWritten
    ]
