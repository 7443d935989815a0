"""Values on their way into and out of FEEL: typed, dates in UTC, numbers exact; anything else is turned back."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import Any

from workflows.rules.vocabulary import Kind

# A fact's value: text, whole number or Decimal, boolean, None, date, instant (datetime in UTC), list or dict of these.
Value = Any
Json = Any

EXACT = 2**53
DIGITS = 15
MAX_TEXT = 100_000
MAX_ITEMS = 10_000
MAX_LEVELS = 24
_SHOWN = 8
_KEY = re.compile(r"[^\W\d]\w*( \w+)*")
_UNCLEAN = re.compile("[\x00\ud800-\udfff]")
_KEYS_REFUSED = frozenset({"__proto__", "constructor", "prototype"})


class CannotCross(Exception):
    """This value cannot stand in an expression."""


_KINDS: tuple[tuple[type | tuple[type, ...], Kind], ...] = (
    (bool, "boolean"),  # before number: to Python, True is one
    (str, "text"),
    ((int, Decimal), "number"),
    (datetime, "instant"),  # before date: to Python, an instant is one
    (date, "date"),
    ((list, tuple), "list"),
    (Mapping, "context"),
)


def kind_of(value: Value) -> Kind | None:
    """The kind a Python value has; None for null and for what is no value of ours."""
    for types, kind in _KINDS:
        if isinstance(value, types):
            return kind
    return None


def tagged(value: Value, level: int = 0) -> Json:
    """The value as JSON with tags for dates; raises CannotCross for what FEEL would distort."""
    tag = _TAGS.get(kind_of(value) or "")
    if tag is not None:
        return tag(value)
    return None if value is None else _collection(value, level)


def _collection(value: Value, level: int) -> Json:
    if level < MAX_LEVELS and isinstance(value, Mapping) and len(value) <= MAX_ITEMS:
        return {_key(key): tagged(entry, level + 1) for key, entry in value.items()}
    if level < MAX_LEVELS and isinstance(value, list | tuple) and len(value) <= MAX_ITEMS:
        return [tagged(entry, level + 1) for entry in value]
    raise CannotCross


def is_key(name: str) -> bool:
    """Whether a context may have an entry of this name: letters, digits and _, none that JavaScript reads."""
    return name not in _KEYS_REFUSED and _KEY.fullmatch(name) is not None


def _key(key: object) -> str:
    if not isinstance(key, str) or not is_key(key):
        raise CannotCross
    return key


def _text(value: str) -> str:
    if len(value) > MAX_TEXT or not clean(value):
        raise CannotCross
    return unicodedata.normalize("NFC", value)


def clean(text: str) -> bool:
    """Whether a text is free of NUL and of halves of characters, which no database takes."""
    return not _UNCLEAN.search(text)


def _number(value: int | Decimal) -> int | float:
    if isinstance(value, Decimal) and not (value.is_finite() and Decimal(repr(float(value))) == value):
        raise CannotCross
    if abs(Decimal(value)) >= EXACT:
        raise CannotCross
    return int(value) if value == int(value) else float(value)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise CannotCross
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _tag_instant(value: datetime) -> Json:
    return {"$instant": _instant(value)}


def _tag_date(value: date) -> Json:
    return {"$date": value.isoformat()}


_TAGS: dict[str, Callable[[Value], Json]] = {
    "boolean": bool,
    "text": _text,
    "number": _number,
    "instant": _tag_instant,
    "date": _tag_date,
}


def canonical(values: list[Json]) -> str:
    """One text for equal values: the key of the memory of results."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def returned(answer: Json) -> Value:
    """A value of ours from the tagged JSON that FEEL gave; raises CannotCross for ranges, functions and the like."""
    if isinstance(answer, list):
        return [returned(entry) for entry in answer]
    if isinstance(answer, str):
        return _text(answer)
    if not isinstance(answer, dict):
        return answer
    if "$date" in answer:
        return _day(answer["$date"])
    if "$instant" in answer:
        return _utc(answer["$instant"])
    if "$refused" in answer:
        raise CannotCross(answer["$refused"])
    return {key: returned(entry) for key, entry in answer.items()}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotCross(text) from None


def _utc(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CannotCross(text) from None
    if instant.tzinfo is None:
        raise CannotCross(text)
    return instant.astimezone(UTC)


def whole(text: str) -> int:
    """A JSON integer as int; raises CannotCross beyond what FEEL counts exactly."""
    number = int(text)
    if abs(number) >= EXACT:
        raise CannotCross(text)
    return number


def fraction(text: str) -> int | Decimal:
    """A JSON fraction as it stands, all 17 digits, so that a limit is compared with exactly what was calculated."""
    number = Decimal(text)
    if abs(number) >= EXACT:
        raise CannotCross(text)
    return number


def rounded(number: Decimal) -> int | Decimal:
    """A number without the tail of binary arithmetic: 0.30000000000000004 is 0.3."""
    number = +Context(prec=DIGITS).create_decimal(number).normalize()
    return int(number) if number == number.to_integral_value() else number


def shown(value: Value) -> str:
    """The value as a person would write it in an expression."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:80]}"'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(shown(entry) for entry in value[:_SHOWN]) + (", …]" if len(value) > _SHOWN else "]")
    return str(value)[:80]
