"""The facts `due.*`: when each limit of the procedure would end, by the tables of limits and the calendar."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time

from workflows.definitions.applied import apply_decision
from workflows.definitions.bundle import Bundle
from workflows.definitions.vocabulary import CALENDAR_LIMITS, LIMITS
from workflows.domain.calendar import LOCAL, local_day
from workflows.domain.errors import CalendarEnds
from workflows.domain.facts import Facts, Value
from workflows.domain.periods import days_lost

MORNING = time(8, 0)
STOOD_STILL = "suspension.periods"
"""The fact that holds the periods in which the whole matter was suspended."""


def with_deadlines(bundle: Bundle, facts: Facts, now: datetime) -> Facts:
    """The facts with `due.<key>` for every row of the tables: the UTC instant at which a limit starting now would end.

    A row that starts with a fact counts from the day in it, once that day is known; the days since then on which the
    matter stood still do not count. A limit that would end in a year the calendar does not know is left out: whoever
    needs it is told so by `require_calendar`.
    """
    due = dict[str, Value]()
    for decision, row in _rows(bundle, facts, now):
        with suppress(CalendarEnds):
            due[f"due.{row['key']}"] = _due(bundle, decision, facts, row, now)
    return facts.with_values(due)


def require_calendar(bundle: Bundle, facts: Facts, key: str, now: datetime) -> None:
    """Whether the calendar knows the days of a limit. Raises CalendarEnds, which names the year that is missing."""
    for decision, row in _rows(bundle, facts, now):
        if row["key"] == key:
            _due(bundle, decision, facts, row, now)


def _rows(bundle: Bundle, facts: Facts, now: datetime) -> Iterator[tuple[str, Mapping[str, object]]]:
    for decision in LIMITS:
        if decision in bundle.decision_ids:
            yield from ((decision, row) for row in apply_decision(bundle, decision, facts, now).rows())


def _due(bundle: Bundle, decision: str, facts: Facts, row: Mapping[str, object], now: datetime) -> datetime:
    calendar, starts = bundle.working_days(), _start(facts, str(row["starts"]), now)
    if decision == CALENDAR_LIMITS:
        return calendar.calendar_deadline(starts, int(str(row["days"])))
    lost = days_lost(calendar, facts.get(STOOD_STILL), local_day(starts))
    return calendar.deadline(starts, int(str(row["days"])) + lost)


def _start(facts: Facts, starts: str, now: datetime) -> datetime:
    day = None if starts == "task" else facts.get(starts)
    if isinstance(day, datetime):
        return day
    return datetime.combine(day, MORNING, LOCAL) if isinstance(day, date) else now
