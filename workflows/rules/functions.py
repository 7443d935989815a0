"""The functions an expression may call, with the kinds they take and give; all others are refused by name."""

import difflib
from typing import NamedTuple

from workflows.domain.said import Said
from workflows.rules.errors import (
    ExpressionRejected,
    FunctionArguments,
    FunctionRefused,
    FunctionUnknown,
    NotExact,
)
from workflows.rules.operators import compare, exact, expect
from workflows.rules.paths import fact_path
from workflows.rules.reader import Reader, Scope
from workflows.rules.shapes import NUMBER, Shape, counted, list_of, worst
from workflows.rules.tree import Node


class Function(NamedTuple):
    """`takes`: kinds of the arguments, «?» optional, «*» several or one list; `gives`: a kind, or the «same» list."""

    takes: str
    gives: str
    steps: bool = False  # jumps at a limit, so its argument must be exact


FUNCTIONS = {
    "not": Function("boolean", "boolean"),
    "contains": Function("text text", "boolean"),
    "starts with": Function("text text", "boolean"),
    "ends with": Function("text text", "boolean"),
    "string length": Function("text", "number"),
    "upper case": Function("text", "text"),
    "lower case": Function("text", "text"),
    "substring": Function("text number number?", "text"),
    "substring before": Function("text text", "text"),
    "substring after": Function("text text", "text"),
    "string join": Function("list text?", "text"),
    "string": Function("any", "text", steps=True),
    "count": Function("list", "number"),
    "list contains": Function("list any", "boolean"),
    "index of": Function("list any", "numbers"),
    "distinct values": Function("list", "same"),
    "reverse": Function("list", "same"),
    "sublist": Function("list number number?", "same"),
    "append": Function("list any", "same"),
    "concatenate": Function("list list", "same"),
    "union": Function("list list", "same"),
    "sum": Function("number*", "number"),
    "min": Function("number*", "number"),
    "max": Function("number*", "number"),
    "mean": Function("number*", "quotient"),
    "all": Function("boolean*", "boolean"),
    "any": Function("boolean*", "boolean"),
    "abs": Function("number", "number"),
    "floor": Function("number", "number", steps=True),
    "ceiling": Function("number", "number", steps=True),
    "modulo": Function("number number", "number", steps=True),
    "odd": Function("number", "boolean", steps=True),
    "even": Function("number", "boolean", steps=True),
    "years and months duration": Function("date date", "duration"),
    "day of week": Function("date", "text"),
    "month of year": Function("date", "text"),
    "day of year": Function("date", "number"),
}
_REFUSED = {
    "now": Said("the time is a fact; name the fact, such as now"),
    "today": Said("the day is a fact; name the fact, such as legal_date"),
    "matches": Said("patterns can run for ever; write contains, starts with or ends with"),
    "replace": Said("patterns can run for ever; change the text before it becomes a fact"),
    "split": Said("patterns can run for ever; keep a list as a fact instead"),
    "sort": Said("the order of a list is given where the list is made"),
    "get value": Said("write the name with a dot, so that it can be checked"),
    "decimal": Said("fractions are rounded by the calculation of money, not in a rule"),
}


def call(reader: Reader, node: Node, scope: Scope) -> Shape:
    """A call by position; names and kinds of the arguments are checked."""
    target = node.children[0]
    if target.name not in ("VariableName", "SpecialFunctionName"):
        raise reader.forbidden(node.text, Said("Call a function by its name."))
    name = target.name_text
    function = FUNCTIONS.get(name)
    if function is None or name in scope.names or name in reader.vocabulary:
        raise _not_a_function(reader, name)
    arguments = _arguments(reader, node)
    shapes = [reader.shape(argument, scope) for argument in arguments]
    if function.takes.endswith("*"):
        return _of_many(reader, name, function, arguments, shapes)
    _check_arguments(reader, name, function, arguments, shapes)
    if name in ("list contains", "index of"):
        compare(reader, "=", scope, arguments[0], shapes[0].item, arguments[1])
    if name in ("contains", "starts with", "ends with"):
        _known_text(reader, scope, arguments, shapes)
    return _result(function, shapes)


def _not_a_function(reader: Reader, name: str) -> ExpressionRejected:
    if name in _REFUSED:
        return reader.rejection(FunctionRefused, name=name, instead=_REFUSED[name])
    near = difflib.get_close_matches(name, FUNCTIONS, n=1)
    return reader.rejection(
        FunctionUnknown, name=name, hint=Said(" Did you mean {near}?", near=near[0]) if near else ""
    )


def _arguments(reader: Reader, node: Node) -> tuple[Node, ...]:
    for child in node.children[1:]:
        if child.name == "NamedParameters":
            raise reader.forbidden(node.text, Said("Give the arguments in order, without names."))
        if child.name == "PositionalParameters":
            return child.parts
    return ()


def _check_arguments(
    reader: Reader, name: str, function: Function, arguments: tuple[Node, ...], shapes: list[Shape]
) -> None:
    kinds = function.takes.split()
    needed = sum(not kind.endswith("?") for kind in kinds)
    if not needed <= len(arguments) <= len(kinds):
        taken = str(needed) if needed == len(kinds) else Said("{least} to {most}", least=needed, most=len(kinds))
        raise reader.rejection(FunctionArguments, name=name, given=len(arguments), taken=taken)
    for argument, shape, kind in zip(arguments, shapes, kinds, strict=False):
        if kind != "any":
            expect(reader, argument, shape, *_kinds(kind.rstrip("?")))
        if function.steps:
            exact(reader, argument, shape)
            if shape.precision == "quotient" and name not in ("floor", "ceiling"):
                raise reader.rejection(NotExact, part=argument.text)


def _kinds(kind: str) -> tuple[str, ...]:
    return ("date", "instant") if kind == "date" else (kind,)


def _of_many(reader: Reader, name: str, function: Function, arguments: tuple[Node, ...], shapes: list[Shape]) -> Shape:
    if not arguments:
        raise reader.rejection(FunctionArguments, name=name, given=0, taken=Said("a list, or one or more"))
    kind = function.takes.rstrip("*")
    single = len(arguments) == 1
    for argument, shape in zip(arguments, shapes, strict=True):
        expect(reader, argument, shape.item if single else shape, kind)
        if single:
            expect(reader, argument, shape, "list")
    if function.gives == "boolean":
        return Shape("boolean")
    items = [shape.item for shape in shapes]
    if name in ("min", "max"):
        return Shape(
            "number", precision=worst(*items), counted=counted(*items) if worst(*items) != "whole" else frozenset()
        )
    if worst(*items) != "whole":
        return Shape("number", precision="inexact", counted=counted(*items))
    return Shape("number", precision="quotient" if function.gives == "quotient" else "whole", counted=counted(*items))


def _known_text(reader: Reader, scope: Scope, arguments: tuple[Node, ...], shapes: list[Shape]) -> None:
    """A part of a text cannot be checked against declared values, so declared values are compared whole."""
    if fact_path(arguments[0], reader, scope) and shapes[0].values:
        instead = Said('compare the whole value: {name} = "{value}"', name=arguments[0].text, value=shapes[0].values[0])
        raise reader.rejection(FunctionRefused, name=arguments[0].text, instead=instead)


def _result(function: Function, shapes: list[Shape]) -> Shape:
    if function.gives == "same":
        joined = [shape for shape, kind in zip(shapes, function.takes.split(), strict=False) if kind in ("list", "any")]
        return list_of(*(shape.item for shape in joined)) if len(joined) > 1 else shapes[0]
    if function.gives == "numbers":
        return Shape("list", of=NUMBER)
    if function.gives == "number" and function.takes == "number" and not function.steps:
        return Shape("number", precision=shapes[0].precision, counted=counted(*shapes))
    return Shape(function.gives)
