"""Names in an expression, looked up among declared facts and local names; an unknown one is an error with a hint."""

from workflows.domain.said import Said, joined
from workflows.rules.errors import ExpressionRejected, NameOfGroup, NameUnknown
from workflows.rules.reader import Reader, Scope
from workflows.rules.shapes import ANY, NUMBER, UNKNOWN, Shape, declared
from workflows.rules.tree import Node
from workflows.rules.values import is_key
from workflows.rules.vocabulary import members, nearest

_WORD = 40
_DATE_PARTS = frozenset({"year", "month", "day", "weekday"})
_PARTS = {"date": _DATE_PARTS, "instant": _DATE_PARTS | {"hour", "minute", "second"}}


def segments(node: Node) -> list[str] | None:
    """A dotted name as its segments, or None if the node is not one."""
    if node.name == "VariableName":
        return [node.name_text]
    if node.name == "PathExpression":
        target, last = node.parts
        first = segments(target)
        return None if first is None else [*first, last.name_text]
    return None


def read_path(reader: Reader, node: Node, scope: Scope) -> Shape:
    """A name or dotted name: a local name, a declared fact, or a part of either."""
    names = segments(node)
    if names is None:
        target, last = node.parts
        return part(reader, reader.shape(target, scope), last.name_text, node.text)
    local = _local(names[0], reader, scope)
    shape, rest = (local, names[1:]) if local is not None else _fact(names, reader)
    for name in rest:
        shape = part(reader, shape, name, node.name_text)
    return shape


def fact_path(node: Node, reader: Reader, scope: Scope) -> str | None:
    """The declared fact that the node names, or None if it is anything else."""
    if node.name == "ParenthesizedExpression":
        return fact_path(node.parts[0], reader, scope)
    names = segments(node)
    if names is None or _local(names[0], reader, scope) is not None:
        return None
    name = ".".join(names)
    return name if name in reader.vocabulary else None


def _local(name: str, reader: Reader, scope: Scope) -> Shape | None:
    if name in scope.names:
        return scope.names[name]
    if scope.element is None:
        return None
    if name == "item":
        return scope.element
    return _field(scope.element, name, reader)


def _field(shape: Shape, name: str, reader: Reader) -> Shape | None:
    for known, field in shape.fields:
        if known == name:
            return field
    path = f"{shape.path}.{name}"
    if shape.kind in ("context", ANY) and shape.path is not None and path in reader.vocabulary:
        return declared(reader.vocabulary[path], path)
    return None


def _fact(names: list[str], reader: Reader) -> tuple[Shape, list[str]]:
    vocabulary = reader.vocabulary
    for used in range(1, len(names) + 1):
        path = ".".join(names[:used])
        if path in vocabulary:
            deeper = vocabulary[path].kind == "context" and ".".join(names[: used + 1]) in vocabulary
            if used < len(names) and deeper:
                continue
            reader.references[path] = None
            return declared(vocabulary[path], path), names[used:]
    name = ".".join(names)
    group = members(name, vocabulary)
    if group:
        raise reader.rejection(NameOfGroup, name=name, members=", ".join(group[:8]))
    raise _unknown(reader, name)


def _unknown(reader: Reader, name: str) -> ExpressionRejected:
    near = nearest(name, reader.vocabulary)
    hints = [Said(" Did you mean {near}?", near=near)] if near else []
    if "." not in name and len(name) <= _WORD:
        hints.append(Said(' A text is written in quotes: "{name}".', name=name))
    return reader.rejection(NameUnknown, name=name, hint=joined(hints))


def part(reader: Reader, shape: Shape, name: str, whole: str) -> Shape:
    """The part `name` of a shape: a field of a context, of each item of a list, or of a date."""
    if not is_key(name):
        raise reader.rejection(NameUnknown, name=whole, hint="")
    if shape.kind == "list":
        return Shape("list", of=part(reader, shape.item, name, whole))
    if name in _PARTS.get(shape.kind, ()):
        return NUMBER
    field = _field(shape, name, reader)
    if field is not None:
        return field
    if shape == UNKNOWN:
        return UNKNOWN
    known = [entry for entry, _ in shape.fields] or (members(shape.path, reader.vocabulary) if shape.path else [])
    hint = Said(" Known are: {known}.", known=", ".join(known[:8])) if known else ""
    raise reader.rejection(NameUnknown, name=whole, hint=hint)
