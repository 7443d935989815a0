"""What became of the matters that somebody had go on in another version, and how far that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.migration import Change, Standing, permit
from workflows.store import migrating
from workflows.store.session import Database

RESULTS = text(
    """select i.number, i.title, r.state, r.said, r.told, r.at, r.before is not null as kept
from migration_result r join instance i on i.id = r.instance_id where r.batch_id = :batch order by i.number"""
)
BATCHES = text(
    """select b.id, b.at, b.by_name, b.reason, f.version as old, t.version as new,
  count(*) filter (where r.state = 'done') as done, count(*) as every,
  count(*) filter (where r.state = 'waiting') as waiting
from migration_batch b join bundle f on f.id = b.from_bundle join bundle t on t.id = b.to_bundle
left join migration_result r on r.batch_id = b.id where t.version = :number or f.version = :number
group by b.id, f.version, t.version order by b.id desc limit 50"""
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one matter; `kept`: its state before is kept."""

    number: str
    title: str
    state: str
    said: tuple[Text, ...]
    tasks: tuple[Change, ...]
    at: datetime | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """A migration under way or done."""

    id: int
    old: int
    new: int
    reason: str
    by_name: str
    at: datetime
    consented: bool
    rows: tuple[Result, ...]

    def count(self, state: str) -> int:
        """How many wait, went on, or were refused."""
        return sum(row.state == state for row in self.rows)


def batches(db: Database, actor: Actor, number: int) -> tuple[Row[Any], ...]:
    """The migrations to or from a version, the newest first."""
    permit(actor)
    with db.read() as tx:
        return tuple(tx.execute(BATCHES, {"number": number}).all())


def batch(db: Database, actor: Actor, batch_id: int) -> Batch:
    """How far a migration is and what became of each matter. Raises NotFound."""
    permit(actor)
    with db.read() as tx:
        found = migrating.batch(tx, batch_id)
        if found is None:
            raise NotFound(what=f"Migration {batch_id}")
        numbers = text("select id, version from bundle where id in (:old, :new)")
        known = {row.id: row.version for row in tx.execute(numbers, {"old": found.old, "new": found.new})}
        rows = tuple(_result(row) for row in tx.execute(RESULTS, {"batch": batch_id}))
        old, new = known[found.old], known[found.new]
        return Batch(batch_id, old, new, found.reason, found.by_name, found.at, found.consented, rows)


def _result(row: Row[Any]) -> Result:
    tasks = tuple(
        Change(_stood(each["before"]), _stood(each["after"]), None) for each in (row.told or {}).get("tasks", ())
    )
    said = tuple(Text(each["vi"], each["en"]) for each in row.said or ())
    return Result(row.number, row.title, row.state, said, tasks, row.at, row.kept)


def _stood(told: Mapping[str, Any]) -> Standing:
    due = datetime.fromisoformat(told["due"]) if told["due"] else None
    return Standing(Text.read(told["step"]), Text.read(told["group"]), due)
