"""The entries of a draft that are changed by form: parameters, days of a year that differ, stages of movements."""

from dataclasses import dataclass
from datetime import date

from workflows.definitions.calendar import FILE as CALENDAR
from workflows.definitions.calendar import Change, changes_of
from workflows.definitions.edited import Stage as Days
from workflows.definitions.manifest import Parameter
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.text import Text
from workflows.queries.clock import clock
from workflows.queries.drafting import readable
from workflows.store.session import Database

__all__ = ["Days", "Entries", "StageRow", "entries"]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a movement with its days."""

    movement: str
    movement_title: Text
    key: str
    title: Text
    days: Days


@dataclass(frozen=True, slots=True)
class Entries:
    """What the page shows; `days` are those of `year` that differ from the five-day week: True is worked."""

    parameters: tuple[tuple[str, Parameter], ...]
    year: int
    years: tuple[int, ...]
    days: tuple[tuple[date, bool], ...]
    changes: tuple[Change, ...]
    stages: tuple[StageRow, ...]


def entries(db: Database, actor: Actor, draft: int, year: int | None = None) -> Entries:
    """The entries of a draft; the calendar of one year, this one where none is asked for. Raises NotFound."""
    bundle = readable(db, actor, draft)
    year = year or local_day(clock(db).now).year
    calendar = bundle.working_days()
    days = sorted((day, worked) for day, worked in calendar.exceptions.items() if day.year == year)
    stages = (
        StageRow(
            movement.key,
            movement.title,
            each["key"],
            Text.read(each["title"]),
            Days(each["from"], each["to"], each["submit_by"]),
        )
        for movement in bundle.movements.values()
        for each in movement.told.get("stages", ())
    )
    return Entries(
        tuple(bundle.manifest.parameters.items()),
        year,
        tuple(sorted(calendar.years or {year})),
        tuple(days),
        tuple(each for each in changes_of(bundle.files.get(CALENDAR)) if each.day.year == year),
        tuple(stages),
    )
