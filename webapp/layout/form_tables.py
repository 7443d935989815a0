"""The tables of a form: nominees that are written, and lines or papers that are judged one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from webapp.layout.form_fill import Asked, Fill, fill_of, marked, with_common, without_sheet
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
    """One row: its cells, and for an existing line what it is about; an excluded one has no cells.

    `fill` is what its own usual answers are where they differ from those of the table.
    """

    number: int
    cells: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    line: Judged | None = None
    fill: Mapping[str, str] = field(default_factory=dict)


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


def tables(
    source: Source, lines: Sequence[Judged], blanks: int = 0, filled: str = "", common: str = ""
) -> tuple[Table, ...]:
    """The tables of a form; `blanks` more empty rows were asked for, `filled` names the tables to answer alike.

    `common` is the answer in words that a fill asks for, the same for every row of its table.
    """
    found = {key: resolve(source.schema, schema) for key, schema in properties(source.schema).items()}
    return tuple(
        _table(source, key, schema, lines, Asked(blanks, frozenset(filled.split(",")), common.strip()))
        for key, schema in found.items()
        if is_table(source.schema, schema)
    )


def _table(source: Source, key: str, schema: Mapping[str, Json], lines: Sequence[Judged], asked: Asked) -> Table:
    words = (source.ui.get("fields") or {}).get(key) or {}
    row = resolve(source.schema, schema["items"])
    kind = str(schema.get("x-rows", ""))
    columns = _cells(source, key, row, words, {}, "#", "")
    judged = kind in JUDGED or "x-of" in schema
    fill = fill_of(words, row, columns) if judged else None
    answers = [each for each in source.answers.get(key) or [] if isinstance(each, Mapping)]
    if kind == "standards":
        given = with_common(fill, asked) if key in asked.filled else {}
        rows = _sheet(source, key, row, words, lines, answers, fill, given)
    elif judged:
        about = source.asked if "x-of" in schema else _standing(lines, schema.get("x-lines", "open"))
        given = with_common(fill, asked) if key in asked.filled else {}
        rows = _judged(source, key, row, words, about, answers, fill, given, without=without_sheet(schema))
    else:
        rows = _written(source, key, row, words, answers, schema, asked.blanks)
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
    given: Mapping[str, str],
    *,
    without: Mapping[str, str],
) -> tuple[Row, ...]:
    said = {str(each.get("line")): each for each in answers}
    found: list[Row] = []
    index = 0
    for number, line in enumerate(lines, 1):
        if getattr(line, "excluded", None):
            found.append(Row(number, (), (), line))
            continue
        own = without if not getattr(line, "standards", ()) else {}
        answer = {**given, **(own if given else {}), **said.get(str(line.line), {})}
        cells = tuple(
            marked(cell, fill, own) for cell in _cells(source, key, row, words, answer, str(index), f"/{key}/{index}")
        )
        found.append(Row(number, cells, ((f"{key}-{index}-line", str(line.line)),), line, own))
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
    given: Mapping[str, str],
) -> tuple[Row, ...]:
    """One row for each standard that holds for each line, as the movement has them."""
    said = {(str(each.get("line")), str(each.get("criterion"))): each for each in answers}
    named = ((words.get("fields") or {}).get("criterion") or {}).get("values") or {}
    found: list[Row] = []
    for line in lines:
        for standard in () if getattr(line, "verdict", "open") != "open" else getattr(line, "standards", ()):
            index = len(found)
            answer = {**given, **said.get((str(line.line), standard), {})}
            cells = _cells(source, key, row, words, answer, str(index), f"/{key}/{index}")
            hidden = ((f"{key}-{index}-line", str(line.line)), (f"{key}-{index}-criterion", standard))
            told = Standard(line.line, say(named.get(standard)) or standard, line.name)
            found.append(Row(index + 1, tuple(marked(cell, fill) for cell in cells), hidden, told))
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


def _of_table(source: Source, key: str) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """The choices of a table's columns: `table.column`, or the column's own name."""
    prefix = f"{key}."
    return {name.removeprefix(prefix): each for name, each in source.choices.items()}
