"""Batches of matters that go on to another version: what was asked, what became of each, its state before; no rules."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

WAITING, DONE, REFUSED = "waiting", "done", "refused"
OPEN_TASKS = text(
    """select id, process, element, candidate_group, unit, assignee, opened_at, due_at
from user_task where instance_id = :id and state = 'open' order by opened_at, id"""
)
RUNNING = text(
    """select id, number from instance where bundle_id = :bundle and closed_at is null
and process <> 'publish_version' order by number"""
)
ADD = text(
    """insert into migration_batch (from_bundle, to_bundle, renamed, consented, reason, by, by_name, at)
values (:old, :new, cast(:renamed as jsonb), :consented, :reason, :by, :by_name, :at) returning id"""
)
ADD_ROWS = text(
    """insert into migration_result (batch_id, instance_id, state)
select :batch, id, 'waiting' from instance where id = any(:instances)"""
)
BATCH = text("select * from migration_batch where id = :id")
NEXT = text(
    "select instance_id from migration_result where batch_id = :batch and state = 'waiting' order by instance_id"
)
SETTLE = text(
    """update migration_result set state = :state, said = cast(:said as jsonb), told = cast(:told as jsonb),
  before = :before, at = :at where batch_id = :batch and instance_id = :instance and state = 'waiting'"""
)
TASKS = text(
    """update user_task t set process = r.process, element = r.element, candidate_group = r.candidate_group,
  unit = r.unit, assignee = r.assignee, due_at = r.due_at
from json_to_recordset(:rows) as r(id uuid, process text, element text, candidate_group text, unit text,
  assignee text, due_at timestamptz) where t.id = r.id"""
)
RENAMED = text("update user_task set element = :new where instance_id = :id and process = :process and element = :old")
TIMERS = text(
    """update due d set element = r.element from json_to_recordset(:rows) as r(timer uuid, element text)
where d.timer = r.timer"""
)
CLEAR_WAITS = text("delete from message_wait where instance_id = :id and not (name = any(:names))")
WAITS = text(
    """insert into message_wait (instance_id, name) select :id, name from unnest(cast(:names as text[])) as name
on conflict do nothing"""
)
MOVE = text("update instance set bundle_id = :bundle where id = :id")
IN_GROUP = text(
    """select 1 from membership m join account a on a.id = m.account_id
where a.login = :login and m.group_key = :group limit 1"""
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What somebody asked for."""

    id: int
    old: int
    new: int
    renamed: Mapping[str, Mapping[str, str]]
    consented: bool
    reason: str
    by: str
    by_name: str
    at: datetime


def add(tx: Connection, instances: Sequence[int], **asked: Any) -> int:
    """A new batch with these instances waiting."""
    told = {**asked, "renamed": json.dumps(asked["renamed"])}
    batch = int(tx.execute(ADD, told).scalar_one())
    tx.execute(ADD_ROWS, {"batch": batch, "instances": list(instances)})
    return batch


def batch(tx: Connection, batch_id: int) -> Batch | None:
    """A batch by its id."""
    row = tx.execute(BATCH, {"id": batch_id}).one_or_none()
    if row is None:
        return None
    return Batch(
        row.id, row.from_bundle, row.to_bundle, row.renamed, row.consented, row.reason, row.by, row.by_name, row.at
    )


def running(tx: Connection, bundle: int) -> list[tuple[int, str]]:
    """Id and number of what runs on a version."""
    return [(row.id, row.number) for row in tx.execute(RUNNING, {"bundle": bundle})]


def waiting(tx: Connection, batch_id: int) -> list[int]:
    """The instances of a batch that still wait."""
    return list(tx.execute(NEXT, {"batch": batch_id}).scalars())


def open_tasks(tx: Connection, instance: int) -> Iterable[Any]:
    """The open tasks of an instance."""
    return tx.execute(OPEN_TASKS, {"id": instance}).all()


def settle(
    tx: Connection,
    batch_id: int,
    instance: int,
    state: str,
    at: datetime,
    *,
    said: Sequence[Mapping[str, str]] = (),
    told: Mapping[str, Any] | None = None,
    before: bytes | None = None,
) -> bool:
    """Write what became of one instance, once."""
    row = {"batch": batch_id, "instance": instance, "state": state, "at": at, "before": before}
    done = tx.execute(SETTLE, {**row, "said": json.dumps(list(said)), "told": json.dumps(dict(told or {}))})
    return done.rowcount == 1


def refresh(
    tx: Connection,
    instance: int,
    bundle: int,
    *,
    tasks: Sequence[Mapping[str, Any]],
    renamed: Mapping[str, Mapping[str, str]],
    timers: Mapping[str, str],
    messages: Iterable[str],
) -> None:
    """The rows of the inbox, of deadlines and of awaited messages as the new version has them; nothing is closed."""
    for process, steps in renamed.items():
        for old, new in steps.items():
            tx.execute(RENAMED, {"id": instance, "process": process, "old": old, "new": new})
    tx.execute(TASKS, {"rows": json.dumps(list(tasks))})
    tx.execute(TIMERS, {"rows": json.dumps([{"timer": key, "element": name} for key, name in timers.items()])})
    names = sorted(set(messages))
    tx.execute(CLEAR_WAITS, {"id": instance, "names": names})
    tx.execute(WAITS, {"id": instance, "names": names})
    tx.execute(MOVE, {"bundle": bundle, "id": instance})


def is_of(tx: Connection, login: str, group: str) -> bool:
    """Whether somebody is of a group."""
    return tx.execute(IN_GROUP, {"login": login, "group": group}).scalar() is not None
