"""What stopped and waits for an administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.domain.text import Text
from workflows.queries.names import step_name
from workflows.queries.verification import readable
from workflows.store.bundles import deployed
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A stopped instance: where it stands, and the reason as the machine wrote it."""

    number: str
    title: str
    element: Text
    reason: str
    at: datetime
    retries: int


def incidents(db: Database, actor: Actor) -> tuple[IncidentRow, ...]:
    """The instances that stopped, longest first."""
    if not actor.may("incident.retry"):
        raise NotAllowed(why="only an administrator sees stopped dossiers")
    with db.read() as tx:
        rows = tx.execute(
            text(
                """select i.number, i.title, i.bundle_id, i.changed_at,
  (select h.body from history h where h.instance_id = i.id and h.kind = 'IncidentRaised'
   order by h.seq desc limit 1) as raised,
  (select count(*) from history h where h.instance_id = i.id and h.kind = 'IncidentRetried') as retries
from instance i where i.stopped is not null order by i.changed_at"""
            )
        )
        return tuple(_row(tx, row) for row in rows)


def _row(tx: Connection, row: Row[Any]) -> IncidentRow:
    raised = (readable(row.raised) or {})["event"]
    where = step_name(deployed(tx, row.bundle_id), raised["process"], raised["element"])
    return IncidentRow(row.number, row.title, where, raised["reason"], row.changed_at, row.retries)
