"""Comparisons, tests, logic and arithmetic: both sides of one kind, declared values only, exact counts only."""

from workflows.domain.said import Said
from workflows.rules import tree
from workflows.rules.errors import (
    CellIgnoresInput,
    KindNotAllowed,
    KindsDiffer,
    NotExact,
    ValueUnknown,
)
from workflows.rules.paths import fact_path
from workflows.rules.reader import Reader, Scope
from workflows.rules.shapes import (
    ANY,
    BOOLEAN,
    NULL,
    ORDERED,
    UNKNOWN,
    Shape,
    agree,
    counted,
    kind_words,
    one_of,
    worst,
)
from workflows.rules.tree import Node

_SUMS = {
    ("+", "number", "number"): "number",
    ("+", "text", "text"): "text",
    ("+", "date", "duration"): "date",
    ("+", "duration", "date"): "date",
    ("+", "instant", "duration"): "instant",
    ("+", "duration", "instant"): "instant",
    ("+", "duration", "duration"): "duration",
    ("-", "number", "number"): "number",
    ("-", "date", "date"): "duration",
    ("-", "instant", "instant"): "duration",
    ("-", "date", "duration"): "date",
    ("-", "instant", "duration"): "instant",
    ("-", "duration", "duration"): "duration",
    ("*", "number", "number"): "number",
    ("/", "number", "number"): "number",
}


def logic(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`and`, `or`: both sides true or false."""
    for side in node.parts:
        expect(reader, side, reader.shape(side, scope), "boolean")
    return BOOLEAN


def expect(reader: Reader, node: Node, shape: Shape, *kinds: str) -> None:
    """Refuse a part that is of none of these kinds."""
    if shape.kind not in kinds and shape.kind != ANY:
        allowed = one_of(kinds)
        raise reader.rejection(KindNotAllowed, part=node.text, kind=kind_words(shape.kind), allowed=allowed)


def comparison(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`a = b`, `a between b and c`, `a in (…)`."""
    left, *others = node.parts
    shape = reader.shape(left, scope)
    if "in" in node.words:
        tests = others[0].parts if others[0].name == "PositiveUnaryTests" else tuple(others)
        if len(tests) == 1 and tests[0].text.strip("( )") == "null":
            raise reader.forbidden(node.text, Said("Write {name} = null.", name=left.text))
        for each in tests:
            test(reader, each, scope, left, shape)
    elif "between" in node.words:
        for bound in others:
            compare(reader, ">=", scope, left, shape, bound)
    else:
        compare(reader, others[0].text, scope, left, shape, others[1])
    return BOOLEAN


def compare(reader: Reader, operator: str, scope: Scope, left: Node, shape: Shape, right: Node) -> None:
    """Check one comparison of `left`, whose shape is known, with the node `right`."""
    other = reader.shape(right, scope)
    if NULL in (shape.kind, other.kind):
        _compare_null(reader, operator, scope, left, right)
        return
    _same_kind(reader, left, shape, right, other)
    if operator not in ("=", "!="):
        for side, its in ((left, shape), (right, other)):
            expect(reader, side, its, *sorted(ORDERED - {ANY}))
    for side, its in ((left, shape), (right, other)):
        exact(reader, side, its)
        if operator in ("=", "!=") and its.precision == "quotient":
            raise reader.rejection(NotExact, part=side.text)
    _same_values(reader, left, shape, other)
    _same_values(reader, right, other, shape)


def _compare_null(reader: Reader, operator: str, scope: Scope, left: Node, right: Node) -> None:
    if operator not in ("=", "!="):
        raise reader.forbidden(f"{operator} null", Said("Write = null or != null."))
    for side in (left, right):
        path = fact_path(side, reader, scope)
        if path is not None:
            reader.nullable.add(path)


def _same_kind(reader: Reader, left: Node, shape: Shape, right: Node, other: Shape) -> None:
    if not agree(shape, other):
        raise reader.rejection(
            KindsDiffer,
            left=left.text,
            left_kind=kind_words(shape.kind),
            right=right.text,
            right_kind=kind_words(other.kind),
        )
    if shape.kind == "list" and shape.of and other.of:
        _same_kind(reader, left, shape.of, right, other.of)


def _same_values(reader: Reader, node: Node, declared: Shape, written: Shape) -> None:
    """A text written here must be one of the declared values it is compared with."""
    declared, written = declared.item, written.item
    if not (declared.values and written.values) or declared.constant:
        return
    strangers = [value for value in written.values if value not in declared.values]
    if strangers and (written.constant or len(strangers) == len(written.values)):
        raise reader.rejection(ValueUnknown, name=node.text, value=strangers[0], values=", ".join(declared.values))


def exact(reader: Reader, node: Node, shape: Shape) -> None:
    """Refuse what a binary rounding could decide; remember which facts must be whole numbers."""
    if shape.precision == "inexact":
        raise reader.rejection(NotExact, part=node.text)
    reader.whole |= shape.counted


def test(reader: Reader, node: Node, scope: Scope, left: Node, shape: Shape) -> None:
    """One test after `in` or in a table cell, applied to `left`, whose shape is known."""
    subject = node.parts[0] if node.name == "PositiveUnaryTest" else node
    if subject.name == "SimplePositiveUnaryTest":
        _simple_test(reader, subject, scope, left, shape)
        return
    asked_before, reader.mentions_input = reader.mentions_input, False
    value = reader.shape(subject, scope)
    looks_at_input, reader.mentions_input = reader.mentions_input, asked_before or reader.mentions_input
    if scope.input is not None and left.name == "?cell" and value.kind == "boolean":
        literal = subject.name == "BooleanLiteral" and shape.kind == "boolean"
        if not (looks_at_input or literal):
            raise reader.rejection(CellIgnoresInput)
        return
    if value.kind in ("list", "range"):
        _member(reader, subject, left, shape, value)
    else:
        compare(reader, "=", scope, left, shape, subject)


def _simple_test(reader: Reader, node: Node, scope: Scope, left: Node, shape: Shape) -> None:
    first, *others = node.parts
    if first.name == "CompareOp":
        compare(reader, first.text, scope, left, shape, others[0])
        return
    for bound in first.parts:
        compare(reader, ">=", scope, left, shape, bound)


def _member(reader: Reader, node: Node, left: Node, shape: Shape, value: Shape) -> None:
    if shape.kind == "list":
        raise reader.forbidden(node.text, Said("Write: list contains(a list, a value)."))
    item = value.item if value.kind == "list" else value.of or UNKNOWN
    if left.name == "?cell" and item.kind in ("date", "instant"):
        raise reader.forbidden(node.text, Said("Write the dates without [ ], with commas between."))
    _same_kind(reader, left, shape, node, item)
    _same_values(reader, left, shape, item)
    exact(reader, left, shape)
    exact(reader, node, value)


def interval(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`[1..5]`, `]1..5[`: both ends of one ordered kind."""
    if node.parts and node.parts[0].name == "CompareOp":
        raise reader.forbidden(node.text, Said("Write what is compared on the left."))
    inner = node.parts[0] if node.name == "SimplePositiveUnaryTest" else node
    low, high = inner.parts
    start = reader.shape(low, scope)
    compare(reader, ">=", scope, low, start, high)
    return Shape("range", of=start)


def arithmetic(reader: Reader, node: Node, scope: Scope) -> Shape:
    """Sums, products, differences of dates; the precision of the result is followed."""
    if node.parts[0].name == "ArithOp":
        return _negated(reader, node.parts[1], scope)
    left, operator, right = node.parts
    shape, other = reader.shape(left, scope), reader.shape(right, scope)
    if ANY in (shape.kind, other.kind):
        return UNKNOWN
    kind = _SUMS.get((operator.text, shape.kind, other.kind), "")
    if not kind:
        _refuse_sum(reader, node, left, shape, right, other)
    if kind != "number":
        return Shape(kind)
    facts = counted(shape, other)
    if worst(shape, other) != "whole":
        return Shape("number", precision="inexact", counted=facts)
    return Shape("number", precision="quotient" if operator.text == "/" else "whole", counted=facts)


def _refuse_sum(reader: Reader, node: Node, left: Node, shape: Shape, right: Node, other: Shape) -> None:
    if shape.kind == other.kind or NULL in (shape.kind, other.kind):
        raise reader.forbidden(node.text, Said("Calculate with numbers, or with a date and a duration."))
    _same_kind(reader, left, shape, right, other)


def _negated(reader: Reader, node: Node, scope: Scope) -> Shape:
    shape = reader.shape(node, scope)
    expect(reader, node, shape, "number")
    return Shape("number", precision=shape.precision, counted=counted(shape), constant=shape.constant)


def cell(reader: Reader, node: Node, scope: Scope) -> Shape:
    """A whole table cell: tests with commas between, or not(tests), each applied to the input."""
    assert scope.input is not None
    subject = tree.Node("?cell", "?", ())
    for tests in node.parts:
        for each in tests.parts if tests.name == "PositiveUnaryTests" else ():
            test(reader, each, scope, subject, scope.input)
    return BOOLEAN
