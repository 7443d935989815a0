"""What the fields of a form offer that no schema can list: people, stages, targets, dossiers that wait."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle, Form
from workflows.domain.facts import Facts, Line
from workflows.domain.text import Text
from workflows.queries.rows import Choices
from workflows.store import numbers, outbox

FROM_MOVEMENT = {"x-stage": "stages", "x-content": "contents", "x-target": "targets"}


def choices(tx: Connection, bundle: Bundle, form: Form, facts: Facts, now: datetime) -> Choices:
    """Value and label by field name; fields of a row table by "table.field"."""
    found: dict[str, tuple[tuple[str, Text], ...]] = {}
    for name, schema in _fields(form.schema["properties"]):
        if "x-person" in schema:
            found[name] = _people(tx, schema["x-person"])
        elif schema.get("x-rows") == "dossiers":
            found[name] = _waiting(tx, facts)
        elif schema.get("x-line"):
            standing = (line for line in facts.lines if line.status == schema["x-line"])
            found[name] = tuple((str(line.ordinal), Text(_nominee(line))) for line in standing)
        elif schema.get("x-paper"):
            found[name] = tuple(bundle.papers.items())
        elif "x-series" in schema:
            series = bundle.series[schema["x-series"]]
            found[name] = (("", Text(series.written(numbers.following(tx, series.key, now.year), now.year))),)
        else:
            for keyword, part in FROM_MOVEMENT.items():
                if keyword in schema:
                    found[name] = _of_movement(bundle, facts, part)
    return found


def _fields(properties: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, schema in properties.items():
        yield f"{before}{name}", schema
        items = schema.get("items", {})
        if isinstance(items, dict) and "properties" in items:
            yield from _fields(items["properties"], f"{before}{name}.")
        elif isinstance(items, dict) and "x-person" in items:
            yield f"{before}{name}", items


def _people(tx: Connection, group: str) -> tuple[tuple[str, Text], ...]:
    rows = tx.execute(
        text(
            "select a.login, a.name, a.title from account a join membership m on m.account_id = a.id"
            " where m.group_key = :group and a.active order by a.id"
        ),
        {"group": group},
    )
    return tuple((row.login, Text(f"{row.name} ({row.title})" if row.title else row.name)) for row in rows)


def _waiting(tx: Connection, facts: Facts) -> tuple[tuple[str, Text], ...]:
    """The dossiers the round has already, then those that wait for one like it."""
    here: dict[str, list[str]] = {}
    for line in facts.lines:
        if line.status == "suspended":
            continue
        here.setdefault(line.dossier, []).append(str(line.nominee.get("name")))
    waiting = [message for message in outbox.waiting(tx, "dossier_ready") if message.fits(facts)]
    offered = {number: ", ".join(names) for number, names in here.items()}
    offered |= {message.sender: _names(message.payload) for message in waiting}
    return tuple((number, Text(names)) for number, names in offered.items())


def _nominee(line: Line) -> str:
    return f"{line.ordinal}. {line.nominee.get('name', '')}"


def _names(payload: Mapping[str, Any]) -> str:
    return ", ".join(str(line["nominee"].get("name")) for line in payload["lines"])


def _of_movement(bundle: Bundle, facts: Facts, part: str) -> tuple[tuple[str, Text], ...]:
    movement = bundle.movements.get(facts.text("dossier.movement") or "")
    listed = movement.told.get(part, ()) if movement else ()
    return tuple((str(each["key"]), Text.read(each["title"])) for each in listed)
