"""Vietnamese working days as a pure calendar; holidays come from outside, as dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflows.domain.errors import CalendarEnds

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_DAY = time(17, 0)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days that differ from the five-day week: True is a working Saturday, False a day off.

    `years` are those whose days off are known; None: a calendar without days off, which knows every year.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] | None = None
    predicted: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def after(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`, before it where negative; the day itself is not counted.

        BLDS 2015 Điều 147-148. Raises CalendarEnds where the days off of a year on the way are not known: nothing is
        guessed.
        """
        day, step = start, 1 if days > 0 else -1
        while days:
            day += timedelta(days=step)
            if self.years is not None and day.year not in self.years:
                raise CalendarEnds(year=day.year)
            days -= step * self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first."""
        if end < start:
            return -self.between(end, start)
        span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in span)

    def calendar_deadline(self, start: datetime, days: int) -> datetime:
        """The UTC instant at which `days` calendar days from `start` end; a last day off moves to the next working day.

        BLDS 2015 Điều 147-148.
        """
        last = self.after(start.astimezone(LOCAL).date() + timedelta(days=days - 1), 1)
        return datetime.combine(last, END_OF_DAY, LOCAL).astimezone(UTC)

    def deadline(self, start: datetime, days: int) -> datetime:
        """The UTC instant at which `days` working days from `start` end: 17:00 in Vietnam on the last day."""
        last = self.after(start.astimezone(LOCAL).date(), days)
        return datetime.combine(last, END_OF_DAY, LOCAL).astimezone(UTC)


def local_day(instant: datetime) -> date:
    """The day in Vietnam of a UTC instant."""
    return instant.astimezone(LOCAL).date()
