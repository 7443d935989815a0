"""The movements of the procedure in force, as data with the plan's real text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from workflows.domain.calendar import local_day
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.names import newest
from workflows.store.session import Database, clock


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement in a list."""

    key: str
    title: Text
    number: str
    date: str
    stages: tuple[Text, ...]


def movements(db: Database) -> tuple[MovementRow, ...]:
    """All movements of the newest version of the procedure."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None:
        return ()
    return tuple(
        MovementRow(
            key,
            found.title,
            str(found.told.get("number", "")),
            str(found.told.get("date", "")),
            tuple(Text.read(stage["title"]) for stage in found.told.get("stages", ())),
        )
        for key, found in bundle.movements.items()
    )


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a movement: its days, "over", "running" or "ahead", and what is still due.

    `days_left` are working days until dossiers have to be handed in, None once that day is past.
    """

    key: str
    title: Text
    since: date
    until: date
    submit_by: date
    is_parameter: bool
    state: str
    days_left: int | None
    dossiers: int


HANDED_IN = text(
    """select f.value #>> '{}' as stage, count(*) as dossiers from instance i join fact f on f.instance_id = i.id
where i.process = 'dossier' and i.movement = :movement and i.status not in ('dang-soan', 'da-rut')
  and f.name = 'dossier.stage' and f.line = '' and f.item = '' group by 1"""
)


def stages(db: Database, key: str) -> tuple[StageRow, ...]:
    """The stages of a movement as they stand today. Raises NotFound."""
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or key not in bundle.movements:
            raise NotFound(what=f"Movement «{key}»")
        today = local_day(clock(tx)[1])
        there = {row.stage: row.dossiers for row in tx.execute(HANDED_IN, {"movement": key})}
    calendar = bundle.working_days()
    return tuple(
        StageRow(
            str(each["key"]),
            Text.read(each["title"]),
            each["from"],
            each["to"],
            each["submit_by"],
            bool(each.get("parameter")),
            "over" if today > each["to"] else "running" if today >= each["from"] else "ahead",
            calendar.between(today, each["submit_by"]) if today <= each["submit_by"] else None,
            there.get(str(each["key"]), 0),
        )
        for each in bundle.movements[key].told.get("stages", ())
    )


def movement(db: Database, key: str) -> dict[str, Any]:
    """One movement's plan, as the bundle's file holds it. Raises NotFound."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None or key not in bundle.movements:
        raise NotFound(what=f"Movement «{key}»")
    return dict(bundle.movements[key].told)
