"""What a person asks of a list of work: the queue, the words sought, the filters; and which values can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.text import Text
from workflows.domain.week import span
from workflows.queries.names import newest, step_name, value_name
from workflows.queries.rows import Choices
from workflows.queries.scope import MINE, OTHERS, REACHED, reach
from workflows.store.session import Database, clock

QUEUES: Mapping[str, str] = {
    "mine": f"t.state = 'open' and {MINE} and (w.day is null or w.day <= :today)",
    "pool": f"t.state = 'open' and t.assignee is null and {REACHED}",
    "followed": f"t.state = 'open' and {MINE} and w.day > :today",
    "others": OTHERS,
    "done": "t.state = 'completed' and t.closed_by = :login",
}
"""Mine without what I look at again later, nobody's yet, what I look at again later, others', done."""

BARE = "from user_task t left join follow_up w on w.task_id = t.id and w.login = :login"
"""The tasks alone: enough where nothing of the matter is asked for, and much less to read."""
OF_TASK = """(cast(:step as text) is null or t.element = :step)
  and (cast(:since as timestamptz) is null or t.due_at >= :since)
  and (cast(:until as timestamptz) is null or t.due_at < :until)"""
TASKS = """from user_task t join instance i on i.id = t.instance_id left join unit u on u.code = i.unit
  left join follow_up w on w.task_id = t.id and w.login = :login"""
WANTED = f"""(cast(:search as text) is null or strpos(i.search, fold(:search)) > 0
  or strpos(fold(coalesce(u.name, '')), fold(:search)) > 0)
  and (cast(:award_form as text) is null or i.award_form = :award_form)
  and (cast(:kind as text) is null or i.kind = :kind)
  and (cast(:of_unit as text) is null or i.unit = :of_unit)
  and {OF_TASK}"""
OFFERED = """select i.award_form, i.kind, i.unit, min(u.name) as unit_name, t.element, min(t.process) as process
{tasks} where {queue} group by grouping sets ((i.award_form), (i.kind), (i.unit), (t.element))"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None everywhere shows the whole queue. `due` is overdue, today, week or later."""

    search: str | None = None
    award_form: str | None = None
    kind: str | None = None
    unit: str | None = None
    step: str | None = None
    due: str | None = None

    @property
    def of_matter(self) -> bool:
        """Whether something of the matter is asked for, not only of the task."""
        return any((self.search, self.award_form, self.kind, self.unit))


ALL = Filters()
"""The whole queue."""


def parameters(actor: Actor, filters: Filters, now: datetime) -> dict[str, object]:
    """The values of QUEUES and WANTED."""
    asked = span(filters.due, now) if filters.due else None
    return {
        **reach(actor),
        "today": local_day(now),
        "search": filters.search.strip() if filters.search and filters.search.strip() else None,
        "award_form": filters.award_form,
        "kind": filters.kind,
        "of_unit": filters.unit,
        "step": filters.step,
        "since": asked.since if asked else None,
        "until": asked.until if asked else None,
    }


def offered(db: Database, actor: Actor, queue: str) -> Choices:
    """The values a queue can be narrowed to, under the names of Filters."""
    statement = OFFERED.format(tasks=TASKS, queue=QUEUES.get(queue, QUEUES["mine"]))
    found: dict[str, dict[str, Text]] = {"award_form": {}, "kind": {}, "unit": {}, "step": {}}
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None:
            return {}
        for row in tx.execute(text(statement), parameters(actor, Filters(), clock(tx)[1])):
            if row.award_form:
                found["award_form"][row.award_form] = value_name(bundle, "dossier.award_form", row.award_form)
            elif row.kind:
                found["kind"][row.kind] = value_name(bundle, "dossier.kind", row.kind)
            elif row.unit:
                found["unit"][row.unit] = Text(row.unit_name)
            elif row.element:
                found["step"][row.element] = step_name(bundle, row.process, row.element)
    return {name: tuple(sorted(values.items(), key=lambda each: each[1].vi)) for name, values in found.items()}
