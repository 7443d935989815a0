"""An expression may name declared facts only; the check tells which it names, and what was probably meant."""

import pytest

from workflows.rules.errors import (
    ConstructRefused,
    FunctionRefused,
    FunctionUnknown,
    NameMalformed,
    NameOfGroup,
    NameUnknown,
)
from workflows.rules.feel import check
from workflows.rules.vocabulary import FactType, Vocabulary, check_vocabulary

PLACE = "dossier.bpmn, flow to_council"


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ('dossier.kind = "thematic" and lines.open > 0', {"dossier.kind", "lines.open"}),
        ('legal date >= date("2024-01-01")', {"legal date"}),
        ('legal   date >= date("2024-01-01")', {"legal date"}),
        ('some member in council.members satisfies member = "an"', {"council.members"}),
        ('count(lines.all[verdict = "passed"]) = lines.total', {"lines.all", "lines.total"}),
        ('every line in lines.all satisfies line.verdict = "passed"', {"lines.all"}),
        ("for n in 1..lines.total return n", {"lines.total"}),
        ("{open: lines.open, closed: lines.total - open}.closed", {"lines.open", "lines.total"}),
        ("dossier.signed.year = 2024", {"dossier.signed"}),
        ("1 + 1", set()),
    ],
)
def test_the_facts_an_expression_names_are_told(expression: str, named: set[str], vocabulary: Vocabulary) -> None:
    assert check(expression, vocabulary, place=PLACE) == named


def test_a_misspelt_fact_is_refused_with_the_place_and_the_name_that_was_meant(vocabulary: Vocabulary) -> None:
    with pytest.raises(NameUnknown) as refused:
        check('dossier.knd = "thematic"', vocabulary, place=PLACE)

    assert str(refused.value) == (
        'dossier.bpmn, flow to_council: «dossier.knd» in «dossier.knd = "thematic"» is not a declared fact.'
        " Did you mean dossier.kind?"
    )


def test_a_text_without_quotes_is_told_to_take_quotes(vocabulary: Vocabulary) -> None:
    with pytest.raises(NameUnknown, match='A text is written in quotes: "thematic"'):
        check("dossier.kind = thematic", vocabulary, place=PLACE)


def test_a_group_of_facts_is_not_a_fact(vocabulary: Vocabulary) -> None:
    with pytest.raises(NameOfGroup, match=r"Name one of them: council\.members, council\.present"):
        check("count(council) > 2", vocabulary, place=PLACE)


@pytest.mark.parametrize(
    "expression",
    [
        "some member in council.members satisfies membr = 1",
        "lines.all[verdct = 1]",
        "every line in lines.all satisfies line.kind = 1",
        "lines.all.constructor = null",
        "dossier.__proto__ = null",
        "__proto__ = null",
        "constructor = null",
        "dossier.signed.century = 20",
        "partial = null",
        "item = null",
        "{a: b, b: 1}.a = 1",
        "{a: 1}.b = 1",
    ],
)
def test_a_name_that_nothing_declares_is_refused(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(NameUnknown):
        check(expression, vocabulary, place=PLACE)


@pytest.mark.parametrize("name", ["now", "today", "matches", "replace", "split", "sort", "get value", "decimal"])
def test_functions_that_read_the_clock_or_may_run_for_ever_are_refused(name: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(FunctionRefused, match=f"«{name}» may not be used"):
        check(f'{name}("a", "b")', vocabulary, place=PLACE)


def test_a_function_that_does_not_exist_is_refused_with_the_nearest_one(vocabulary: Vocabulary) -> None:
    with pytest.raises(FunctionUnknown, match="Did you mean count"):
        check("cuont(council.members) > 1", vocabulary, place=PLACE)


@pytest.mark.parametrize(
    "expression",
    [
        "function(x) x",
        '{f: matches}.f("a", "(a+)+$")',
        "{f: function(x) f(x), r: f(1)}.r",
        "{__proto__: 1}",
        '{"__proto__": 1}',
        "{constructor: 1}",
        "lines.open instance of number",
        "count(list: council.members)",
        "? > 1",
        "> 1",
        "2 ** 3",
        "lines.open > null",
        "lines.open in null",
        "lines.open in (null)",
    ],
)
def test_constructs_that_hide_what_happens_are_refused(expression: str, vocabulary: Vocabulary) -> None:
    with pytest.raises((ConstructRefused, NameUnknown)):
        check(expression, vocabulary, place=PLACE)


def test_a_fact_may_be_called_now_though_the_function_is_refused() -> None:
    given = {"now": FactType("instant"), "due.vote": FactType("instant")}

    assert check("now > due.vote", given, place=PLACE) == {"now", "due.vote"}


@pytest.mark.parametrize(
    "name",
    ["", ".", "a.", "1a", "a-b", "a+b", "__proto__", "a.__proto__", "and", "a.or", "date", "a b.c ", "a\n", "item"],
)
def test_a_fact_with_a_name_that_cannot_be_read_is_not_declared(name: str) -> None:
    with pytest.raises(NameMalformed):
        check_vocabulary({name: FactType("text")})


def test_a_text_cannot_have_parts() -> None:
    with pytest.raises(NameMalformed, match="«dossier» is a text and cannot have parts"):
        check_vocabulary({"dossier": FactType("text"), "dossier.kind": FactType("text")})


def test_the_vocabulary_of_a_dossier_can_be_declared(vocabulary: Vocabulary) -> None:
    check_vocabulary(vocabulary)
    check_vocabulary({"hồ sơ.loại": FactType("text"), "dossier.date": FactType("date")})
