"""Periods in which a matter stood still, as facts can hold them: texts of two days; it knows no limit."""

from collections.abc import Iterator
from datetime import date

from workflows.domain.calendar import WorkingDays
from workflows.domain.facts import Value

TO = "/"


def written(began: date, ended: date) -> str:
    """A period as a fact holds it: both days in ISO 8601."""
    return f"{began.isoformat()}{TO}{ended.isoformat()}"


def days_lost(calendar: WorkingDays, periods: Value, since: date) -> int:
    """The working days after `since` that fell into these periods; a limit that runs from `since` ends so much later.

    A period that began before counts from `since` on.
    """
    return sum(calendar.between(max(began, since), ended) for began, ended in _read(periods) if ended > since)


def _read(periods: Value) -> Iterator[tuple[date, date]]:
    for period in periods if isinstance(periods, tuple) else ():
        began, _, ended = str(period).partition(TO)
        yield date.fromisoformat(began), date.fromisoformat(ended)
