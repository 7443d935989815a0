"""What the system itself answers in a form: numbers, people of a group, the day, periods; nobody types these."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.calendar import local_day
from workflows.domain.events import NumberTaken
from workflows.domain.periods import written
from workflows.store import numbers
from workflows.store.accounts import members_of
from workflows.store.load import Instance

Given = tuple[dict[str, Any], tuple[NumberTaken, ...]]


def given(tx: Connection, bundle: Bundle, held: Instance, schema: Mapping[str, Any], prefix: str) -> Given:
    """The answers that the system gives to a form, and the numbers it took for them.

    `x-series` takes the next number of the year, `x-everyone` lists the people of a group now, `x-today` is the day of
    the domain clock, `x-period-since` adds the period from the day in the fact it names until today to those known.
    """
    today = local_day(held.now)
    answers: dict[str, Any] = {}
    events: list[NumberTaken] = []
    for name, field in schema["properties"].items():
        if series := field.get("x-series"):
            number = numbers.take(tx, series, today.year)
            answers[name] = bundle.series[series].written(number, today.year)
            events.append(NumberTaken(series=series, year=today.year, value=number))
        elif group := field.get("x-everyone"):
            answers[name] = list(members_of(tx, group))
        elif field.get("x-today"):
            answers[name] = today.isoformat()
        elif since := field.get("x-period-since"):
            known, began = held.facts.get(f"{prefix}.{name}"), held.facts.get(since)
            periods = list(known) if isinstance(known, tuple) else []
            answers[name] = [*periods, written(began, today)] if isinstance(began, date) else periods
    return answers, tuple(events)
