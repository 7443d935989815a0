"""Two nested values of TOML or JSON compared entry by entry: by key, by the key a row carries, else by place."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from workflows.domain.text import Text

MISSING = None
"""TOML and the JSON of a form hold no null where it matters: None says that there is nothing."""
KEYS = ("key", "id", "name", "paragraph", "title")
MOST_EXACT = 400
DAYS_AND_ALL = (datetime, date)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What differs at a place: `path` are the keys that lead there; None where there is nothing."""

    path: tuple[str, ...]
    old: Any
    new: Any


def compare(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every difference of two values, the whole branch where one lacks it."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**old, **new}:
            if key not in old or key not in new:
                yield Leaf((*path, str(key)), old.get(key), new.get(key))
            else:
                yield from compare(old[key], new[key], (*path, str(key)))
    elif _are_rows(old) and _are_rows(new):
        yield from _rows(old, new, path)
    elif not same(old, new):
        yield Leaf(path, old, new)


def same(old: Any, new: Any) -> bool:
    """Whether two values are the same, kinds included: 1 is not true, and not 1.0."""
    return _exact(old) == _exact(new)


def _exact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=repr)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _rows(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], path: tuple[str, ...]) -> Iterator[Leaf]:
    keyed = _keyed(old, new)
    if keyed is None:
        yield from _placed(old, new, path)
        return
    first, second = keyed
    yield from compare(first, second, path)
    stay = [key for key in first if key in second]
    if stay != [key for key in second if key in first]:
        yield Leaf((*path, ""), list(first), list(second))


def _keyed(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Both lists by a key that every row has and no two rows share."""
    for name in KEYS:
        sides = [{_exact(row.get(name)).strip('"'): row for row in rows} for rows in (old, new)]
        if all(name in row for row in (*old, *new)) and (len(sides[0]), len(sides[1])) == (len(old), len(new)):
            return sides[0], sides[1]
    return None


def _placed(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], path: tuple[str, ...]
) -> Iterator[Leaf]:
    """Rows without a key: those that stay are found, those between are compared by place; very many, all by place."""
    steps: list[tuple[int, int, int, int]] = [(0, len(old), 0, len(new))]
    if max(len(old), len(new)) <= MOST_EXACT:
        matcher = SequenceMatcher(None, [_exact(row) for row in old], [_exact(row) for row in new], autojunk=False)
        steps = [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    for first, last, begin, end in steps:
        for place in range(max(last - first, end - begin)):
            before = old[first + place] if first + place < last else None
            after = new[begin + place] if begin + place < end else None
            number = str((begin if after is not None else first) + place + 1)
            yield from compare(before, after, (*path, number))


def beyond(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """The entries that the other list lacks."""
    known = {_exact(each) for each in others}
    return [each for each in some if _exact(each) not in known]


def shown(value: Any) -> Text:
    """A value as a reader writes it: days by day, month, year, yes and no in words."""
    if isinstance(value, bool):
        return Text("có", "yes") if value else Text("không", "no")
    if isinstance(value, DAYS_AND_ALL):
        return Text(f"{value:%d/%m/%Y}", f"{value:%d/%m/%Y}")
    if isinstance(value, Mapping):
        if "vi" in value and set(value) <= {"vi", "en"}:
            return Text(str(value["vi"]), str(value.get("en", "")))
        return _listed([(Text(f"{key}: "), shown(each)) for key, each in value.items()], "; ")
    if isinstance(value, list):
        return _listed([(Text(""), shown(each)) for each in value], ", ")
    told = f"{value:.10g}" if isinstance(value, float) else str(value)
    return Text(told.replace(".", ",") if isinstance(value, float) else told, told)


def _listed(parts: Sequence[tuple[Text, Text]], between: str) -> Text:
    return Text(
        between.join(f"{key.vi}{value.vi}" for key, value in parts),
        between.join(f"{key.vi}{value.of('en')}" for key, value in parts),
    )


def raw(value: Any) -> str:
    """A value as it is kept in a change: a text as it is, all else on lines of its own."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {raw(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(map(raw, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
