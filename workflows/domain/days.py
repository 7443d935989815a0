"""A day as people write it, the day first; it refuses what is no day of the calendar."""

import re
from datetime import date

from workflows.domain.errors import InvalidInput

WRITTEN = re.compile(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})", re.ASCII)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)


class DayUnreadable(InvalidInput):
    """«{text}» is not a day. Write it as day/month/year, for example 13/01/2022."""


def read_day(text: str) -> date | None:
    """13/01/2022, 13.1.2022, 13-01-2022 or 2022-01-13; None where it is no day."""
    found = WRITTEN.fullmatch(text.strip()) or ISO.fullmatch(text.strip())
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def day_asked(text: str) -> date:
    """The day that is written. Raises DayUnreadable."""
    if (day := read_day(text)) is None:
        raise DayUnreadable(text=text[:40])
    return day
