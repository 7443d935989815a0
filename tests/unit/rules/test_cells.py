"""A cell of a decision table accepts its input or not, as unary tests of DMN say; a missing input is never guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflows.rules.errors import ExpressionRejected, FactMissing, RuleUnusable
from workflows.rules.feel import unary
from workflows.rules.values import Value
from workflows.rules.vocabulary import FactType, Vocabulary

PLACE = "route.dmn, row 1"
KIND = FactType("text", ("thematic", "regular", "sudden"))
NUMBER = FactType("number")
DATE = FactType("date")
BOOLEAN = FactType("boolean")
LIST = FactType("list", of="text")


@pytest.mark.parametrize(
    ("cell", "value", "declared", "fits"),
    [
        ("", "thematic", KIND, True),
        (" - ", "thematic", KIND, True),
        ('"thematic"', "thematic", KIND, True),
        ('"thematic"', "regular", KIND, False),
        ('"regular", "thematic"', "thematic", KIND, True),
        ('["regular", "thematic"]', "thematic", KIND, True),
        ('not("regular")', "thematic", KIND, True),
        ('not("regular", "thematic")', "thematic", KIND, False),
        ("dossier.kind", "thematic", KIND, True),
        ('? = "thematic"', "thematic", KIND, True),
        ('? in ("thematic", "regular")', "sudden", KIND, False),
        ("3", 3, NUMBER, True),
        ("3, > 7", 8, NUMBER, True),
        ("-3", -3, NUMBER, True),
        ("> 3", 3, NUMBER, False),
        (">= 3", 3, NUMBER, True),
        ("< 0.5", Decimal("0.49"), NUMBER, True),
        ("0.8", Decimal("0.8"), NUMBER, True),
        ("[1..5]", 5, NUMBER, True),
        ("[1..5)", 5, NUMBER, False),
        ("]1..5[", 1, NUMBER, False),
        ("not([1..5])", 6, NUMBER, True),
        ("> lines.open", 3, NUMBER, True),
        (">= ceiling(council.size * 2 / 3)", 6, NUMBER, True),
        ("? > 1 and ? < lines.total", 2, NUMBER, True),
        ('date("2024-05-01")', date(2024, 5, 1), DATE, True),
        ('< date("2024-05-01")', date(2024, 5, 1), DATE, False),
        ('[date("2024-01-01")..date("2024-12-31")]', date(2024, 5, 1), DATE, True),
        ("<= legal date", date(2024, 5, 1), DATE, True),
        ('date("2024-05-01"), date("2024-05-02")', date(2024, 5, 2), DATE, True),
        ("true", True, BOOLEAN, True),
        ("false", True, BOOLEAN, False),
        ("? = council.required", True, BOOLEAN, True),
        ('list contains(?, "an")', ["an", "binh"], LIST, True),
        ("count(?) > 2", ["an", "binh"], LIST, False),
        ("null", None, KIND, True),
        ("null", "thematic", KIND, False),
        ("not(null)", None, KIND, False),
        ("not(null)", "thematic", KIND, True),
        ('"regular", null', None, KIND, True),
        ("null, > 3", 4, NUMBER, True),
    ],
)
def test_a_cell_accepts_its_input_or_not(
    cell: str, value: Value, declared: FactType, *, fits: bool, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    assert unary(cell, value, facts, vocabulary, place=PLACE, declared=declared) is fits


@pytest.mark.parametrize(("cell", "declared"), [('"thematic"', KIND), ('not("thematic")', KIND), ("< 3", NUMBER)])
def test_a_cell_that_says_nothing_of_null_does_not_know_about_a_missing_input(
    cell: str, declared: FactType, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    assert unary(cell, None, facts, vocabulary, place=PLACE, declared=declared) is None


@pytest.mark.parametrize(
    ("cell", "declared"),
    [
        ('"tematic"', KIND),
        ('not("tematic")', KIND),
        ("thematic", KIND),
        ("3", KIND),
        ('"3"', NUMBER),
        ("0,5", NUMBER),
        ("> 0,5", NUMBER),
        ('date("2024-13-01")', DATE),
        ('"2024-01-01"', DATE),
        ('[date("2024-05-01"), date("2024-05-02")]', DATE),
        ("council.required", BOOLEAN),
        ("lines.open > 1", NUMBER),
        ('"an"', LIST),
        ('not("a"', KIND),
        ('"a" or "b"', KIND),
        ("> 0.1 + 0.2", NUMBER),
        ("function(x) x", NUMBER),
    ],
)
def test_a_cell_that_can_never_mean_what_it_says_is_refused(
    cell: str, declared: FactType, facts: dict[str, Any], vocabulary: Vocabulary
) -> None:
    with pytest.raises(RuleUnusable) as refused:
        unary(cell, None, facts, vocabulary, place=PLACE, declared=declared)

    assert isinstance(refused.value.problem, ExpressionRejected)
    assert str(refused.value).startswith("route.dmn, row 1: ")


def test_a_missing_fact_inside_a_cell_is_an_error(facts: dict[str, Any], vocabulary: Vocabulary) -> None:
    facts["lines"]["open"] = None

    with pytest.raises(FactMissing, match=r"lines\.open"):
        unary("> lines.open", 3, facts, vocabulary, place=PLACE, declared=NUMBER)
