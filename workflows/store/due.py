"""Running deadlines, found by their instant on the domain clock, never by loading instances."""

from datetime import datetime

from sqlalchemy import Connection, text


def has_due(tx: Connection, instance: int, now: datetime) -> bool:
    """Whether a deadline of this instance has passed."""
    found = text("select 1 from due where instance_id = :id and due_at <= :now limit 1")
    return tx.execute(found, {"id": instance, "now": now}).scalar() is not None


def overdue(tx: Connection, now: datetime, most: int = 100) -> list[int]:
    """The instances with a passed deadline, longest first; those another sweeper holds are skipped."""
    rows = tx.execute(
        text(
            """select d.instance_id from due d join instance i on i.id = d.instance_id and i.stopped is null
where d.due_at <= :now order by d.due_at limit :most for update of d skip locked"""
        ),
        {"now": now, "most": most},
    )
    return list(dict.fromkeys(rows.scalars()))
