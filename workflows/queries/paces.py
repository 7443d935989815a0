"""How promptly a movement goes: days from achievement to decision, working days that each body's tasks took."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.text import Text

PROMPT = """select count(*) as decided, avg(days) as mean, percentile_disc(0.5) within group (order by days) as median,
  max(days) as longest from (select (d.value ->> 'date')::date - (n.answers -> 'achieved_on' ->> 'date')::date as days
  {lines} and v.value #>> '{{}}' = 'passed' and d.value ->> 'date' is not null
  and n.answers -> 'achieved_on' ->> 'date' is not null) as each"""
BY_BODY = text(
    """select t.candidate_group as body, (t.opened_at at time zone 'Asia/Ho_Chi_Minh')::date as since,
  (t.closed_at at time zone 'Asia/Ho_Chi_Minh')::date as until, count(*) as tasks,
  count(*) filter (where t.closed_at > t.due_at) as late
from user_task t join instance i on i.id = t.instance_id
where i.movement = :movement and t.state = 'completed' and t.element <> 'prepare_dossier' group by 1, 2, 3"""
)


@dataclass(frozen=True, slots=True)
class Promptness:
    """Calendar days from the achievement to the decision of those commended; None while there is none."""

    decided: int
    mean: float | None
    median: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Body:
    """How long the tasks of a body took: working days on average, and how many ended after their limit."""

    title: Text
    tasks: int
    days: float
    late: int


def promptness(tx: Connection, lines: str, known: Mapping[str, str]) -> Promptness:
    """How promptly those of the selection `lines` were commended."""
    row = tx.execute(text(PROMPT.format(lines=lines)), dict(known)).one()
    return Promptness(row.decided, None if row.mean is None else float(row.mean), row.median, row.longest)


def bodies(tx: Connection, bundle: Bundle, movement: str) -> tuple[Body, ...]:
    """Each body that completed tasks of a movement, the slowest first."""
    calendar = bundle.working_days()
    found: dict[str, list[int]] = {}
    spans: dict[tuple[Any, Any], int] = {}
    for row in tx.execute(BY_BODY, {"movement": movement}):
        span = (row.since, row.until)
        if span not in spans:
            spans[span] = calendar.between(*span)
        whole = found.setdefault(row.body, [0, 0, 0])
        whole[0] += row.tasks
        whole[1] += row.tasks * spans[span]
        whole[2] += row.late
    rows = (
        Body(bundle.groups.get(group, Text(group)), tasks, days / tasks, late)
        for group, (tasks, days, late) in found.items()
    )
    return tuple(sorted(rows, key=lambda body: (-body.days, body.title.vi)))
