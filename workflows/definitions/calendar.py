"""The working days of a bundle, from the days calendar.toml lists; it predicts no holiday."""

from datetime import date

from workflows.definitions.errors import BundleRejected
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import CALENDAR, shaped
from workflows.domain.calendar import WorkingDays

FILE = "calendar.toml"


def read_working_days(content: bytes | None) -> WorkingDays:
    """The five-day week with the exceptions of calendar.toml. Raises BundleRejected."""
    if content is None:
        return WorkingDays()
    told = shaped(FILE, read_toml(FILE, content), CALENDAR)
    off, working = _days(told.get("off", {})), _days(told.get("working", {}))
    if both := sorted(off & working):
        raise BundleRejected(place=FILE, why=f"{both[0]} is both a day off and a working day.")
    return WorkingDays({**dict.fromkeys(off, False), **dict.fromkeys(working, True)})


def _days(named: dict[str, list[date]]) -> set[date]:
    days = [day for dates in named.values() for day in dates]
    if any(not isinstance(day, date) for day in days):
        raise BundleRejected(place=FILE, why="write days as dates, 2022-01-03.")
    return set(days)
