"""Facts cross into a rule typed and complete: what is missing or of another kind is an error that names it."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from workflows.rules.errors import FactMissing, FactNotExact, FactOfWrongKind, FactUnusable, FactValueUnknown
from workflows.rules.feel import condition, evaluate
from workflows.rules.vocabulary import FactType, Vocabulary

PLACE = "dossier.bpmn, flow to_council"
Facts = dict[str, Any]


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


def test_true_and_one_are_remembered_apart() -> None:
    given = {"a": FactType("list")}

    assert evaluate("a", {"a": [True]}, given, place=PLACE)[0] is True
    assert evaluate("a", {"a": [1]}, given, place=PLACE)[0] == 1
    assert evaluate("a", {"a": [1]}, given, place=PLACE)[0] is not True
