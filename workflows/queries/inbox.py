"""The inbox: one page of a queue, searched without accents and sorted; it never loads an instance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.text import Text
from workflows.queries.inbox_filters import ALL, BARE, OF_TASK, QUEUES, TASKS, WANTED, Filters, parameters
from workflows.queries.names import days_left, matter_title, step_name, value_name
from workflows.queries.rows import Page
from workflows.store.bundles import deployed
from workflows.store.session import Database, clock

SORTS = {
    "due": "t.due_at {way} nulls last, t.opened_at",
    "number": "i.id {way}",
    "title": "i.search {way}",
    "unit": "fold(u.name) {way} nulls last, i.id",
    "award": "i.award_form {way}, i.kind, i.id",
    "step": "t.element {way}, t.due_at nulls last",
    "opened": "t.opened_at {way}",
    "done": "t.closed_at {way}",
}
"""What a list can be sorted by; `way` is asc or desc."""
OF_MATTER = frozenset({"number", "title", "unit", "award"})
"""Sorts that look at the matter."""
SELECT = """select t.id, i.number, i.process as instance_process, i.title, i.bundle_id, t.process, t.element,
  u.name as unit_name, i.movement, t.candidate_group, t.unit as task_unit, t.assignee,
  i.award_form, i.kind, t.opened_at, t.due_at, t.closed_at, a.name as assignee_name, d.task_id is not null as has_draft,
  w.day as follow_up_on,
  (select count(*) from nominee n where n.instance_id = i.id)
    + (select count(*) from round_line r where r.instance_id = i.id) as lines_count,
  (select count(*) {read} where {queue} and {wanted}) as total
{tasks}
  left join account a on a.login = coalesce(t.closed_by, t.assignee)
  left join draft d on d.task_id = t.id and d.login = :login
where t.id in (select t.id {read} where {queue} and {wanted} order by {sort}, t.id limit :size offset :skip)
order by {sort}, t.id"""


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
    movement: Text
    opened_at: datetime
    due_at: datetime | None
    due_working_days: int | None
    assignee_name: str | None
    has_draft: bool
    done_at: datetime | None
    follow_up_on: date | None
    for_whom: str | None


def inbox(
    db: Database,
    actor: Actor,
    queue: str = "mine",
    filters: Filters = ALL,
    *,
    page: int = 1,
    size: int = 25,
    sort: str = "due",
    falling: bool = False,
) -> Page[InboxRow]:
    """One page of a queue: "mine", "pool" (nobody's yet), "followed" (looked at again later) or "done".

    An unknown queue or sort is the usual one: by deadline, done work by its time with the newest first.
    """
    queue = queue if queue in QUEUES else "mine"
    if queue == "done" and sort not in {*SORTS} - {"due"}:
        sort, falling = "done", True
    way = "desc" if falling else "asc"
    matter = filters.of_matter or sort in OF_MATTER
    statement = SELECT.format(
        tasks=TASKS,
        read=TASKS if matter else BARE,
        queue=QUEUES[queue],
        wanted=WANTED if matter else OF_TASK,
        sort=SORTS.get(sort, SORTS["due"]).format(way=way),
    )
    with db.read() as tx:
        now = clock(tx)[1]
        known = {**parameters(actor, filters, now), "size": size, "skip": (max(page, 1) - 1) * size}
        rows = tx.execute(text(statement), known).all()
        return Page(tuple(_row(tx, actor, row, now) for row in rows), rows[0].total if rows else 0, page, size)


def _row(tx: Connection, actor: Actor, row: Row[Any], now: datetime) -> InboxRow:
    bundle = deployed(tx, row.bundle_id)
    absent = actor.acts_for(row.candidate_group, row.task_unit, row.assignee)
    return InboxRow(
        str(row.id),
        row.number,
        matter_title(row.instance_process, row.kind, row.title),
        row.lines_count,
        step_name(bundle, row.process, row.element),
        row.unit_name,
        value_name(bundle, "dossier.award_form", row.award_form),
        value_name(bundle, "dossier.kind", row.kind),
        value_name(bundle, "dossier.movement", row.movement),
        row.opened_at,
        row.due_at,
        None if row.closed_at else days_left(bundle.working_days(), row.due_at, now),
        row.assignee_name,
        row.has_draft,
        row.closed_at,
        row.follow_up_on,
        absent.name if absent and row.closed_at is None else None,
    )
