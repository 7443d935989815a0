"""Running deadlines, found by their instant on the domain clock, never by loading instances."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Near:
    """An open task in the second half of its limit or beyond it; `told` are the levels that were told of it."""

    id: str
    instance: int
    process: str
    element: str
    group: str
    unit: str | None
    assignee: str | None
    opened_at: datetime
    due_at: datetime
    told: frozenset[str]


HALF = text(
    """select t.id, t.instance_id, t.process, t.element, t.candidate_group, t.unit, t.assignee, t.opened_at, t.due_at,
  array(select split_part(e.key, ':', 3) from effect e
    where e.key >= 'escalation:' || t.id || ':' and e.key < 'escalation:' || t.id || ';') as told
from user_task t join instance i on i.id = t.instance_id
where t.state = 'open' and t.due_at is not null and i.stopped is null and i.closed_at is null
  and :now >= t.opened_at + (t.due_at - t.opened_at) * 0.4
order by t.due_at"""
)


def near(tx: Connection, now: datetime) -> list[Near]:
    """The open tasks of which somebody may have to be told, the most urgent first."""
    return [
        Near(
            str(row.id),
            row.instance_id,
            row.process,
            row.element,
            row.candidate_group,
            row.unit,
            row.assignee,
            row.opened_at,
            row.due_at,
            frozenset(row.told),
        )
        for row in tx.execute(HALF, {"now": now})
    ]


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
