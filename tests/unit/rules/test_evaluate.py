"""Expressions on the facts of a dossier: right values come back, and what is missing or of another kind is an error."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from workflows.domain.errors import InvalidState
from workflows.rules import sandbox
from workflows.rules.errors import (
    FactMissing,
    FactNotExact,
    FactOfWrongKind,
    FactUnusable,
    FactValueUnknown,
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


def test_a_missing_fact_is_an_error_that_names_it_and_says_how_to_allow_it(
    facts: Facts, vocabulary: Vocabulary
) -> None:
    with pytest.raises(FactMissing) as refused:
        condition('dossier.note = "x"', facts, vocabulary, place=PLACE)

    assert str(refused.value) == (
        'dossier.bpmn, flow to_council: «dossier.note» is not known yet, and «dossier.note = "x"» needs it.'
        " If it may be missing: dossier.note = null or …"
    )


@pytest.mark.parametrize("absent", ["dossier.kind", "lines.open", "council"])
def test_a_fact_that_is_not_there_counts_as_missing(absent: str, facts: Facts, vocabulary: Vocabulary) -> None:
    group, _, name = absent.partition(".")
    if name:
        del facts[group][name]
    else:
        facts[group] = None

    with pytest.raises(FactMissing):
        condition('dossier.kind = "thematic" and lines.open > 0 and council.size > 0', facts, vocabulary, place=PLACE)


def test_one_fact_compared_with_null_does_not_excuse_another(facts: Facts, vocabulary: Vocabulary) -> None:
    facts["lines"]["open"] = None

    with pytest.raises(FactMissing, match=r"«lines\.open» is not known yet"):
        condition("dossier.note = null and lines.open > 1", facts, vocabulary, place=PLACE)


def test_a_missing_part_of_a_line_is_an_error(facts: Facts, vocabulary: Vocabulary) -> None:
    facts["lines"]["all"][0]["verdict"] = None

    with pytest.raises(FactMissing, match=r"lines\.all\.verdict"):
        condition('some line in lines.all satisfies line.verdict = "passed"', facts, vocabulary, place=PLACE)
    assert condition("some line in lines.all satisfies line.verdict = null", facts, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("lines.open", "2"),
        ("lines.open", True),
        ("lines.open", 2.5),
        ("dossier.kind", 1),
        ("council.required", "true"),
        ("council.required", 1),
        ("legal date", "2024-05-01"),
        ("legal date", datetime(2024, 5, 1, tzinfo=UTC)),
        ("due.appraisal", date(2024, 5, 1)),
        ("council.members", "an"),
        ("council.members", ["an", 1]),
        ("council.members", ["an", None]),
        ("lines.all", [{"verdict": 1, "votes": 1}]),
        ("lines.all", ["x"]),
        ("dossier.note", object()),
    ],
)
def test_a_fact_of_another_kind_than_declared_is_an_error(
    fact: str, value: object, facts: Facts, vocabulary: Vocabulary
) -> None:
    group, _, name = fact.partition(".")
    facts[group] = facts.get(group, {}) | {name: value} if name else value

    with pytest.raises(FactOfWrongKind, match="is declared as"):
        evaluate(fact, facts, vocabulary, place=PLACE)


def test_a_value_outside_the_declared_ones_is_an_error(facts: Facts, vocabulary: Vocabulary) -> None:
    facts["dossier"]["kind"] = "tematic"

    with pytest.raises(FactValueUnknown, match='"tematic", which is not one of its values: thematic, regular'):
        condition('dossier.kind = "thematic"', facts, vocabulary, place=PLACE)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("lines.open", 2**53),
        ("line.coefficient", Decimal("0.12345678901234567890")),
        ("line.coefficient", Decimal("NaN")),
        ("line.coefficient", Decimal("Infinity")),
        ("due.appraisal", datetime(2024, 5, 1, 10, 0)),  # noqa: DTZ001  (the zone is what is missing)
        ("dossier.note", "a\x00b"),
        ("dossier.note", "half \ud83d"),
        ("dossier.note", "x" * 100_001),
        ("council.members", ["an"] * 10_001),
    ],
)
def test_a_value_that_would_be_distorted_is_turned_back(
    fact: str, value: object, facts: Facts, vocabulary: Vocabulary
) -> None:
    group, _, name = fact.partition(".")
    facts[group] = facts.get(group, {}) | {name: value}

    with pytest.raises(FactUnusable):
        evaluate(fact, facts, vocabulary, place=PLACE)


@pytest.mark.parametrize("key", ["__proto__", "constructor", "$date", "a-b", "", "a.b"])
def test_a_context_with_a_key_that_means_more_is_turned_back(key: str) -> None:
    with pytest.raises(FactUnusable):
        evaluate("extra", {"extra": {key: 1}}, {"extra": FactType("context")}, place=PLACE)


def test_a_fraction_where_only_whole_numbers_are_exact_is_an_error(facts: Facts, vocabulary: Vocabulary) -> None:
    facts["line"] = {"coefficient": Decimal("0.8")}

    with pytest.raises(FactNotExact, match=r"«line\.coefficient» is 0\.8"):
        condition("line.coefficient * 3 > 2", facts, vocabulary, place=PLACE)
    assert condition("line.coefficient > 0.7", facts, vocabulary, place=PLACE)


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
    assert refused.value.message(lambda _: "{place}: không có «{name}»") == f"{PLACE}: không có «dossier.knd»"


def test_instants_of_any_zone_cross_as_utc(facts: Facts, vocabulary: Vocabulary) -> None:
    hanoi = timezone(timedelta(hours=7))
    facts["due"]["appraisal"] = datetime(2024, 5, 20, 17, 0, tzinfo=hanoi)

    assert evaluate("due.appraisal", facts, vocabulary, place=PLACE) == datetime(2024, 5, 20, 10, 0, tzinfo=UTC)
    assert evaluate("due.appraisal.hour", facts, vocabulary, place=PLACE) == 10


def test_the_same_letters_typed_in_two_ways_are_equal() -> None:
    composed, decomposed = "Hà Nội", "Ha\u0300 No\u0302\u0323i"

    given = {"place": FactType("text")}
    assert condition(f'place = "{composed}"', {"place": decomposed}, given, place=PLACE)
    assert condition(f'place = "{decomposed}"', {"place": composed}, given, place=PLACE)


def test_a_list_that_was_given_cannot_change_what_is_remembered(facts: Facts, vocabulary: Vocabulary) -> None:
    evaluate("council.members", facts, vocabulary, place=PLACE).append("chi")

    assert evaluate("council.members", facts, vocabulary, place=PLACE) == ["an", "binh"]


def test_true_and_one_are_remembered_apart() -> None:
    given = {"a": FactType("list")}

    assert evaluate("a", {"a": [True]}, given, place=PLACE)[0] is True
    assert evaluate("a", {"a": [1]}, given, place=PLACE)[0] == 1
    assert evaluate("a", {"a": [1]}, given, place=PLACE)[0] is not True


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
