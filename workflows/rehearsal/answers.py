"""Answers to a form that lead on: the outcome that goes forward, the choice that lets nobody fall; nobody gave them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflows.definitions import Form
from workflows.domain.facts import Facts
from workflows.domain.form_fields import kind_of

Schema = Mapping[str, Any]
MEMBERS = tuple(f"thanh_vien_{number}" for number in range(1, 10))
"""Stand for the members of a council."""
SOMEBODY, SOMETHING = "mot_nguoi", "…"
OUT = frozenset({"failed", "withdrawn", "suspended", "revoked"})


def likely(form: Form, facts: Facts, today: date, nominees: list[dict[str, Any]], said: Mapping[str, Any]) -> Any:
    """An answer to every field: what is `said` by field name, else one that leads on."""
    buttons = form.ui.get("outcomes", {})
    forward = next((v for v, told in buttons.get("values", {}).items() if told.get("kind") == "forward"), None)
    answers: dict[str, Any] = {}
    for name, schema in form.fields.items():
        if name in said:
            answers[name] = said[name]
        elif name == buttons.get("field") and forward is not None:
            answers[name] = forward
        else:
            answers[name] = _answer(schema, facts, today, nominees)
    return answers


def _answer(schema: Schema, facts: Facts, today: date, nominees: list[dict[str, Any]]) -> Any:
    match schema.get("x-rows"):
        case "nominees":
            return nominees
        case "lines":
            row = schema["items"]
            return [_row(row, line.ordinal, today) for line in facts.open_lines()]
        case "dossiers":
            return list(dict.fromkeys(line.dossier for line in facts.lines))
        case str():
            return []
    return _plain(schema, today)


def _row(schema: Schema, line: int, today: date) -> dict[str, Any]:
    columns = {name: _plain(each, today) for name, each in schema["properties"].items() if name != "line"}
    return {"line": line, **columns}


def _plain(schema: Schema, today: date) -> Any:
    if "default" in schema:
        return schema["default"]
    if values := schema.get("enum"):
        falls = schema.get("x-verdict", {}) | schema.get("x-verdict-all", {})
        return next((value for value in values if falls.get(value) not in OUT), values[0])
    if schema.get("format") == "date" or schema.get("x-today"):
        return f"{today}"
    if "x-person" in schema:
        return SOMEBODY if kind_of(schema) == "string" else list(MEMBERS)
    return OF_KIND[kind_of(schema)](schema)


def _number(schema: Schema) -> int:
    return int(schema.get("minimum", 1))


def _list(schema: Schema) -> list[Any]:
    inner = schema.get("items", {})
    return list(MEMBERS) if "x-everyone" in schema or "x-person" in inner else []


OF_KIND: Mapping[str, Callable[[Schema], Any]] = {
    "string": lambda _: SOMETHING,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: False,
    "array": _list,
    "object": lambda _: {},
}
