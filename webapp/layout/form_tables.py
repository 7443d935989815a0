"""The tables of a form: nominees that are written, and lines or papers that are judged one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from flask_babel import gettext

from webapp.layout.form_view import (
    Ask,
    Field,
    Source,
    field_choices,
    is_table,
    make_field,
    required_names,
    sometimes_required,
)
from webapp.layout.language import say
from workflows.domain.form_fields import properties, resolve

Json = Any
MOST_BLANKS = 20
JUDGED = frozenset({"lines", "standards"})
"""Tables whose rows are there already."""


class Judged(Protocol):
    """A line that is already there and is only judged."""

    @property
    def line(self) -> object:
        """Its number in the table."""

    @property
    def name(self) -> str:
        """Whom it names."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard of the sheet of one nominee."""

    line: object
    name: str
    nominee: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, and for an existing line what it is about; an excluded one has no cells."""

    number: int
    cells: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    line: Judged | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """A button that answers every row alike, so that only exceptions are left to write."""

    label: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form."""

    name: str
    label: str
    help: str
    error: str
    kind: str
    columns: tuple[Field, ...]
    rows: tuple[Row, ...]
    fill: Fill | None
    may_add: bool

    @property
    def id(self) -> str:
        """The target of the error summary."""
        return f"f-{self.name}"


def tables(source: Source, lines: Sequence[Judged], blanks: int = 0, filled: str = "") -> tuple[Table, ...]:
    """The tables of a form; `blanks` more empty rows were asked for, and `filled` is the table to answer alike."""
    found = {key: resolve(source.schema, schema) for key, schema in properties(source.schema).items()}
    return tuple(
        _table(source, key, schema, lines, blanks, filled)
        for key, schema in found.items()
        if is_table(source.schema, schema)
    )


def _table(
    source: Source, key: str, schema: Mapping[str, Json], lines: Sequence[Judged], blanks: int, filled: str
) -> Table:
    words = (source.ui.get("fields") or {}).get(key) or {}
    row = resolve(source.schema, schema["items"])
    kind = str(schema.get("x-rows", ""))
    columns = _cells(source, key, row, words, {}, "#", "")
    judged = kind in JUDGED or "x-of" in schema
    fill = _fill(words, row, columns) if judged else None
    answers = [each for each in source.answers.get(key) or [] if isinstance(each, Mapping)]
    if kind == "standards":
        lines, rows = (), _sheet(source, key, row, words, lines, answers, fill, filled=filled == key)
    elif judged:
        about = source.asked if "x-of" in schema else _standing(lines, schema.get("x-lines", "open"))
        rows = _judged(source, key, row, words, about, answers, fill, filled=filled == key)
    else:
        rows = _written(source, key, row, words, answers, schema, blanks)
    return Table(
        name=key,
        label=say(words.get("label")) or key,
        help=say(words.get("help")),
        error=source.complaint(f"/{key}"),
        kind="lines" if judged and kind != "standards" else kind,
        columns=columns,
        rows=rows,
        fill=fill,
        may_add=not judged and len(rows) < schema.get("maxItems", 1000),
    )


def _standing(lines: Sequence[Judged], status: str) -> Sequence[Judged]:
    """The lines that a table asks about: those under review, or of another status."""
    return [line for line in lines if getattr(line, "verdict", status) == status]


def _judged(
    source: Source,
    key: str,
    row: Mapping[str, Json],
    words: Mapping[str, Json],
    lines: Sequence[Judged],
    answers: Sequence[Mapping[str, Json]],
    fill: Fill | None,
    *,
    filled: bool,
) -> tuple[Row, ...]:
    said = {str(each.get("line")): each for each in answers}
    found: list[Row] = []
    index = 0
    for number, line in enumerate(lines, 1):
        if getattr(line, "excluded", None):
            found.append(Row(number, (), (), line))
            continue
        answer = {**(fill.answers if fill and filled else {}), **said.get(str(line.line), {})}
        cells = tuple(
            _marked(cell, fill) for cell in _cells(source, key, row, words, answer, str(index), f"/{key}/{index}")
        )
        found.append(Row(number, cells, ((f"{key}-{index}-line", str(line.line)),), line))
        index += 1
    return tuple(found)


def _sheet(
    source: Source,
    key: str,
    row: Mapping[str, Json],
    words: Mapping[str, Json],
    lines: Sequence[Judged],
    answers: Sequence[Mapping[str, Json]],
    fill: Fill | None,
    *,
    filled: bool,
) -> tuple[Row, ...]:
    """One row for each standard that holds for each line, as the movement has them."""
    said = {(str(each.get("line")), str(each.get("criterion"))): each for each in answers}
    named = ((words.get("fields") or {}).get("criterion") or {}).get("values") or {}
    found: list[Row] = []
    for line in lines:
        for standard in () if getattr(line, "verdict", "open") != "open" else getattr(line, "standards", ()):
            index = len(found)
            answer = {**(fill.answers if fill and filled else {}), **said.get((str(line.line), standard), {})}
            cells = _cells(source, key, row, words, answer, str(index), f"/{key}/{index}")
            hidden = ((f"{key}-{index}-line", str(line.line)), (f"{key}-{index}-criterion", standard))
            told = Standard(line.line, say(named.get(standard)) or standard, line.name)
            found.append(Row(index + 1, tuple(_marked(cell, fill) for cell in cells), hidden, told))
    return tuple(found)


def _written(
    source: Source,
    key: str,
    row: Mapping[str, Json],
    words: Mapping[str, Json],
    answers: Sequence[Mapping[str, Json]],
    schema: Mapping[str, Json],
    blanks: int,
) -> tuple[Row, ...]:
    count = min(len(answers) + max(1, min(blanks, MOST_BLANKS)), schema.get("maxItems", 1000))
    padded = [*answers, *({} for _ in range(count - len(answers)))]
    return tuple(
        Row(
            index + 1,
            _cells(source, key, row, words, each, str(index), f"/{key}/{index}"),
            ((f"{key}-{index}-line", str(each["line"])),) if each.get("line") else (),
        )
        for index, each in enumerate(padded)
    )


def _cells(
    source: Source,
    key: str,
    row: Mapping[str, Json],
    words: Mapping[str, Json],
    answer: Mapping[str, Json],
    index: str,
    pointer: str,
) -> tuple[Field, ...]:
    named = words.get("fields") or {}
    wanted, sometimes = required_names(row), sometimes_required(row)
    columns = properties(row)
    order = [name for name in words.get("order") or () if name in columns]
    return tuple(
        make_field(
            Ask(
                key=column,
                name=f"{key}-{index}-{column}",
                pointer=f"{pointer}/{column}",
                schema=resolve(source.schema, schema),
                words=named.get(column) or {},
                answer=answer.get(column),
                required=column in wanted,
                sometimes=column in sometimes,
                choices=field_choices(column, resolve(source.schema, schema), _of_table(source, key)),
            ),
            source,
        )
        for column, schema in ((name, columns[name]) for name in dict.fromkeys([*order, *columns]))
        if column != "line" and not (column == "criterion" and "criterion" in columns and "met" in columns)
    )


def _marked(cell: Field, fill: Fill | None) -> Field:
    """Choices of a judged line, marked so that an exception to what all lines get is seen at once."""
    usual = fill.answers.get(cell.name.rsplit("-", 1)[-1]) if fill else None
    if usual is None:
        return cell
    marks = (replace(each, mark=each.mark or ("passed" if each.value == usual else "odd")) for each in cell.options)
    return replace(cell, options=tuple(marks))


def _of_table(source: Source, key: str) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """The choices of a table's columns: `table.column`, or the column's own name."""
    prefix = f"{key}."
    return {name.removeprefix(prefix): each for name, each in source.choices.items()}


def _fill(words: Mapping[str, Json], row: Mapping[str, Json], columns: Sequence[Field]) -> Fill | None:
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
    return Fill(label, {str(name): str(value) for name, value in answers.items()})
