"""Days of a form that fit the days that are known and the year of their number; it compares and computes none."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from workflows.domain.calendar import local_day
from workflows.domain.facts import Facts
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint

NOT_BEFORE, IN_YEAR_OF = "x-not-before", "x-in-year-of"


def require_order(schema: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts, today: date) -> None:
    """Raises EntriesRefused that points to each day that does not fit.

    `x-not-before` names the fact or facts whose day it may not lie before; `facts` are those after the answers, so
    that a form may name a day of its own. `x-in-year-of` names the series whose number the paper gets today: it is of
    this year, and so must be the day (NĐ 30/2020 Điều 15).
    """
    wrong = dict(_wrong(schema, answers, facts, today))
    if wrong:
        raise EntriesRefused(fields=wrong)


def _wrong(
    schema: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts, today: date
) -> Iterator[tuple[str, Complaint]]:
    for name, field in schema["properties"].items():
        if name not in answers or not {NOT_BEFORE, IN_YEAR_OF} & field.keys():
            continue
        day = date.fromisoformat(answers[name])
        earliest = max(_days(facts, field.get(NOT_BEFORE, ())), default=day)
        if day < earliest:
            yield f"/{name}", Complaint("not_before", day=f"{earliest:%d/%m/%Y}")
        elif IN_YEAR_OF in field and day.year != today.year:
            yield f"/{name}", Complaint("other_year", year=today.year, day=f"{day:%d/%m/%Y}")


def _days(facts: Facts, names: str | list[str]) -> Iterator[date]:
    for name in (names,) if isinstance(names, str) else names:
        known = facts.get(name)
        if isinstance(known, date):
            yield local_day(known) if isinstance(known, datetime) else known
