"""Facts and earlier opinions in words for people."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.facts import Facts, Value
from workflows.domain.text import Text
from workflows.queries.names import step_name, value_name
from workflows.queries.rows import Opinion, Shown

YES_NO = {True: Text("Có", "Yes"), False: Text("Không", "No")}


def shown_facts(bundle: Bundle, process: str, facts: Facts, locale: str) -> tuple[Shown, ...]:
    """The facts that the bundle shows beside the tasks of a process."""
    known = {**facts.values, **{f"lines.{name}": value for name, value in facts.counts().items()}}
    names = bundle.manifest.lists.get(process, ())
    return tuple(
        Shown(bundle.label(name), words(bundle, name, known[name], locale))
        for name in names
        if known.get(name) is not None
    )


def words(bundle: Bundle, fact: str, value: Value, locale: str) -> str:
    """A fact's value as people write it: chosen values by their label, days as dd/MM/yyyy."""
    match value:
        case None:
            return "–"
        case bool():
            return YES_NO[value].of(locale)
        case datetime():
            return value.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case tuple():
            return ", ".join(words(bundle, fact, each, locale) for each in value)
        case str():
            return value_name(bundle, fact, value).of(locale)
        case _:
            return str(value)


def opinions(tx: Connection, bundle: Bundle, instance: int, locale: str) -> tuple[Opinion, ...]:
    """What was entered at the completed steps of an instance, oldest first; ballots stay with those who cast them."""
    rows = tx.execute(
        text("select body from history where instance_id = :id and kind = 'TaskCompleted' order by seq"),
        {"id": instance},
    )
    found = []
    for body in rows.scalars():
        told = json.loads(body)
        event = told["event"]
        if event["item"] is not None or event["element"] not in bundle.forms:
            continue
        entries = form_entries(bundle, event["element"], event["answers"], locale)
        at = datetime.fromisoformat(told["at"])
        found.append(Opinion(step_name(bundle, event["process"], event["element"]), told["actor"]["name"], at, entries))
    return tuple(found)


def form_entries(bundle: Bundle, element: str, answers: Mapping[str, Any], locale: str) -> tuple[Shown, ...]:
    """The simple answers of a form under their labels; tables are shown by the pages that own them."""
    form = bundle.forms[element]
    prefix = form.prefix
    fields = form.ui.get("fields", {})
    return tuple(
        Shown(Text.read(fields.get(name, {}).get("label", name)), _answer(bundle, f"{prefix}.{name}", value, locale))
        for name, value in answers.items()
        if not isinstance(value, list | dict)
    )


def _answer(bundle: Bundle, fact: str, value: Any, locale: str) -> str:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).strftime("%d/%m/%Y")
        except ValueError:
            return words(bundle, fact, value, locale)
    return words(bundle, fact, value, locale)
