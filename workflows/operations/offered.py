"""What an answer names was offered: people of a group, parts of the movement; the rest is the form's to judge."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint
from workflows.store.accounts import members_of

OF_MOVEMENT = {"x-stage": "stages", "x-content": "contents", "x-target": "targets"}


def require_offered(
    tx: Connection, bundle: Bundle, facts: Facts, schema: Mapping[str, Any], answers: Mapping[str, Any]
) -> None:
    """Raises EntriesRefused that points to each answer naming nobody of its group, or nothing of the movement."""
    named = list(_named(schema, answers))
    groups = {field["x-person"] for _, field, _ in named if "x-person" in field}
    people = {group: members_of(tx, group) for group in groups}
    wrong = {
        pointer: Complaint("enum")
        for pointer, field, value in named
        if value not in (people[field["x-person"]] if "x-person" in field else _offered(bundle, facts, field))
    }
    if wrong:
        raise EntriesRefused(fields=wrong)


def _named(
    schema: Mapping[str, Any], answers: Mapping[str, Any], before: str = ""
) -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    for name, value in answers.items():
        field, pointer = schema["properties"][name], f"{before}/{name}"
        if isinstance(value, list):
            items = field.get("items", {})
            for place, each in enumerate(value):
                if isinstance(each, dict):
                    yield from _named(items, each, f"{pointer}/{place}")
                elif _is_choice(field):
                    yield f"{pointer}/{place}", field, each
                elif _is_choice(items):
                    yield f"{pointer}/{place}", items, each
        elif _is_choice(field):
            yield pointer, field, value


def _is_choice(field: Mapping[str, Any]) -> bool:
    return any(keyword in field for keyword in ("x-person", "x-line", "x-paper", *OF_MOVEMENT))


def _offered(bundle: Bundle, facts: Facts, field: Mapping[str, Any]) -> Collection[object]:
    if "x-line" in field:
        return [line.ordinal for line in facts.lines if line.status == field["x-line"]]
    return bundle.papers.keys() if "x-paper" in field else _of_movement(bundle, facts, field)


def _of_movement(bundle: Bundle, facts: Facts, field: Mapping[str, Any]) -> tuple[str, ...]:
    movement = bundle.movements.get(facts.text("dossier.movement") or "")
    part = next(part for keyword, part in OF_MOVEMENT.items() if keyword in field)
    return tuple(str(each["key"]) for each in movement.told.get(part, ())) if movement else ()
