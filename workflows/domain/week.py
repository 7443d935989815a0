"""The groups of a work list by deadline as spans of time; it counts no working days."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from workflows.domain.calendar import LOCAL

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant (None: from ever) until another (None: for ever), both UTC."""

    since: datetime | None
    until: datetime | None


def span(bucket: str, now: datetime) -> Span | None:
    """When a deadline of a group lies: "overdue", "today", "week" (to Sunday) or "later"; None for another word."""
    today = now.astimezone(LOCAL).date()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=SUNDAY - today.weekday() + 1)
    midnight, end = (datetime.combine(day, time(), LOCAL).astimezone(UTC) for day in (tomorrow, monday))
    return {
        "overdue": Span(None, now),
        "today": Span(now, midnight),
        "week": Span(midnight, end),
        "later": Span(end, None),
    }.get(bucket)
