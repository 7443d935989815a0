"""Takes hold of one instance for one transaction: its row lock, its task and its facts; it changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from workflows.domain.errors import NotFound
from workflows.domain.facts import Facts, Line, from_json
from workflows.store.session import domain_time


@dataclass(frozen=True, slots=True)
class Instance:
    """A process instance as locked for this transaction; `now` is the domain clock."""

    id: int
    number: str
    process: str
    bundle_id: int
    unit: str | None
    movement: str | None
    about: str | None
    status: str
    state: bytes
    revision: int
    seq: int
    head: bytes
    stopped: str | None
    closed_at: datetime | None
    facts: Facts
    now: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A user task of the locked instance."""

    id: str
    process: str
    element: str
    item: str | None
    candidate_group: str
    unit: str | None
    assignee: str | None
    assignee_name: str | None
    opened_at: datetime
    state: str
    closed_by: str | None
    closed_by_name: str | None
    closed_at: datetime | None
    completion_key: str | None


COLUMNS = """i.id, i.number, i.process, i.bundle_id, i.unit, i.movement, i.about, i.status, i.state, i.revision, i.seq,
  i.head, i.stopped, i.closed_at, (select ahead from clock) as ahead"""
TASK_COLUMNS = """t.id as task_id, t.process as task_process, t.element, t.item, t.candidate_group, t.unit as task_unit,
  t.assignee, (select name from account where login = t.assignee) as assignee_name, t.opened_at as task_opened_at,
  t.state as task_state, t.closed_by,
  (select name from account where login = t.closed_by) as closed_by_name, t.closed_at as task_closed_at,
  t.completion_key"""

HOLD_TASK = text(
    f"select {COLUMNS}, {TASK_COLUMNS} from user_task t join instance i on i.id = t.instance_id"  # noqa: S608
    " where t.id = :task for update of i, t"
)
HOLD = text(f"select {COLUMNS} from instance i where i.number = :number for update of i")  # noqa: S608
HOLD_ID = text(f"select {COLUMNS} from instance i where i.id = :id for update of i")  # noqa: S608

FACTS = text(
    """select
  (select json_agg(json_build_array(line, item, name, value)) from fact where instance_id = :id) as facts,
  (select json_agg(json_build_array(id, ordinal, answers) order by ordinal)
     from nominee where instance_id = :id) as nominees,
  (select json_agg(json_build_array(line, ordinal, nominee, dossier) order by ordinal)
     from round_line where instance_id = :id) as gathered"""
)


def hold_task(tx: Connection, task: str) -> tuple[Instance, Task]:
    """The instance of a task and the task, both locked: nobody else moves them until the end of the transaction."""
    row = tx.execute(HOLD_TASK, {"task": _uuid(task)}).one_or_none()
    if row is None:
        raise NotFound(what="This task")
    held = Task(
        str(row.task_id),
        row.task_process,
        row.element,
        row.item,
        row.candidate_group,
        row.task_unit,
        row.assignee,
        row.assignee_name,
        row.task_opened_at,
        row.task_state,
        row.closed_by,
        row.closed_by_name,
        row.task_closed_at,
        row.completion_key,
    )
    return _instance(tx, row), held


def hold(tx: Connection, number: str) -> Instance:
    """The instance with this number, locked."""
    row = tx.execute(HOLD, {"number": number}).one_or_none()
    if row is None:
        raise NotFound(what=number)
    return _instance(tx, row)


def hold_id(tx: Connection, instance: int) -> Instance:
    """The instance with this id, locked."""
    row = tx.execute(HOLD_ID, {"id": instance}).one_or_none()
    if row is None:
        raise NotFound(what=f"Instance {instance}")
    return _instance(tx, row)


def facts_of(tx: Connection, instance: int, number: str) -> Facts:
    """The facts of one instance, in one statement."""
    row = tx.execute(FACTS, {"id": instance}).one()
    values: dict[str, Any] = {}
    about: dict[str, dict[str, Any]] = {}
    said: dict[str, dict[str, dict[str, Any]]] = {}
    for line, item, name, value in row.facts or ():
        known = from_json(value)
        if item:
            said.setdefault(line, {}).setdefault(item, {})[name] = known
        elif line:
            about.setdefault(line, {})[name] = known
        else:
            values[name] = known
    lines = [(line, number, ordinal, answers) for line, ordinal, answers in row.nominees or ()]
    lines += [(line, dossier, ordinal, answers) for line, ordinal, answers, dossier in row.gathered or ()]
    return Facts(
        values,
        tuple(
            Line(line, dossier, ordinal, _nominee(answers), about.get(line, {}), said.get(line, {}))
            for line, dossier, ordinal, answers in lines
        ),
    )


def _instance(tx: Connection, row: Row[Any]) -> Instance:
    return Instance(
        row.id,
        row.number,
        row.process,
        row.bundle_id,
        row.unit,
        row.movement,
        row.about,
        row.status,
        bytes(row.state),
        row.revision,
        row.seq,
        bytes(row.head),
        row.stopped,
        row.closed_at,
        facts_of(tx, row.id, row.number),
        domain_time(row.ahead),
    )


def _nominee(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_json(value) for name, value in answers.items()}


def _uuid(task: str) -> UUID:
    try:
        return UUID(task)
    except ValueError as error:
        raise NotFound(what="This task") from error
