"""The inbox: one page of a queue, searched without accents and sorted; it never loads an instance."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.text import Text
from workflows.queries.names import days_left, matter_title, step_name, value_name
from workflows.queries.rows import Page
from workflows.store.bundles import deployed
from workflows.store.session import Database, clock

QUEUES = {
    "mine": "t.state = 'open' and t.assignee = :login",
    "pool": """t.state = 'open' and t.assignee is null and t.candidate_group = any(:groups)
  and (t.unit is null or t.unit = :unit)""",
    "done": "t.state = 'completed' and t.closed_by = :login",
}
SORTS = {
    "due": "t.due_at nulls last, t.opened_at",
    "number": "i.number",
    "title": "i.search",
    "unit": "u.name nulls last, i.number",
    "opened": "t.opened_at",
    "done": "t.closed_at desc",
}
SELECT = """select t.id, i.number, i.process as instance_process, i.title, i.bundle_id, t.process, t.element,
  u.name as unit_name,
  i.award_form, i.kind, t.opened_at, t.due_at, t.closed_at, a.name as assignee_name, d.task_id is not null as has_draft,
  (select count(*) from nominee n where n.instance_id = i.id)
    + (select count(*) from round_line r where r.instance_id = i.id) as lines_count,
  count(*) over () as total
from user_task t join instance i on i.id = t.instance_id left join unit u on u.code = i.unit
  left join account a on a.login = coalesce(t.closed_by, t.assignee)
  left join draft d on d.task_id = t.id and d.login = :login
where {queue} and (cast(:search as text) is null or strpos(i.search, fold(:search)) > 0
  or strpos(fold(coalesce(u.name, '')), fold(:search)) > 0) order by {sort}, t.id limit :size offset :skip"""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A task in a list."""

    task_id: str
    number: str
    title: Text
    lines_count: int
    step: Text
    unit: str | None
    award_form: Text
    kind: Text
    opened_at: datetime
    due_at: datetime | None
    due_working_days: int | None
    assignee_name: str | None
    has_draft: bool
    done_at: datetime | None


def inbox(
    db: Database,
    actor: Actor,
    queue: str = "mine",
    search: str | None = None,
    page: int = 1,
    size: int = 25,
    sort: str = "due",
) -> Page[InboxRow]:
    """One page of a queue: "mine", "pool" (nobody's yet) or "done". An unknown queue or sort is the usual one."""
    queue = queue if queue in QUEUES else "mine"
    order = "done" if queue == "done" and sort == "due" else sort
    statement = SELECT.format(queue=QUEUES[queue], sort=SORTS.get(order, SORTS["due"]))
    with db.read() as tx:
        rows = tx.execute(
            text(statement),
            {
                "login": actor.login,
                "groups": list(actor.groups),
                "unit": actor.unit,
                "search": search.strip() if search and search.strip() else None,
                "size": size,
                "skip": (max(page, 1) - 1) * size,
            },
        ).all()
        now = clock(tx)[1]
        return Page(tuple(_row(tx, row, now) for row in rows), rows[0].total if rows else 0, page, size)


def _row(tx: Connection, row: Row[Any], now: datetime) -> InboxRow:
    bundle = deployed(tx, row.bundle_id)
    return InboxRow(
        str(row.id),
        row.number,
        matter_title(row.instance_process, row.kind, row.title),
        row.lines_count,
        step_name(bundle, row.process, row.element),
        row.unit_name,
        value_name(bundle, "dossier.award_form", row.award_form),
        value_name(bundle, "dossier.kind", row.kind),
        row.opened_at,
        row.due_at,
        None if row.closed_at else days_left(bundle.working_days(), row.due_at, now),
        row.assignee_name,
        row.has_draft,
        row.closed_at,
    )
