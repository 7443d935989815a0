"""Facts and earlier opinions in words for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.calendar import LOCAL
from workflows.domain.facts import Facts, Value
from workflows.domain.text import Text
from workflows.queries.names import step_name, value_name
from workflows.queries.rows import Opinion, Shown

YES_NO = {True: Text("Có", "Yes"), False: Text("Không", "No")}
SEEN_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what logins and codes of units stand for."""

    people: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


NOBODY = Known()


def known(tx: Connection) -> Known:
    """The names of all people and units, as they are now."""
    people = tx.execute(text("select login, name from account")).all()
    units = tx.execute(text("select code, name from unit")).all()
    return Known({row.login: row.name for row in people}, {row.code: row.name for row in units})


def shown_facts(bundle: Bundle, process: str, facts: Facts, locale: str, people: Known = NOBODY) -> tuple[Shown, ...]:
    """The facts that the bundle shows beside the tasks of a process."""
    values = {**facts.values, **{f"lines.{name}": value for name, value in facts.counts().items()}}
    names = bundle.manifest.lists.get(process, ())
    return tuple(
        Shown(bundle.label(name), words(bundle, name, values[name], locale, people))
        for name in names
        if values.get(name) is not None
    )


def words(bundle: Bundle, fact: str, value: Value, locale: str, names: Known = NOBODY) -> str:
    """A fact's value as people write it: chosen values and people by name, days as dd/MM/yyyy, money with its unit."""
    match value:
        case None:
            return "–"
        case bool():
            return bundle.worded(fact).values.get(str(value).lower(), YES_NO[value]).of(locale)
        case date():
            return day(value)
        case tuple():
            return ", ".join(words(bundle, fact, each, locale, names) for each in value)
        case str():
            return _said(bundle, fact, value, locale, names)
        case _:
            written = number(value, locale)
            return f"{written} đồng" if bundle.worded(fact).holds == "money" else written


def day(value: date) -> str:
    """A day as dd/MM/yyyy, an instant with its time in Vietnam."""
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")
    return value.strftime("%d/%m/%Y")


def number(value: int | Decimal, locale: str) -> str:
    """A number as the language writes it: 1.490.000 or 0,3 in Vietnamese."""
    written = f"{value:,}"
    return written if locale == "en" else written.translate(str.maketrans(",.", ".,"))


def _said(bundle: Bundle, fact: str, value: str, locale: str, names: Known) -> str:
    worded = bundle.worded(fact)
    held = {"person": names.people, "unit": names.units}.get(worded.holds, {})
    said = held.get(value) or value_name(bundle, fact, value).of(locale)
    return f"{'•' * (len(said) - SEEN_DIGITS)}{said[-SEEN_DIGITS:]}" if worded.concealed else said


def opinions(tx: Connection, bundle: Bundle, instance: int, locale: str) -> tuple[Opinion, ...]:
    """What was entered at the completed steps of an instance, oldest first; ballots stay with those who cast them."""
    rows = tx.execute(
        text("select body from history where instance_id = :id and kind = 'TaskCompleted' order by seq"),
        {"id": instance},
    )
    names, found = known(tx), []
    for body in rows.scalars():
        told = json.loads(body)
        event = told["event"]
        if event["item"] is not None or event["element"] not in bundle.forms:
            continue
        entries = form_entries(bundle, event["element"], event["answers"], locale, names)
        at = datetime.fromisoformat(told["at"])
        found.append(Opinion(step_name(bundle, event["process"], event["element"]), told["actor"]["name"], at, entries))
    return tuple(found)


def form_entries(
    bundle: Bundle, element: str, answers: Mapping[str, Any], locale: str, names: Known = NOBODY
) -> tuple[Shown, ...]:
    """The answers of a form under their labels; tables are shown by the pages that own them."""
    prefix = bundle.forms[element].prefix
    return tuple(
        Shown(bundle.label(f"{prefix}.{name}"), _answer(bundle, f"{prefix}.{name}", value, locale, names))
        for name, value in answers.items()
        if not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(e, dict) for e in value))
    )


def _answer(bundle: Bundle, fact: str, value: Any, locale: str, names: Known) -> str:
    match value:
        case list():
            return ", ".join(_answer(bundle, fact, each, locale, names) for each in value)
        case str():
            try:
                return day(date.fromisoformat(value))
            except ValueError:
                return words(bundle, fact, value, locale, names)
        case _:
            return words(bundle, fact, value, locale, names)
