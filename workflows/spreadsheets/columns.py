"""The columns of a list, taken from the table of a form: headings, kinds and the values that may be chosen."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.definitions import Form
from workflows.domain.form_fields import kind_of, properties, resolve
from workflows.domain.text import Text

NOT_ASKED = frozenset({"line"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list; `kind` is text, date, number or boolean; `choices` are value and words."""

    name: str
    label: Text
    kind: str
    required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    longest: int = 0

    def chosen(self, written: str) -> str | None:
        """The value that somebody means by a word, a key or both, accents and case ignored; None for none of them."""
        sought = folded(written)
        for value, words in self.choices:
            if sought in {folded(value), folded(words.vi), folded(words.of("en")), folded(shown(value, words))}:
                return value
        return None


def columns(form: Form, table: str, offered: Mapping[str, Sequence[tuple[str, Text]]]) -> tuple[Column, ...]:
    """The columns of the row table `table` of a form; `offered` are the choices that no schema lists."""
    field = resolve(form.schema, form.schema["properties"][table])
    row = resolve(form.schema, field["items"])  # type: ignore[arg-type]  # a table has items
    words = form.ui.get("fields", {}).get(table, {})
    order = [name for name in words.get("order", ()) if name in properties(row)]
    names = [*order, *(name for name in properties(row) if name not in order)]
    required = set(row.get("required", ()))  # type: ignore[call-overload]  # a list of names
    return tuple(
        Column(
            name,
            Text.read(words.get("fields", {}).get(name, {}).get("label", name)),
            _kind(schema),
            name in required,
            tuple(_choices(schema, words.get("fields", {}).get(name, {}), offered.get(f"{table}.{name}", ()))),
            int(str(schema.get("maxLength", 0))),
        )
        for name in names
        if name not in NOT_ASKED
        for schema in [resolve(form.schema, properties(row)[name])]
    )


def folded(text: str) -> str:
    """A text without accents, case and doubled spaces, for comparing."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def shown(value: str, words: Text) -> str:
    """A choice as the template offers it; keys such as G1 stand before their words."""
    return words.vi if value.islower() else f"{value} {words.vi}"


def _choices(
    schema: Mapping[str, object], words: Mapping[str, Any], offered: Sequence[tuple[str, Text]]
) -> Iterator[tuple[str, Text]]:
    yield from offered
    for value in schema.get("enum", ()):  # type: ignore[attr-defined]  # a list of values
        yield str(value), Text.read(words.get("values", {}).get(value, str(value)))


def _kind(schema: Mapping[str, object]) -> str:
    if schema.get("format") == "date":
        return "date"
    kind = kind_of(schema)
    return {"integer": "number", "number": "number", "boolean": "boolean"}.get(kind, "text")
