"""The rows of one table of a form: written by a person, or there already and judged one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from webapp.layout.form_fill import Fill, marked
from webapp.layout.form_view import (
    Ask,
    Field,
    Source,
    field_choices,
    make_field,
    required_names,
    sometimes_required,
)
from webapp.layout.language import say
from workflows.domain.form_fields import properties, resolve

Json = Any
LEFT = frozenset({"withdrawn", "suspended"})
"""What became of lines that left a review that goes on; they are shown where they stood, without cells."""
MOST_BLANKS = 20
MOST_ROWS = 1000


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


def _left(line: Judged) -> bool:
    return getattr(line, "verdict", "open") in LEFT


class TableOf:
    """One table of a form as the schema, the words and the answers so far describe it."""

    def __init__(self, source: Source, key: str, schema: Mapping[str, Json]) -> None:
        self.key, self.schema = key, schema
        self.words: Mapping[str, Json] = (source.ui.get("fields") or {}).get(key) or {}
        self.row = resolve(source.schema, schema["items"])
        self._source = source
        self._answers = [each for each in source.answers.get(key) or [] if isinstance(each, Mapping)]
        prefix = f"{key}."
        self._choices = {name.removeprefix(prefix): each for name, each in source.choices.items()}

    @property
    def kind(self) -> str:
        """What its rows are (`x-rows`), or ""."""
        return str(self.schema.get("x-rows", ""))

    @property
    def most(self) -> int:
        """How many rows it takes."""
        return int(self.schema.get("maxItems", MOST_ROWS))

    def cells(self, answer: Mapping[str, Json], index: object) -> tuple[Field, ...]:
        """The cells of the row at `index`, in the order that the words give."""
        named = self.words.get("fields") or {}
        wanted, sometimes = required_names(self.row), sometimes_required(self.row)
        return tuple(
            make_field(
                Ask(
                    key=column,
                    name=f"{self.key}-{index}-{column}",
                    pointer=f"/{self.key}/{index}/{column}",
                    schema=schema,
                    words=named.get(column) or {},
                    answer=answer.get(column),
                    required=column in wanted,
                    sometimes=column in sometimes,
                    choices=field_choices(column, schema, self._choices),
                ),
                self._source,
            )
            for column, schema in self._columns()
        )

    def judged(
        self, lines: Sequence[Judged], fill: Fill | None, given: Mapping[str, str], without: Mapping[str, str]
    ) -> Iterator[Row]:
        """One row for each line; `given` answers all alike, and `without` those for which the plan has no standard."""
        said = {str(each.get("line")): each for each in self._answers}
        index = 0
        for number, line in enumerate(lines, 1):
            if getattr(line, "excluded", None) or ("x-lines" not in self.schema and _left(line)):
                yield Row(number, (), (), line)
                continue
            own = without if not getattr(line, "standards", ()) else {}
            answer = {**given, **(own if given else {}), **said.get(str(line.line), {})}
            cells = tuple(marked(cell, fill, own) for cell in self.cells(answer, index))
            yield Row(number, cells, (self._hidden(index, "line", line.line),), line, own)
            index += 1

    def sheet(self, lines: Sequence[Judged], fill: Fill | None, given: Mapping[str, str]) -> Iterator[Row]:
        """One row for each standard that holds for each line, as the movement has them."""
        said = {(str(each.get("line")), str(each.get("criterion"))): each for each in self._answers}
        named = ((self.words.get("fields") or {}).get("criterion") or {}).get("values") or {}
        reviewed = (line for line in lines if getattr(line, "verdict", "open") == "open")
        asked = ((line, standard) for line in reviewed for standard in getattr(line, "standards", ()))
        for index, (line, standard) in enumerate(asked):
            answer = {**given, **said.get((str(line.line), standard), {})}
            cells = tuple(marked(cell, fill) for cell in self.cells(answer, index))
            hidden = (self._hidden(index, "line", line.line), self._hidden(index, "criterion", standard))
            yield Row(index + 1, cells, hidden, Standard(line.line, say(named.get(standard)) or standard, line.name))

    def written(self, blanks: int) -> Iterator[Row]:
        """The rows that were written, and empty ones: one, or as many as were asked for."""
        count = min(len(self._answers) + max(1, min(blanks, MOST_BLANKS)), self.most)
        for index, answer in enumerate([*self._answers, *({} for _ in range(count - len(self._answers)))]):
            hidden = (self._hidden(index, "line", answer["line"]),) if answer.get("line") else ()
            yield Row(index + 1, self.cells(answer, index), hidden)

    def _columns(self) -> Iterator[tuple[str, Mapping[str, Json]]]:
        columns = properties(self.row)
        order = [name for name in self.words.get("order") or () if name in columns]
        for name in dict.fromkeys([*order, *columns]):
            if name != "line" and not (name == "criterion" and "met" in columns):
                yield name, resolve(self._source.schema, columns[name])

    def _hidden(self, index: int, column: str, value: object) -> tuple[str, str]:
        return f"{self.key}-{index}-{column}", str(value)
