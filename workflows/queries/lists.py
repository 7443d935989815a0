"""The list of nominees as a spreadsheet: its template, and what a filled one would bring in; it keeps none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows import spreadsheets
from workflows.definitions import Form
from workflows.domain import form as forms
from workflows.domain.actor import Actor
from workflows.domain.days import read_day
from workflows.domain.errors import InvalidInput, InvalidState, NotFound
from workflows.domain.facts import Facts
from workflows.domain.form_fields import resolve
from workflows.domain.text import Text
from workflows.queries.choices import choices
from workflows.queries.names import newest
from workflows.queries.rows import Choices
from workflows.queries.task import task
from workflows.spreadsheets import Column, ListRow
from workflows.store.session import Database, clock

NOMINEES = "nominees"
FORM = "prepare_dossier"


class NoListHere(InvalidState):
    """«{task}» takes no list of nominees now."""


class NothingToRead(InvalidInput):
    """Choose a file, or paste the rows with their headings."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it would come in: what each column says, and what is wrong by column ("" for the row)."""

    number: int
    answers: Mapping[str, Any]
    said: Mapping[str, Text]
    wrong: Mapping[str, str]
    raw: Mapping[str, str]

    @property
    def as_typed(self) -> Mapping[str, Any]:
        """Every cell, those that are wrong as they were typed."""
        return {**self.raw, **self.answers}


@dataclass(frozen=True, slots=True)
class Preview:
    """A filled list, read and checked and not yet taken: good rows can be taken, the others say why not."""

    table: str
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]

    @property
    def good(self) -> tuple[PreviewRow, ...]:
        """The rows with nothing wrong."""
        return tuple(row for row in self.rows if not row.wrong)


def template_for_movement(db: Database, movement: str) -> bytes:
    """The .xlsx template of a movement, whoever fills it in. Raises NotFound."""
    title, form, offered = _of_movement(db, movement)
    return spreadsheets.template(spreadsheets.columns(form, table_of(form), offered), title.vi)


def preview_for_movement(db: Database, movement: str, content: bytes) -> Preview:
    """What a filled template of a movement says. Raises NotFound, FileRefused."""
    _, form, offered = _of_movement(db, movement)
    return _preview(form, offered, content, None)


def _of_movement(db: Database, movement: str) -> tuple[Text, Form, Choices]:
    """Its title, its form of nominees and what the form offers."""
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        form = bundle.forms[FORM]
        offered = choices(tx, bundle, form, Facts({"dossier.movement": movement}), clock(tx)[1])
    return bundle.movements[movement].title, form, offered


def template_for_task(db: Database, actor: Actor, task_id: str) -> tuple[str, bytes]:
    """The name and bytes of the template for a task. Raises NotFound, NoListHere."""
    page = task(db, actor, task_id)
    columns = spreadsheets.columns(page.form, _asked(page.form, page.step), page.choices)
    return f"{page.number}-danh-sach.xlsx", spreadsheets.template(
        columns, f"Danh sách đề nghị khen thưởng {page.number}"
    )


def preview(
    db: Database, actor: Actor, task_id: str, *, content: bytes | None, pasted: str, start: str = ""
) -> Preview:
    """What a file, or pasted rows, would bring into a task; `start` names the column where rows without headings begin.

    Raises NotFound, NoListHere, NothingToRead, FileRefused.
    """
    page = task(db, actor, task_id)
    _asked(page.form, page.step)
    if not content and not pasted.strip():
        raise NothingToRead
    return _preview(page.form, page.choices, content, pasted, start)


def table_of(form: Form) -> str:
    """The table of a form that takes nominees, or "" where it has none."""
    return next((name for name, field in form.fields.items() if field.get("x-rows") == NOMINEES), "")


def _asked(form: Form, step: Text) -> str:
    named = table_of(form)
    if not named:
        raise NoListHere(task=step)
    return named


def _preview(form: Form, offered: Choices, content: bytes | None, pasted: str | None, start: str = "") -> Preview:
    named = table_of(form)
    columns = spreadsheets.columns(form, named, offered)
    read = (
        spreadsheets.read_file(content, columns) if content else spreadsheets.read_pasted(pasted or "", columns, start)
    )
    wrong = _checked(form, named, read)
    rows = tuple(
        PreviewRow(row.number, row.answers, _said(columns, row.answers), {**wrong.get(place, {}), **row.wrong}, row.raw)
        for place, row in enumerate(read)
    )
    return Preview(named, columns, rows)


def _checked(form: Form, table: str, rows: Sequence[ListRow]) -> dict[int, dict[str, str]]:
    """What the form itself says of the rows, by place and column."""
    field = dict(resolve(form.schema, form.fields[table]))
    field["minItems"] = 0
    schema = {"type": "object", "properties": {table: field}, "$defs": form.schema.get("$defs", {})}
    found: dict[int, dict[str, str]] = {}
    for place, row in enumerate(rows):
        try:
            forms.clean(schema, {table: [dict(row.answers)]})
        except InvalidInput as refusal:
            for pointer, complaint in refusal.fields.items():
                column = pointer.removeprefix(f"/{table}/0").strip("/")
                found.setdefault(place, {})[column] = complaint
    return found


def _said(columns: Sequence[Column], answers: Mapping[str, Any]) -> dict[str, Text]:
    words = {column.name: dict(column.choices) for column in columns}
    return {name: words.get(name, {}).get(str(value), Text(_day(value))) for name, value in answers.items()}


def _day(value: Any) -> str:
    day = read_day(str(value))
    return f"{day:%d/%m/%Y}" if day else str(value)
