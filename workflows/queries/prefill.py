"""The answers a form begins with: what is already known under its own facts, and the lines that it rewrites."""

from collections.abc import Mapping
from typing import Any

from workflows.definitions import Form
from workflows.domain.count import counted
from workflows.domain.facts import Facts, Line, to_json
from workflows.domain.form import FILLED_BY_SYSTEM


def prefill(form: Form, facts: Facts) -> dict[str, Any]:
    """The answers a form begins with: what is already known under its own facts, and the lines it rewrites."""
    prefix = form.prefix
    known: dict[str, Any] = {}
    for name, schema in form.schema["properties"].items():
        if schema.get("x-rows") == "nominees":
            wanted, columns = schema.get("x-lines", "open"), schema["items"]["properties"]
            written = (_nominee(line) for line in facts.lines if line.status == wanted)
            known[name] = [{key: value for key, value in row.items() if key in columns} for row in written]
        elif schema.get("x-rows") == "dossiers" and facts.lines:
            known[name] = list(dict.fromkeys(line.dossier for line in facts.lines if line.status != "suspended"))
        elif schema.get("x-rows") == "lines" and (rows := _rewriting(form, facts, schema)):
            known[name] = rows
        elif facts.get(f"{prefix}.{name}") is not None and not any(schema.get(key) for key in FILLED_BY_SYSTEM):
            known[name] = _plain(facts.values[f"{prefix}.{name}"])
        elif "default" in schema:
            known[name] = schema["default"]
    if council := form.schema.get("x-count"):
        known = {**counted(facts, council), **known}
    return known


def _rewriting(form: Form, facts: Facts, schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table about existing lines whose columns are called like fields of a nominee: what is there now.

    What an earlier answer to the same form said goes before. Other tables begin empty.
    """
    columns = schema["items"]["properties"].keys() - {"line"}
    if not any(columns & line.nominee.keys() for line in facts.lines):
        return []
    said = {line.ordinal: {n: line.values.get(f"{form.prefix}.{n}") for n in columns} for line in facts.open_lines()}
    return [
        {"line": line.ordinal}
        | {name: _plain(line.nominee[name]) for name in columns if line.nominee.get(name) is not None}
        | {name: _plain(value) for name, value in said[line.ordinal].items() if value is not None}
        for line in facts.open_lines()
    ]


def _nominee(line: Line) -> dict[str, Any]:
    return {"line": line.ordinal, **{name: _plain(value) for name, value in line.nominee.items() if value is not None}}


def _plain(value: Any) -> Any:
    stored = to_json(value)
    return next(iter(stored.values())) if isinstance(stored, dict) else stored
