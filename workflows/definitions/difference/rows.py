"""The rows of a decision table that differ, old cells beside new ones, for a page that shows a table."""

from dataclasses import dataclass

from workflows.definitions.difference.change import Kind
from workflows.definitions.difference.names import Names
from workflows.definitions.difference.tables import Column, Side, same_columns
from workflows.domain.text import Text
from workflows.rules.errors import TableRejected
from workflows.rules.table import Input, Rule, parse_table

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell before and after; None where there is no such row or column."""

    old: Text | None
    new: Text | None

    @property
    def differs(self) -> bool:
        """Whether the two are different."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Row:
    """A row that differs: its number in the new table, else in the old one."""

    id: str
    number: int
    kind: Kind
    cells: tuple[Cell, ...]
    source: Cell


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of both tables, conditions first, and the rows that differ."""

    conditions: int
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]


def differing_rows(file: str, old: bytes | None, new: bytes | None, names: Names) -> Rows | None:
    """The rows of a table that differ; None where a side is no table, or no row differs."""
    if old is None or new is None:
        return None
    try:
        before, after = (Side(parse_table(each, place=file), names) for each in (old, new))
    except TableRejected:
        return None
    same = same_columns(before, after)
    gone = [here for here in range(len(before.columns())) if here not in same.values()]
    places = [*((same.get(there), there) for there in range(len(after.columns()))), *((here, None) for here in gone)]
    places.sort(key=lambda place: not _is_condition(before, after, place))
    rules = [({rule.id: rule for rule in side.table.rules}) for side in (before, after)]
    rows = [
        row
        for key in [*rules[1], *(key for key in rules[0] if key not in rules[1])]
        if (row := _row(key, (before, rules[0].get(key)), (after, rules[1].get(key)), places)) is not None
    ]
    if not rows:
        return None
    columns = tuple(_column(before, after, place)[0] for place in places)
    return Rows(sum(_is_condition(before, after, place) for place in places), columns, tuple(rows[:MOST_ROWS]))


Place = tuple[int | None, int | None]


def _column(before: Side, after: Side, place: Place) -> tuple[Text, Column]:
    here, there = place
    side, column = (after, after.columns()[there]) if there is not None else (before, before.columns()[here or 0])
    told = side.column(column)
    return Text(told.vi.strip("«»"), told.of("en").strip("«»")), column


def _is_condition(before: Side, after: Side, place: Place) -> bool:
    return isinstance(_column(before, after, place)[1], Input)


def _row(key: str, old: tuple[Side, Rule | None], new: tuple[Side, Rule | None], places: list[Place]) -> Row | None:
    (before, first), (after, second) = old, new
    cells = tuple(_beside((before, first, here), (after, second, there)) for here, there in places)
    source = Cell(*[Text(rule.description) if rule else None for rule in (first, second)])
    kind: Kind = "added" if first is None else "removed" if second is None else "changed"
    if kind == "changed" and not source.differs and not any(cell.differs for cell in cells):
        return None
    return Row(key, after.row(key) or before.row(key), kind, cells, source)


Placed = tuple[Side, Rule | None, int | None]


def _beside(old: Placed, new: Placed) -> Cell:
    """A cell before and after, in words; as it is written where two different cells have the same words."""
    written = [_written(each) for each in (old, new)]
    said_by = new if new[2] is not None else old
    told = [_told(said_by, text) for text in written]
    if written[0] != written[1] and told[0] == told[1]:
        told = [None if text is None else Text(text, text) for text in written]
    return Cell(*told)


def _written(placed: Placed) -> str | None:
    _, rule, place = placed
    return None if rule is None or place is None else (*rule.inputs, *rule.outputs)[place]


def _told(placed: Placed, written: str | None) -> Text | None:
    side, _, place = placed
    return None if written is None or place is None else side.cell(side.columns()[place], written)
