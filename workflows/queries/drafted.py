"""What a draft would mean if it were sent now: the facts of its good entries, and what is still missing or wrong."""

from collections.abc import Mapping
from typing import Any

from workflows.definitions import Form as BundleForm
from workflows.domain.errors import DomainError, InvalidInput
from workflows.domain.facts import Facts
from workflows.domain.form import clean
from workflows.domain.record import Form, record

NOMINEES = "nominees"


def lacking(form: BundleForm, answers: Mapping[str, Any]) -> Mapping[str, str]:
    """What the form would refuse, by JSON pointer; empty where it would be taken."""
    try:
        clean(form.schema, answers)
    except InvalidInput as refusal:
        return refusal.fields
    return {}


def takes_nominees(form: BundleForm) -> bool:
    """Whether a unit writes its nominees into this form."""
    return any(field.get("x-rows") == NOMINEES for field in form.fields.values())


def with_draft(facts: Facts, form: BundleForm, draft: Mapping[str, Any] | None, number: str) -> Facts:
    """The facts as they would be after the entries of a draft that are good by themselves; wrong ones are left out."""
    if not draft or not takes_nominees(form):
        return facts
    good = dict(_good(form, draft))
    told = {name: field for name, field in form.schema["properties"].items() if name in good}
    schema = {**form.schema, "properties": told}
    try:
        return record(facts, Form(form.task_id, form.prefix, schema), good, number=number).facts
    except DomainError:
        return facts


def _good(form: BundleForm, draft: Mapping[str, Any]) -> list[tuple[str, Any]]:
    kept: list[tuple[str, Any]] = []
    for name, value in draft.items():
        field = form.schema["properties"].get(name)
        if field is None:
            continue
        if field.get("x-rows") == NOMINEES:
            rows = [row for row in value or () if _holds(form, name, field, [row])]
            kept += [(name, rows)] if rows else []
        elif _holds(form, name, field, value):
            kept.append((name, value))
    return kept


def _holds(form: BundleForm, name: str, field: Mapping[str, Any], value: Any) -> bool:
    schema = {"type": "object", "properties": {name: field}, "$defs": form.schema.get("$defs", {})}
    try:
        clean(schema, {name: value})
    except InvalidInput:
        return False
    return value not in (None, "", [])
