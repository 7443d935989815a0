"""Figures of a movement: who was nominated and commended, by unit, group, content, form and kind; and how promptly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.text import Text
from workflows.queries.names import newest, value_name
from workflows.store.session import Database

LINES = """from nominee n join instance i on i.id = n.instance_id left join unit u on u.code = i.unit
  left join fact v on v.instance_id = i.id and v.line = n.id and v.item = '' and v.name = 'verdict'
  left join fact d on d.instance_id = i.id and d.line = '' and d.item = '' and d.name = 'number_decision.decision_date'
where i.movement = :movement and i.process = 'dossier' and i.status not in ('dang-soan', 'da-rut')
  and coalesce(v.value #>> '{}', 'open') <> 'withdrawn'"""
COUNTED = """count(*) as nominated, count(*) filter (where v.value #>> '{}' = 'passed') as commended,
  count(*) filter (where v.value #>> '{}' = 'failed') as failed"""
BY = {
    "unit": "u.name",
    "award_form": "i.award_form",
    "kind": "n.answers ->> 'kind'",
    "target": "n.answers ->> 'target'",
    "content": "n.answers ->> 'content'",
}
FACTS = {
    "award_form": "dossier.award_form",
    "kind": "nominee.kind",
    "target": "nominee.target",
    "content": "nominee.content",
}
PROMPT = text(
    f"""select count(*) as decided, avg(days) as mean, percentile_disc(0.5) within group (order by days) as median,
  max(days) as longest from (select (d.value ->> 'date')::date - (n.answers -> 'achieved_on' ->> 'date')::date as days
  {LINES} and v.value #>> '{{}}' = 'passed' and d.value ->> 'date' is not null
  and n.answers -> 'achieved_on' ->> 'date' is not null) as each"""  # noqa: S608  constants
)
BY_BODY = text(
    """select t.candidate_group as body, count(*) as tasks,
  avg(extract(epoch from (t.closed_at - t.opened_at)) / 86400) as days,
  count(*) filter (where t.closed_at > t.due_at) as late
from user_task t join instance i on i.id = t.instance_id
where i.movement = :movement and t.state = 'completed' and t.element <> 'prepare_dossier' group by t.candidate_group
order by days desc"""
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a report: how many were nominated, commended, not passed."""

    title: Text
    nominated: int
    commended: int
    failed: int


@dataclass(frozen=True, slots=True)
class Promptness:
    """Calendar days from the achievement to the decision of those commended; None while there is none."""

    decided: int
    mean: float | None
    median: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Body:
    """How long the tasks of a body took: calendar days on average, and how many ended after their limit."""

    title: Text
    tasks: int
    days: float
    late: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one movement; `tables` by unit, award form, kind, target group and content."""

    key: str
    title: Text
    total: Figure
    tables: Mapping[str, tuple[Figure, ...]]
    prompt: Promptness
    bodies: tuple[Body, ...]


def report(db: Database, actor: Actor, movement: str) -> Report:
    """The figures of a movement. Raises NotAllowed for whom they are not, NotFound."""
    if not actor.may("dossier.read_all"):
        raise NotAllowed(why="reports are for the office, the Director and the auditors")
    with db.read() as tx:
        bundle = newest(tx)
        if bundle is None or movement not in bundle.movements:
            raise NotFound(what=f"Movement «{movement}»")
        known = {"movement": movement}
        whole = tx.execute(text(f"select {COUNTED} {LINES}"), known).one()
        prompt = tx.execute(PROMPT, known).one()
        return Report(
            movement,
            bundle.movements[movement].title,
            _figure(Text(""), whole),
            {name: _figures(tx, bundle, name, known) for name in BY},
            Promptness(prompt.decided, _number(prompt.mean), prompt.median, prompt.longest),
            tuple(
                Body(bundle.groups.get(row.body, Text(row.body)), row.tasks, float(row.days), row.late)
                for row in tx.execute(BY_BODY, known)
            ),
        )


def _figures(tx: Connection, bundle: Bundle, name: str, known: Mapping[str, str]) -> tuple[Figure, ...]:
    statement = f"select {BY[name]} as value, {COUNTED} {LINES} group by 1 order by nominated desc, 1"
    return tuple(_figure(_title(bundle, name, row.value), row) for row in tx.execute(text(statement), dict(known)))


def _title(bundle: Bundle, name: str, value: str | None) -> Text:
    if not value:
        return Text("Không ghi", "Not stated")
    return value_name(bundle, FACTS[name], value) if name in FACTS else Text(value)


def _figure(title: Text, row: Row[Any]) -> Figure:
    return Figure(title, row.nominated, row.commended, row.failed)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
