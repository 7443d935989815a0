"""What is known of a part of an expression before it runs: its kind, its possible texts, how exactly it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from workflows.domain.said import Said
from workflows.rules.vocabulary import FactType

ANY = "any"
NULL = "null"
ORDERED = frozenset({"number", "text", "date", "instant", "duration", ANY})
_WORDS: dict[str, str] = {
    "text": Said("a text"),
    "number": Said("a number"),
    "boolean": Said("true or false"),
    "date": Said("a date"),
    "instant": Said("a date and time"),
    "list": Said("a list"),
    "context": Said("a context"),
    "duration": Said("a duration"),
    "range": Said("a range"),
    "null": Said("null"),
    "any": Said("anything"),
}


Precision = Literal["whole", "fraction", "quotient", "inexact"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of one part; `precision` says how a number came about, for not all of it stays exact."""

    kind: str
    values: tuple[str, ...] = ()  # the only texts it can be (of a list: its items), () if any
    constant: bool = False  # written in the expression, not a fact
    of: "Shape | None" = None
    path: str | None = None  # the declared fact whose parts can be read
    precision: Precision = "whole"
    counted: frozenset[str] = frozenset()  # the facts calculated with; exact only while they are whole numbers
    fields: tuple[tuple[str, "Shape"], ...] = ()

    @property
    def item(self) -> "Shape":
        """The shape of a list's items; anything else stands for itself."""
        return (self.of or UNKNOWN) if self.kind == "list" else self


UNKNOWN = Shape(ANY)
BOOLEAN = Shape("boolean")
TEXT = Shape("text")
NUMBER = Shape("number")
NOTHING = Shape(NULL, constant=True)


def declared(fact: FactType, path: str | None) -> Shape:
    """The shape of a declared fact; of a list, the values belong to the items."""
    if fact.kind == "list":
        item = Shape(fact.of or ANY, values=fact.values, path=path)
        return Shape("list", of=item, path=path)
    return Shape(fact.kind, values=fact.values, path=path)


def kind_words(kind: str) -> str:
    """The kind as a person says it: «a number»."""
    return _WORDS.get(kind, kind)


def one_of(kinds: Iterable[str]) -> str:
    """Several kinds, any of which may stand: «a date or a date and time»."""
    return reduce(lambda one, other: Said("{one} or {other}", one=one, other=other), map(kind_words, kinds))


def agree(left: Shape, right: Shape) -> bool:
    """Whether the two can be compared at all: the same kind, or one of them null or not known."""
    return left.kind == right.kind or {left.kind, right.kind} & {ANY, NULL} != set()


def either(left: Shape, right: Shape) -> Shape:
    """What comes of a choice between the two."""
    if NULL in (left.kind, right.kind):
        return left if right.kind == NULL else right
    if left.kind != right.kind:
        return UNKNOWN
    both = left.values + tuple(value for value in right.values if value not in left.values)
    of = either(left.of, right.of) if left.of and right.of else left.of or right.of
    return Shape(
        left.kind,
        values=both if left.values and right.values else (),
        constant=left.constant and right.constant,
        of=of,
        path=left.path if left.path == right.path else None,
        precision=worst(left, right),
        counted=left.counted | right.counted,
    )


def list_of(item: Shape, *more: Shape) -> Shape:
    """A list of these items."""
    for other in more:
        item = either(item, other)
    return Shape("list", of=item, constant=item.constant, precision=item.precision, counted=item.counted)


def worst(*shapes: Shape) -> Precision:
    """The least exact of the shapes."""
    order: tuple[Precision, ...] = ("whole", "fraction", "quotient", "inexact")
    return max((shape.precision for shape in shapes), key=order.index, default="whole")


def counted(*operands: Shape) -> frozenset[str]:
    """The facts that go into a calculation with these operands."""
    found = frozenset[str]()
    for operand in operands:
        number = operand.item
        found |= operand.counted | number.counted
        if number.path is not None and number.kind == "number":
            found |= {number.path}
    return found
