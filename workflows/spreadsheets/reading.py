"""What a filled list says: each row as answers of the form's table, with what is wrong in which column."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.domain.days import read_day
from workflows.domain.form_sentences import Complaint
from workflows.spreadsheets.columns import Column, folded
from workflows.spreadsheets.guard import FileRefused, admit

SECONDS, MEMORY = 10, 1024 * 1024 * 1024
MOST_PASTED = 500_000
HEAD_ROWS = 15
"""How far down the headings may stand."""
TRUTH = {"co": True, "yes": True, "1": True, "x": True, "khong": False, "no": False, "0": False}
Cell = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: its number in the file, its answers, complaints by column, and what stands in those cells."""

    number: int
    answers: Mapping[str, Any]
    wrong: Mapping[str, Complaint]
    raw: Mapping[str, str] = field(default_factory=dict)


def read_file(content: bytes, columns: Sequence[Column]) -> tuple[ListRow, ...]:
    """The rows of an .xlsx file under the headings of `columns`, in any order. Raises FileRefused."""
    admit(content)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workflows.spreadsheets.cells"],
            input=content,
            capture_output=True,
            timeout=SECONDS * 2,
            preexec_fn=_limits,
            check=False,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(why="reading it takes too long.") from None
    if done.returncode != 0:
        raise FileRefused(why="it is damaged, or too large to be read.")
    return tuple(_rows(json.loads(done.stdout), columns))


def read_pasted(text: str, columns: Sequence[Column], start: str = "") -> tuple[ListRow, ...]:
    """The rows of a table pasted from a spreadsheet (tabs between cells). Raises FileRefused.

    Headings are needed, unless `start` names the column that the first cell of each row belongs to.
    """
    if len(text) > MOST_PASTED:
        raise FileRefused(why="what was pasted is too long.")
    rows = [[{"text": cell} if cell.strip() else None for cell in line.split("\t")] for line in text.splitlines()]
    return tuple(_rows(rows, columns, start))


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _rows(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], start: str = "") -> Iterator[ListRow]:
    place, found = _headings(rows, columns, start)
    for number, row in enumerate(rows[place + 1 :], place + 2):
        cells = {column: row[at] for at, column in found.items() if at < len(row) and row[at] is not None}
        if not any(_text(cell).strip() for cell in cells.values()):
            continue
        answers: dict[str, Any] = {}
        wrong: dict[str, Complaint] = {}
        raw: dict[str, str] = {}
        for column, cell in cells.items():
            value = _value(column, cell)
            if isinstance(value, Complaint):
                wrong[column.name], raw[column.name] = value, _text(cell).strip()
            elif value is not None:
                answers[column.name] = value
        yield ListRow(number, answers, wrong, raw)


def _headings(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], start: str) -> tuple[int, dict[int, Column]]:
    known = {
        folded(each): column for column in columns for each in (column.label.vi, column.label.of("en"), column.name)
    }
    best: tuple[int, dict[int, Column]] = (0, {})
    for place, row in enumerate(rows[:HEAD_ROWS]):
        found: dict[int, Column] = {}
        for at, cell in enumerate(row):
            column = known.get(folded(_text(cell).rstrip(" *")))
            if column is not None and column not in found.values():
                found[at] = column
        if len(found) > len(best[1]):
            best = place, found
    if not {column.name for column in columns if column.required} & {column.name for column in best[1].values()}:
        names = [column.name for column in columns]
        if start in names:
            return -1, dict(enumerate(columns[names.index(start) :]))
        raise FileRefused(why="the headings of the template are not in it.")
    return best


def _text(cell: Cell) -> str:
    return "" if cell is None else str(next(iter(cell.values())))


def _value(column: Column, cell: Cell) -> Any:
    """The answer a cell gives, None for nothing, or what is wrong with it."""
    if cell is not None and "formula" in cell:
        return Complaint("formula")
    text = _text(cell).strip()
    if cell is not None and isinstance(cell.get("number"), float) and cell["number"].is_integer():
        text = str(int(cell["number"]))
    if not text:
        return None
    if column.choices:
        return column.chosen(text) or Complaint("enum")
    if column.kind == "date":
        return text if cell is not None and "date" in cell else _day(text)
    if column.kind == "number":
        return int(text) if text.isdecimal() else Complaint("type.integer")
    return TRUTH.get(folded(text), Complaint("enum")) if column.kind == "boolean" else text


def _day(text: str) -> Any:
    day = read_day(text)
    return day.isoformat() if day else Complaint("format.date")
