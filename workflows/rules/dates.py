"""Dates, instants and durations written in an expression; a day that no calendar has is refused before it runs."""

import re
from datetime import date, datetime

from workflows.domain.said import Said
from workflows.rules.constructs import text_of
from workflows.rules.operators import expect
from workflows.rules.reader import Reader, Scope
from workflows.rules.shapes import Shape
from workflows.rules.tree import Node

_DURATION = re.compile(r"-?P(\d+Y(\d+M)?|\d+M|(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CONSTRUCTORS = {"date": "date", "duration": "duration", "date and time": "instant"}
_HINTS = {
    "date": Said('Write a day as date("2024-01-31").'),
    "instant": Said('Write an instant in UTC as date and time("2024-01-31T10:00:00Z").'),
    "duration": Said('Write a duration as duration("P7D") or duration("P1Y").'),
}


def date_literal(reader: Reader, node: Node, scope: Scope) -> Shape:
    """`@"2024-01-31"`, `date("2024-01-31")`, `date(2024, 1, 31)`, `date(instant)`, `duration("P7D")`."""
    subject = node.parts[0]
    if subject.name == "AtLiteral":
        written = text_of(subject.parts[0])
        kind = "duration" if "P" in written else "instant" if "T" in written else "date"
        return _written(reader, node, kind, written)
    words = [word for word in subject.words if word.isalpha()]
    kind = _CONSTRUCTORS.get(" ".join(words), "")
    if not kind:
        raise reader.forbidden(node.text, Said("Compare dates, or instants; not times of day."))
    arguments = node.parts[1].parts if len(node.parts) > 1 else ()
    if len(arguments) == 1 and arguments[0].name == "StringLiteral":
        return _written(reader, node, kind, text_of(arguments[0]))
    if not _computed(reader, kind, arguments, scope):
        raise reader.forbidden(node.text, _HINTS[kind])
    return Shape(kind)


def _computed(reader: Reader, kind: str, arguments: tuple[Node, ...], scope: Scope) -> bool:
    if kind != "date" or len(arguments) not in (1, 3):
        return False
    allowed = ("date", "instant") if len(arguments) == 1 else ("number",)
    for argument in arguments:
        expect(reader, argument, reader.shape(argument, scope), *allowed)
    return True


def _written(reader: Reader, node: Node, kind: str, text: str) -> Shape:
    if not _valid(kind, text):
        raise reader.forbidden(node.text, _HINTS[kind])
    return Shape(kind, constant=True)


def _valid(kind: str, text: str) -> bool:
    if kind == "duration":
        return _DURATION.fullmatch(text) is not None and text[-1] != "P"
    try:
        if kind == "date":
            return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
