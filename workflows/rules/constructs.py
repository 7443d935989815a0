"""Literals, lists, filters, loops and choices, each with the names that hold inside it."""

import re

from workflows.domain.said import Said
from workflows.rules.errors import KindNotAllowed
from workflows.rules.operators import compare, expect
from workflows.rules.reader import Reader, Scope
from workflows.rules.shapes import ANY, BOOLEAN, NOTHING, NUMBER, UNKNOWN, Shape, agree, either, kind_words, list_of
from workflows.rules.tree import Node
from workflows.rules.values import is_key

_NUMBER = re.compile(r"-?\s*(\d+)(?:\.(\d+))?")
_MAX_DIGITS = 15
_TEXT = re.compile(r'"([^"\\]|\\["\\nrt])*"')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def inner(reader: Reader, node: Node, scope: Scope) -> Shape:
    """A node that only wraps another, such as brackets."""
    return reader.shape(node.parts[0], scope)


def text(reader: Reader, node: Node, _scope: Scope) -> Shape:
    """A text in quotes."""
    if not _TEXT.fullmatch(node.text):
        raise reader.forbidden(node.text, Said('After \\ only " \\ n r t can stand.'))
    return Shape("text", values=(text_of(node),), constant=True)


def text_of(node: Node) -> str:
    """The content of a text literal."""
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), node.text[1:-1])


def number(reader: Reader, node: Node, _scope: Scope) -> Shape:
    """A number of at most 15 digits, without exponent."""
    found = _NUMBER.fullmatch(node.text)
    if found is None or len((found[1] + (found[2] or "")).lstrip("0")) > _MAX_DIGITS:
        raise reader.forbidden(node.text, Said("Write a number of at most 15 digits, such as 0.75."))
    fraction = bool((found[2] or "").strip("0"))
    return Shape("number", constant=True, precision="fraction" if fraction else "whole")


def boolean(_reader: Reader, _node: Node, _scope: Scope) -> Shape:
    """`true` or `false`."""
    return Shape("boolean", constant=True)


def null(reader: Reader, _node: Node, _scope: Scope) -> Shape:
    """`null`, by which an expression says that a fact may be missing."""
    reader.mentions_null = True
    return NOTHING


def question(reader: Reader, _node: Node, scope: Scope) -> Shape:
    """`?`, the input of a table cell."""
    if scope.input is None:
        raise reader.forbidden("?", Said("? is the input of a table cell; name the fact here."))
    reader.mentions_input = True
    return scope.input


def listing(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`[a, b]`: items of one kind."""
    shapes = [reader.shape(item, scope) for item in node.parts]
    if not shapes:
        return Shape("list", of=UNKNOWN, constant=True)
    for item, shape in zip(node.parts, shapes, strict=True):
        if shape.kind not in (shapes[0].kind, ANY, "null") and shapes[0].kind not in (ANY, "null"):
            allowed = kind_words(shapes[0].kind)
            raise reader.rejection(KindNotAllowed, part=item.text, kind=kind_words(shape.kind), allowed=allowed)
    return list_of(*shapes)


def context(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`{a: 1, b: a + 1}`: later entries may name earlier ones."""
    fields: dict[str, Shape] = {}
    for entry in node.parts:
        key, value = entry.parts
        name = text_of(key.parts[0]) if key.parts[0].name == "StringLiteral" else key.name_text
        if not is_key(name):
            raise reader.forbidden(key.text, Said("Name an entry with letters, digits and _."))
        fields[name] = reader.shape(value, scope.with_names(**fields))
    return Shape("context", fields=tuple(fields.items()))


def choice(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`if a then b else c`."""
    condition, yes, no = node.parts
    expect(reader, condition, reader.shape(condition, scope), "boolean")
    first, second = reader.shape(yes, scope), reader.shape(no, scope)
    if not agree(first, second):
        expect(reader, no, second, first.kind)
    return either(first, second)


def filtered(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`list[item = "a"]`, `list[1]`."""
    target, condition = node.parts
    items = reader.shape(target, scope)
    expect(reader, target, items, "list")
    local = Scope(scope.names, items.item, scope.input)
    if items.item.kind == "boolean":
        raise reader.forbidden(node.text, Said("Write some … satisfies, or all(…), any(…)."))
    within = reader.shape(condition, local)
    expect(reader, condition, within, "boolean", "number")
    if within.kind == "number":
        return items.item
    return Shape("list", of=items.item, path=items.path)


def quantified(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`some x in list satisfies …`, `every …`."""
    loops, condition = node.parts
    local = _loops(reader, loops, scope)
    expect(reader, condition, reader.shape(condition, local), "boolean")
    return BOOLEAN


def loop(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`for x in list return …`."""
    loops, result = node.parts
    return Shape("list", of=reader.shape(result, _loops(reader, loops, scope)))


def _loops(reader: Reader, node: Node, scope: Scope) -> Scope:
    for each in node.parts:
        name, source = each.parts
        scope = scope.with_names(**{name.name_text: _source(reader, source, scope)})
    return scope


def _source(reader: Reader, node: Node, scope: Scope) -> Shape:
    if ".." in node.words:
        low, high = node.parts
        compare(reader, ">=", scope, low, reader.shape(low, scope), high)
        return NUMBER
    shape = reader.shape(node.parts[0], scope)
    expect(reader, node.parts[0], shape, "list", "range")
    return shape.of or UNKNOWN
