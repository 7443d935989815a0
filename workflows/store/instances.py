"""The row of a new process instance, before its first step."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text

from workflows.store.history import GENESIS
from workflows.store.session import clock

ADD = text(
    """insert into instance (number, process, bundle_id, title, search, unit, movement, status, state, revision, seq, head,
  opened_at, opened_by, changed_at)
values (:number, :process, :bundle_id, :title, fold(:number || ' ' || :title), :unit, :movement, 'dang-soan', '', 0, 0, :head,
  :now, :opened_by, :now) returning id"""
)


@dataclass(frozen=True, slots=True)
class NewInstance:
    """What the row holds before the engine has run."""

    number: str
    process: str
    bundle_id: int
    title: str
    unit: str | None
    movement: str | None
    opened_by: str


def add(tx: Connection, new: NewInstance) -> int:
    """Write the row; returns its id."""
    _, now = clock(tx)
    return int(tx.execute(ADD, {**asdict(new), "head": GENESIS, "now": now}).scalar_one())
