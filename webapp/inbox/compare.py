"""Two texts of one form side by side, field by field, and one made of both by choice; it sends nothing itself."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from webapp.layout.form_page import FormPage

Json = Any


@dataclass(frozen=True, slots=True)
class Differing:
    """One field on which the two texts differ; `pointer` says which."""

    pointer: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Against:
    """What somebody typed beside another text: `kind` is draft (another window), facts (others' changes) or sent."""

    kind: str
    whose: str
    rows: tuple[Differing, ...]


def differing(theirs: FormPage, mine: FormPage, only: Collection[str] | None = None) -> tuple[Differing, ...]:
    """The fields on which two fillings of a form differ; `only` limits them to some of the form's own fields."""
    left, right = theirs.by_pointer, mine.by_pointer
    found = []
    for pointer in dict.fromkeys((*right, *left)):
        label = (right.get(pointer) or left[pointer])[0]
        said = [side[pointer][1].said if pointer in side else "" for side in (left, right)]
        if said[0] != said[1] and (only is None or pointer.split("/")[1] in only):
            found.append(Differing(pointer, label, said[0], said[1]))
    return tuple(found)


def merged(mine: Mapping[str, Json], theirs: Mapping[str, Json], picked: Collection[str]) -> dict[str, Json]:
    """My text with the picked fields taken from theirs; rows about a line are matched by it, others by their place."""
    result = deepcopy(dict(mine))
    for pointer in picked:
        name, *rest = pointer.removeprefix("/").split("/")
        if not rest:
            _put(result, name, theirs.get(name))
        elif len(rest) == 2 and rest[0].isdecimal():  # noqa: PLR2004  a row and its column
            _put_cell(result.setdefault(name, []), theirs.get(name) or [], int(rest[0]), rest[1])
    return result


def _put(target: dict[str, Json], name: str, value: Json) -> None:
    if value is None:
        target.pop(name, None)
    else:
        target[name] = value


def _put_cell(mine: Json, theirs: Json, place: int, column: str) -> None:
    if not isinstance(mine, list) or not isinstance(theirs, list):
        return
    line = mine[place].get("line") if place < len(mine) else None
    row = next((each for each in theirs if line is not None and each.get("line") == line), None)
    if row is None:
        row = theirs[place] if place < len(theirs) else {}
    if place < len(mine):
        _put(mine[place], column, row.get(column))
    elif row:
        mine.append(dict(row))
