"""The rows of the register of examples; it refuses nothing, its callers do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

ADDED = text(
    """insert into example (instance_id, movement, unit, kind, title, summary, search, paper_id, state, proposed_by,
  proposed_at)
values (:instance, :movement, :unit, :kind, :title, :summary, fold(:title || ' ' || :summary), :paper, 'proposed', :by,
  :at) returning id"""
)
ONE = text("select id, instance_id, movement, unit, title, state from example where id = :id for update")
RECOGNISED = text(
    """update example set state = 'recognised', recognised_by = :by, recognised_at = :at, ground = :ground
where id = :id"""
)


@dataclass(frozen=True, slots=True)
class Example:
    """What an entry says when it is looked at to be recognised."""

    id: int
    instance: int
    movement: str
    unit: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class New:
    """A new entry; `paper` is the id of what shows it."""

    movement: str
    unit: str
    kind: str
    title: str
    summary: str
    paper: int | None


def add(tx: Connection, instance: int, new: New, by: str, at: datetime) -> int:
    """Enter an example; returns its id."""
    told = {
        "movement": new.movement,
        "unit": new.unit,
        "kind": new.kind,
        "title": new.title,
        "summary": new.summary,
        "paper": new.paper,
    }
    return int(tx.execute(ADDED, {"instance": instance, "by": by, "at": at, **told}).scalar_one())


def locked(tx: Connection, example: int) -> Example | None:
    """An entry, locked."""
    row = tx.execute(ONE, {"id": example}).one_or_none()
    return Example(*row) if row else None


def recognise(tx: Connection, example: int, by: str, at: datetime, ground: str) -> None:
    """Mark an entry as recognised."""
    tx.execute(RECOGNISED, {"id": example, "by": by, "at": at, "ground": ground})
