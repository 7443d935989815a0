"""A column compared with other facts: nobody knows the bounds, but every value is below, at or above each of them."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workflows.rules.tree import Node, parse
from workflows.rules.vocabulary import Vocabulary

MAX_BOUNDS = 3
Side = Literal["below", "at", "above"]
_SIDES: tuple[Side, ...] = ("below", "at", "above")
_ADMITTED: dict[str, tuple[Side, ...]] = {
    "<": ("below",),
    "<=": ("below", "at"),
    "=": ("at",),
    ">=": ("at", "above"),
    ">": ("above",),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A value of which is known only on which side of each bound it is; with several bounds it may not exist."""

    sides: tuple[tuple[str, Side], ...]


def standings(entries: Iterable[str], vocabulary: Vocabulary, *, place: str) -> list[Standing] | None:
    """Every way a value can stand to the bounds of these cells; None if they do more than compare with a few."""
    bounds: dict[str, None] = {}
    for entry in sorted(entries):
        tests = _tests(entry, vocabulary, place)
        if tests is None:
            return None
        bounds |= dict.fromkeys(bound for _, bound in tests)
    if len(bounds) > MAX_BOUNDS:
        return None
    combined = itertools.product(_SIDES, repeat=len(bounds))
    return [Standing(tuple(zip(bounds, sides, strict=True))) for sides in combined]


def accepts(entry: str, standing: Standing, vocabulary: Vocabulary, *, place: str) -> bool:
    """Whether a cell accepts a value that stands so."""
    sides = dict(standing.sides)
    return any(sides[bound] in _ADMITTED[operator] for operator, bound in _tests(entry, vocabulary, place) or ())


def _tests(entry: str, vocabulary: Vocabulary, place: str) -> list[tuple[str, str]] | None:
    """The comparisons of a cell, any of which may hold; None if it is more than that."""
    (tests, *others) = parse(entry, vocabulary, place=place, unary=True).children
    if others or tests.name != "PositiveUnaryTests":
        return None
    found = [_test(each.children[0]) for each in tests.parts]
    return None if None in found else [test for test in found if test is not None]


def _test(node: Node) -> tuple[str, str] | None:
    if node.name in ("VariableName", "PathExpression", "NumericLiteral", "DateTimeLiteral"):
        return "=", _written(node)
    if node.name == "SimplePositiveUnaryTest" and node.children[0].name == "CompareOp":
        operator, bound = node.children
        return (operator.text, _written(bound)) if operator.text in _ADMITTED else None
    return None


def _written(node: Node) -> str:
    return " ".join(node.text.split())
