"""The tables of a form: nominees that are written, and lines or papers that are judged one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.layout.form_fill import Asked, Fill, fill_of, with_common, without_sheet
from webapp.layout.form_rows import LEFT, Judged, Row, TableOf
from webapp.layout.form_view import Field, Source, is_table
from webapp.layout.language import say
from workflows.domain.form_fields import properties, resolve

Json = Any
JUDGED = frozenset({"lines", "standards"})
"""Tables whose rows are there already."""


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
    of = TableOf(source, key, schema)
    columns = of.cells({}, "#")
    judged = of.kind in JUDGED or "x-of" in schema
    fill = fill_of(of.words, of.row, columns) if judged else None
    given = with_common(fill, asked) if key in asked.filled else {}
    if of.kind == "standards":
        rows = tuple(of.sheet(lines, fill, given))
    elif judged:
        about = source.asked if "x-of" in schema else _standing(lines, schema)
        rows = tuple(of.judged(about, fill, given, without_sheet(schema)))
    else:
        rows = tuple(of.written(asked.blanks))
    return Table(
        name=key,
        label=say(of.words.get("label")) or key,
        help=say(of.words.get("help")),
        error=source.complaint(f"/{key}"),
        kind="lines" if judged and of.kind != "standards" else of.kind,
        columns=columns,
        rows=rows,
        fill=fill,
        may_add=not judged and len(rows) < of.most,
    )


def _standing(lines: Sequence[Judged], schema: Mapping[str, Json]) -> Sequence[Judged]:
    """The lines that a table asks about: those of a status, or those under review with those that left it."""
    shown = {str(schema["x-lines"])} if "x-lines" in schema else {"open", *LEFT}
    return [line for line in lines if getattr(line, "verdict", None) in {*shown, None}]
