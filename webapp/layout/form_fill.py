"""Answering every row of a table alike, so that only exceptions are left to write; it fills nothing in unasked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask_babel import gettext

from webapp.layout.form_view import Field
from webapp.layout.language import say
from workflows.domain.form_fields import properties

Json = Any


@dataclass(frozen=True, slots=True)
class Fill:
    """A button that answers every row alike, so that only exceptions are left to write.

    `asks` names the column whose words it asks for first, `asked` is that column's label.
    """

    label: str
    answers: Mapping[str, str]
    asks: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the tables: more empty rows, which tables to answer alike, and with which words."""

    blanks: int
    filled: frozenset[str]
    common: str


def marked(cell: Field, fill: Fill | None, own: Mapping[str, str] = MappingProxyType({})) -> Field:
    """Choices of a judged line, marked so that an exception to what all lines get is seen at once."""
    usual = {**fill.answers, **own}.get(cell.name.rsplit("-", 1)[-1]) if fill else None
    if usual is None:
        return cell
    marks = (replace(each, mark=each.mark or ("passed" if each.value == usual else "odd")) for each in cell.options)
    return replace(cell, options=tuple(marks))


def fill_of(words: Mapping[str, Json], row: Mapping[str, Json], columns: Sequence[Field]) -> Fill | None:
    """What answers all rows at once: as the ui file says, else the default or first answer of each demanded choice."""
    declared = words.get("all") or {}
    answers = dict(declared.get("set") or {})
    labels = []
    for column in columns:
        name = column.name.rsplit("-", 1)[-1]
        if not declared and column.required and column.options:
            answers[name] = properties(row)[name].get("default", column.options[0].value)
        labels += [option.label for option in column.options if option.value == answers.get(name)]
    if not answers:
        return None
    label = say(declared.get("label")) or gettext("All: %(answers)s", answers="; ".join(labels))
    asks = str(declared.get("ask") or "")
    asked = next((column.label for column in columns if column.name.endswith(f"-{asks}")), "") if asks else ""
    return Fill(label, {str(name): str(value) for name, value in answers.items()}, asks, asked)


def with_common(fill: Fill | None, asked: Asked) -> Mapping[str, str]:
    """What a fill answers, with the words it asked for."""
    if fill is None:
        return {}
    return {**fill.answers, fill.asks: asked.common} if fill.asks and asked.common else fill.answers


def without_sheet(schema: Mapping[str, Json]) -> Mapping[str, str]:
    """The usual answers of a line for which the plan has no standard, where the form tells them apart."""
    return {str(name): str(value) for name, value in ((schema.get("x-sheet") or {}).get("none") or {}).items()}
