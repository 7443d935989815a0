"""The working days of a bundle, from the days calendar.toml lists; it predicts no holiday."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.definitions.errors import BundleRejected
from workflows.definitions.plain import read_toml
from workflows.definitions.shape import CALENDAR, shaped
from workflows.domain.calendar import WorkingDays
from workflows.domain.said import Said
from workflows.domain.text import Text

FILE = "calendar.toml"


@dataclass(frozen=True, slots=True)
class Change:
    """A day that was made a day off or a working day by a decision, and by which."""

    day: date
    working: bool
    source: Text


def read_working_days(content: bytes | None) -> WorkingDays:
    """The five-day week with the exceptions of calendar.toml. Raises BundleRejected."""
    if content is None:
        return WorkingDays()
    told = shaped(FILE, read_toml(FILE, content), CALENDAR)
    off, working = _days(told.get("off", {})), _days(told.get("working", {}))
    years, predicted = _years(told), frozenset(map(int, told.get("predicted", {})))
    if both := sorted(off & working):
        raise BundleRejected(place=FILE, why=Said("{day} is both a day off and a working day.", day=both[0]))
    return WorkingDays({**dict.fromkeys(off, False), **dict.fromkeys(working, True)}, years, predicted)


def changes_of(content: bytes | None) -> tuple[Change, ...]:
    """What calendar.toml says of days that were moved, in their order. Raises BundleRejected."""
    told = shaped(FILE, read_toml(FILE, content or b""), CALENDAR)
    found = [Change(each["day"], each["working"], Text.read(each["source"])) for each in told.get("changes", ())]
    return tuple(sorted(found, key=lambda each: each.day))


def predictions_of(content: bytes | None) -> tuple[tuple[int, Text], ...]:
    """The years of calendar.toml that are predicted, and why. Raises BundleRejected."""
    told = shaped(FILE, read_toml(FILE, content or b""), CALENDAR).get("predicted", {})
    return tuple((int(year), Text.read(why)) for year, why in told.items())


def _years(told: dict[str, Any]) -> frozenset[int]:
    named = told.get("off", {})
    for name, days in {**named, **told.get("working", {})}.items():
        if not name.isdecimal() or any(day.year != int(name) for day in days if isinstance(day, date)):
            raise BundleRejected(
                place=FILE, why=Said("the days of «{name}» are not all of one year of that name.", name=name)
            )
    return frozenset(map(int, named))


def _days(named: dict[str, list[date]]) -> set[date]:
    days = [day for dates in named.values() for day in dates]
    if any(not isinstance(day, date) for day in days):
        raise BundleRejected(place=FILE, why=Said("write days as dates, 2022-01-03."))
    return set(days)
