"""What stopped and waits for an administrator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed
from workflows.store.session import Database


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A stopped instance."""

    number: str
    title: str
    element: str
    sentence: str
    at: datetime
    retries: int


def incidents(db: Database, actor: Actor) -> tuple[IncidentRow, ...]:
    """The instances that stopped, longest first."""
    if not actor.may("incident.retry"):
        raise NotAllowed(why="only an administrator sees stopped dossiers")
    with db.read() as tx:
        rows = tx.execute(
            text(
                """select i.number, i.title, i.stopped, i.changed_at,
  (select count(*) from history h where h.instance_id = i.id and h.kind = 'IncidentRetried') as retries
from instance i where i.stopped is not null order by i.changed_at"""
            )
        )
        return tuple(
            IncidentRow(
                row.number,
                row.title,
                row.stopped.split(":", 1)[0],
                row.stopped.split(":", 1)[-1].strip(),
                row.changed_at,
                row.retries,
            )
            for row in rows
        )
