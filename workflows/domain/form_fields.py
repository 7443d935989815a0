"""Reads what a browser posts into the types a schema names; it judges nothing and keeps what it cannot read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from workflows.domain.days import read_day

type_names = ("object", "array", "boolean", "integer", "number", "string")
Schema = Mapping[str, object]
Answer = object

ABSENT: Final = object()
DEEPEST: Final = 8
MOST_DIGITS: Final = 18
INDEX = re.compile(r"(\d{1,3})(?:-|$)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}(?:[. \u00a0]\d{3})+")
YES, NO = frozenset({"true", "on", "yes", "1"}), frozenset({"false", "off", "no", "0"})


class Encoded(Protocol):
    """Names with their values as a browser posts them; werkzeug's MultiDict is one."""

    def __iter__(self) -> Iterator[str]:
        """Every name once."""
        ...

    def getlist(self, key: str) -> list[str]:
        """All values of a name, in order."""
        ...


def read(schema: Schema, posted: Encoded) -> tuple[dict[str, Answer], list[str]]:
    """The answers, empty ones absent, and the posted names that no field of the schema has.

    A field of a group is `group-field`, a field of a row `rows-0-field`; rows with nothing in them are left out, and
    nominees of whom only the number of their line is left.
    """
    values = {name: [str(value) for value in posted.getlist(name)] for name in posted}
    used: set[str] = set()
    answers = _group(schema, schema, "", values, used, 1)
    return answers, sorted(set(values) - used)


def resolve(root: Schema, schema: Schema) -> Schema:
    """The schema itself, or the definition its local `$ref` names."""
    reference = schema.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/$defs/"):
        return schema
    definitions = root.get("$defs")
    found = definitions.get(reference.removeprefix("#/$defs/")) if isinstance(definitions, Mapping) else None
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}} if found else schema


def properties(schema: Schema) -> Mapping[str, Schema]:
    """The fields of an object schema by name; none where it declares none."""
    fields = schema.get("properties")
    return fields if isinstance(fields, Mapping) else {}


def kind_of(schema: Schema) -> str:
    """The JSON type of a field: its declared one, the first that is not null, else text."""
    declared = schema.get("type")
    names = [declared] if isinstance(declared, str) else declared if isinstance(declared, Sequence) else []
    return next((str(name) for name in names if name in type_names), "object" if properties(schema) else "string")


def _group(
    root: Schema, schema: Schema, prefix: str, values: Mapping[str, list[str]], used: set[str], depth: int
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    if depth > DEEPEST:
        return found
    for name, field in properties(schema).items():
        answer = _field(root, resolve(root, field), prefix + name, values, used, depth + 1)
        if answer is not ABSENT:
            found[name] = answer
    return found


def _field(
    root: Schema, schema: Schema, name: str, values: Mapping[str, list[str]], used: set[str], depth: int
) -> Answer:
    kind = kind_of(schema)
    if kind == "object":
        return _group(root, schema, f"{name}-", values, used, depth) or ABSENT
    if kind == "array":
        items = schema.get("items")
        row = resolve(root, items) if isinstance(items, Mapping) else {}
        if kind_of(row) == "object":
            return _rows(root, schema, row, name, values, used, depth) or ABSENT
        used.add(name)
        entries = [_scalar(kind_of(row), row, text) for text in values.get(name, [])]
        return [entry for entry in entries if entry is not ABSENT] or ABSENT
    used.add(name)
    texts = values.get(name, [])
    return _scalar(kind, schema, texts[-1]) if texts else ABSENT


def _rows(
    root: Schema,
    schema: Schema,
    row: Schema,
    name: str,
    values: Mapping[str, list[str]],
    used: set[str],
    depth: int,
) -> list[dict[str, Answer]]:
    start = len(name) + 1
    numbers = {
        match[1] for key in values if key.startswith(f"{name}-") and (match := INDEX.match(key, start)) is not None
    }
    groups = (_group(root, row, f"{name}-{number}-", values, used, depth + 1) for number in sorted(numbers, key=int))
    nothing: tuple[set[str], ...] = (set(), {"line"}) if schema.get("x-rows") == "nominees" else (set(),)
    return [group for group in groups if set(group) not in nothing]


def _scalar(kind: str, schema: Schema, text: str) -> Answer:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return ABSENT
    if kind == "boolean":
        return text.lower() in YES if text.lower() in YES | NO else text
    if kind in {"integer", "number"}:
        return _number(kind, text)
    return _date(text) if schema.get("format") == "date" else text


def _number(kind: str, text: str) -> Answer:
    plain = re.sub(r"[. \u00a0]", "", text) if GROUPED.fullmatch(text) else text.replace(",", ".")
    if len(plain) > MOST_DIGITS or not NUMBER.fullmatch(plain):
        return text
    return int(plain) if "." not in plain else float(plain) if kind == "number" else text


def _date(text: str) -> str:
    day = read_day(text)
    return day.isoformat() if day else text
