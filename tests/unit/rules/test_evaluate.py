"""Expressions on the facts of a dossier: right values come back, and what is missing or of another kind is an error."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from workflows.domain.errors import InvalidState
from workflows.domain.said import vietnamese
from workflows.rules import sandbox
from workflows.rules.errors import (
    FeelinMissing,
    NotBoolean,
    NoValue,
    RuleFailed,
    RuleUnusable,
    RuleWarned,
    ValueRefused,
)
from workflows.rules.feel import condition, evaluate
from workflows.rules.values import Value
from workflows.rules.vocabulary import FactType, Vocabulary

PLACE = "dossier.bpmn, flow to_council"
Facts = dict[str, Any]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("dossier.kind", "thematic"),
        ("lines.open + 1", 3),
        ("0.1 + 0.2", Decimal("0.3")),
        ("lines.open / lines.total", Decimal("0.666666666666667")),
        ("10 / 4", Decimal("2.5")),
        ("10 / 5", 2),
        ("-lines.open", -2),
        ("floor(7 / 2)", 3),
        ("council.required", True),
        ("legal date", date(2024, 5, 1)),
        ('legal date + duration("P1M")', date(2024, 6, 1)),
        ('date("2024-01-31") + duration("P1M")', date(2024, 2, 29)),
        ("due.appraisal", datetime(2024, 5, 20, 10, 0, tzinfo=UTC)),
        ('due.appraisal + duration("PT30M")', datetime(2024, 5, 20, 10, 30, tzinfo=UTC)),
        ("date(due.appraisal)", date(2024, 5, 20)),
        ("legal date.year", 2024),
        ("council.members", ["an", "binh"]),
        ("council.members[1]", "an"),
        ("council.members[-1]", "binh"),
        ('count(lines.all[verdict = "passed"])', 1),
        ("sum(lines.all.votes)", 9),
        ("for n in 1..lines.total return n * 2", [2, 4, 6]),
        ('for m in council.members return upper case(m) + "!"', ["AN!", "BINH!"]),
        ("{open: lines.open, left: lines.total - open}", {"open": 2, "left": 1}),
        ('if lines.open > 1 then "council" else "direct"', "council"),
        ("[]", []),
        ('"Đặng \\"Ba\\" \\\\ \U0001f600"', 'Đặng "Ba" \\ \U0001f600'),
        ('substring("Nguyễn", 1, 3)', "Ngu"),
        ("null", None),
        ("if council.required then null else 1", None),
    ],
)
def test_an_expression_gives_its_value(expression: str, value: Value, facts: Facts, vocabulary: Vocabulary) -> None:
    given = evaluate(expression, facts, vocabulary, place=PLACE)

    assert given == value
    assert type(given) is type(value)


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ('dossier.kind = "thematic" and lines.open > 1', True),
        ('dossier.kind in ("regular", "sudden")', False),
        ('dossier.kind in ["thematic"]', True),
        ("lines.open in [1..2]", True),
        ("lines.open in ]1..2[", False),
        ("lines.open between 1 and 2", True),
        ("lines.open in (> 5, 2)", True),
        ('legal date in [date("2024-01-01")..date("2024-12-31")]', True),
        ('legal date - date("2024-01-01") > duration("P100D")', True),
        ('due.appraisal < date and time("2024-05-20T17:00:01+07:00")', True),
        ('due.appraisal = date and time("2024-05-20T17:00:00+07:00")', True),
        ('some m in council.members satisfies m = "an"', True),
        ('every m in council.members satisfies m = "an"', False),
        ('list contains(council.members, "an")', True),
        ("council.present * 3 >= council.size * 2", True),
        ("council.present / council.size >= 0.7", False),
        ("not(council.required) or lines.open = 2", True),
        ("dossier.note = null", True),
        ('dossier.note != null and dossier.note = "x"', False),
        ('dossier.note = null or contains(dossier.note, "x")', True),
        ('dossier.note in ("x", null)', True),
    ],
)
def test_a_condition_holds_or_not(expression: str, *, holds: bool, facts: Facts, vocabulary: Vocabulary) -> None:
    assert condition(expression, facts, vocabulary, place=PLACE) is holds


@pytest.mark.parametrize(
    "expression", ["lines.open / (lines.open - 2)", "council.members[9]", "min(lines.all.votes[item > 99])"]
)
def test_an_expression_that_gives_no_value_is_an_error(expression: str, facts: Facts, vocabulary: Vocabulary) -> None:
    with pytest.raises(NoValue, match="gives no value"):
        evaluate(expression, facts, vocabulary, place=PLACE)


def test_a_warning_of_the_evaluation_is_an_error(facts: Facts, vocabulary: Vocabulary) -> None:
    with pytest.raises(RuleWarned, match="not a valid date"):
        evaluate("date(lines.total, 13, 1)", facts, vocabulary, place=PLACE)


def test_a_condition_that_is_neither_true_nor_false_is_an_error(facts: Facts, vocabulary: Vocabulary) -> None:
    facts["dossier"]["signed"] = None

    with pytest.raises(NotBoolean, match="must be true or false; it gave null"):
        condition("dossier.signed > legal date or dossier.signed != null", facts, vocabulary, place=PLACE)
    with pytest.raises(RuleUnusable, match="gives a number, but true or false is needed"):
        condition("lines.open", facts, vocabulary, place=PLACE)


@pytest.mark.parametrize("expression", ['duration("P1D")', "[1..2]", 'legal date + duration("P9999Y")'])
def test_a_value_no_fact_can_hold_is_an_error(expression: str, facts: Facts, vocabulary: Vocabulary) -> None:
    with pytest.raises((ValueRefused, RuleUnusable)):
        evaluate(expression, facts, vocabulary, place=PLACE)


def test_an_expression_that_was_never_checked_fails_as_a_rule_with_the_same_sentence(
    facts: Facts, vocabulary: Vocabulary
) -> None:
    with pytest.raises(RuleFailed) as refused:
        condition("dossier.knd = 1", facts, vocabulary, place=PLACE)

    assert isinstance(refused.value, InvalidState)
    assert "Did you mean dossier.kind?" in refused.value.message()
    said = refused.value.message(vietnamese)
    assert said.startswith(f"{PLACE}: «dossier.knd»")
    assert "Có phải ý bạn là dossier.kind?" in said


def test_a_list_that_was_given_cannot_change_what_is_remembered(facts: Facts, vocabulary: Vocabulary) -> None:
    evaluate("council.members", facts, vocabulary, place=PLACE).append("chi")

    assert evaluate("council.members", facts, vocabulary, place=PLACE) == ["an", "binh"]


def test_a_vocabulary_that_changes_is_read_anew(facts: Facts, vocabulary: Vocabulary) -> None:
    changing = dict(vocabulary)
    assert condition('dossier.kind = "thematic"', facts, changing, place=PLACE)

    changing["dossier.kind"] = FactType("text", ("other",))

    with pytest.raises(RuleUnusable):
        condition('dossier.kind = "thematic"', facts, changing, place=PLACE)


def test_without_the_built_engine_the_error_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, facts: Facts, vocabulary: Vocabulary
) -> None:
    monkeypatch.setattr(sandbox, "FEELIN", sandbox.FEELIN.with_name("absent.js"))
    monkeypatch.setattr(sandbox._threads, "context", None)

    with pytest.raises(FeelinMissing, match=r"absent\.js is missing\. Run: \./run setup"):
        evaluate("lines.open + 41", facts, vocabulary, place=PLACE)
