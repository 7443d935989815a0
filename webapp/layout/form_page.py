"""The whole form of one task, ready for the template: sections, tables, buttons, and the summary of what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from webapp.layout.form_rows import Judged
from webapp.layout.form_tables import Table, tables
from webapp.layout.form_view import WIDE, Choices, Field, Outcome, Source, outcomes, plain_fields
from webapp.layout.language import say

Json = Any


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary: what is wrong and where."""

    target: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as a page shows it."""

    title: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    outcome_name: str
    outcomes: tuple[Outcome, ...]
    submit: str
    problems: tuple[Problem, ...]

    @property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """What is filled in, in words: a field's name, and that of its row, beside the answer."""
        return tuple((label, each.said) for label, each in self.by_pointer.values() if each.said)

    @property
    def by_pointer(self) -> dict[str, tuple[str, Field]]:
        """Every field by its place in the answers, with its name and that of its row."""
        found = {each.pointer: (each.label, each) for section in self.sections for each in section.fields}
        for table in self.tables:
            for row in table.rows:
                of = row.line.name if row.line else str(row.number)
                found |= {cell.pointer: (f"{cell.label} ({of})", cell) for cell in row.cells}
        return found

    @property
    def sheet(self) -> Table | None:
        """The table of standards that goes into the rows of the lines; None where the form has not both."""
        kinds = {table.kind: table for table in self.tables}
        return kinds.get("standards") if "lines" in kinds else None

    @property
    def wide(self) -> bool:
        """Whether the fields need the wide column, because there are many, or many answers to choose from."""
        fields = [field for section in self.sections for field in section.fields]
        return len(fields) > WIDE or any(each.widget == "checklist" and len(each.options) > WIDE for each in fields)


def form_page(
    schema: Mapping[str, Json],
    ui: Mapping[str, Json],
    answers: Mapping[str, Json],
    *,
    errors: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    lines: Sequence[Judged] = (),
    asked: Sequence[Judged] = (),
    blanks: int = 0,
    filled: str = "",
    common: str = "",
) -> FormPage:
    """The form of `schema` and `ui` with the answers so far and, after a refusal, what was wrong with them.

    `lines` are those of the matter, `asked` what a table with `x-of` answers one by one.
    """
    source = Source(schema, ui, answers, errors or {}, choices or {}, asked)
    name, buttons = outcomes(ui)
    fields = plain_fields(source, frozenset({name} if buttons else ()))
    shown = tables(source, lines, blanks, filled, common)
    return FormPage(
        title=say(ui.get("title")),
        sections=tuple(_sections(ui, fields)),
        tables=shown,
        outcome_name=name,
        outcomes=buttons,
        submit=say(ui.get("submit")) or gettext("Finish"),
        problems=tuple(_problems(source, fields, shown)),
    )


def _sections(ui: Mapping[str, Json], fields: Mapping[str, Field]) -> list[Section]:
    order = [str(name) for name in ui.get("order") or ()]
    left = {name: fields[name] for name in [*order, *fields] if name in fields}
    found = []
    for declared in ui.get("sections") or ():
        inside = tuple(left.pop(name) for name in declared.get("fields", ()) if name in left)
        if inside:
            found.append(Section(say(declared.get("title")), inside))
    return [*found, Section("", tuple(left.values()))] if left else found


def _problems(source: Source, fields: Mapping[str, Field], shown: Sequence[Table]) -> list[Problem]:
    places: dict[str, tuple[str, str]] = {f"/{field.name}": (field.id, field.label) for field in fields.values()}
    for table in shown:
        places[f"/{table.name}"] = (table.id, table.label)
        for row in table.rows:
            of = row.line.name if row.line else str(row.number)
            places.update({cell.pointer: (cell.id, f"{cell.label} ({of})") for cell in row.cells})
    return [Problem(*_place(pointer, places), source.complaint(pointer)) for pointer in source.errors]


def _place(pointer: str, places: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """The nearest shown place: the field, its row's table, or the form."""
    while pointer:
        if pointer in places:
            return places[pointer]
        pointer = pointer.rpartition("/")[0]
    return "form", ""
