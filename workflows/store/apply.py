"""Writes what happened to one instance: every row follows from the step's events; it decides nothing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.errors import StaleRevision
from workflows.domain.events import (
    ElementPassed,
    Event,
    FactChanged,
    IncidentRaised,
    IncidentRetried,
    InstanceEnded,
    JobRequested,
    MessageAwaited,
    MessageWaitEnded,
    TaskCancelled,
    TaskCompleted,
    TaskOpened,
    TimerCleared,
    TimerSet,
)
from workflows.domain.facts import MEMBERS, Facts, to_json
from workflows.domain.record import FactSet, LineGathered, NomineeWritten
from workflows.store.history import Occasion, entries
from workflows.store.load import Instance
from workflows.store.session import enqueue


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way: to the instance numbered `key`, or to whoever gathers or starts on it (key '')."""

    name: str
    key: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction does to one instance. `state` is None where the engine did not move.

    `status` is where the instance then stands, if no element of its diagram says so.
    """

    events: tuple[Event, ...]
    facts: Facts
    state: bytes | None = None
    completion_key: str | None = None
    messages: tuple[Outgoing, ...] = ()
    status: str | None = None


FACTS = text(
    """insert into fact (instance_id, line, item, name, value)
select :instance, line, item, name, value
from json_to_recordset(:rows) as r(line text, item text, name text, value jsonb)
on conflict (instance_id, line, item, name) do update set value = excluded.value"""
)
NOMINEES = text(
    """insert into nominee (id, instance_id, ordinal, name, search, answers)
select id, :instance, ordinal, name, fold(name), answers
from json_to_recordset(:rows) as r(id text, ordinal int, name text, answers jsonb)
on conflict (id) do update set name = excluded.name, search = excluded.search, answers = excluded.answers"""
)
GATHERED = text(
    """insert into round_line (instance_id, line, ordinal, nominee, dossier)
select :instance, line, ordinal, nominee, dossier
from json_to_recordset(:rows) as r(line text, ordinal int, nominee jsonb, dossier text)"""
)
OPENED = text(
    """insert into user_task (id, instance_id, process, element, item, candidate_group, unit, assignee, state,
  opened_at, due_at)
select id, :instance, process, element, item, candidate_group, unit, assignee, 'open', :now, due_at
from json_to_recordset(:rows) as r(id uuid, process text, element text, item text, candidate_group text, unit text,
  assignee text, due_at timestamptz)"""
)
CLOSED = text(
    """with closed as (
  update user_task t set state = r.state, closed_at = :now, closed_by = r.closed_by, completion_key = r.completion_key
  from json_to_recordset(:rows) as r(id uuid, state text, closed_by text, completion_key text)
  where t.id = r.id returning t.id, t.state, t.closed_by)
delete from draft d using closed c where d.task_id = c.id and (c.state <> 'completed' or d.login = c.closed_by)"""
)
HISTORY = text(
    """insert into history (instance_id, seq, kind, actor, at, body, link)
select :instance, seq, kind, :actor, :now, body, decode(link, 'hex')
from json_to_recordset(:rows) as r(seq int, kind text, body text, link text)"""
)
TIMERS_SET = text(
    """insert into due (timer, instance_id, element, due_at) select timer, :instance, element, due_at
from json_to_recordset(:rows) as r(timer uuid, element text, due_at timestamptz)
on conflict (timer) do update set due_at = excluded.due_at"""
)
TIMERS_CLEARED = text("delete from due where timer = any(cast(:timers as uuid[]))")
WAITS = text("insert into message_wait (instance_id, name) values (:instance, :name) on conflict do nothing")
WAITS_ENDED = text("delete from message_wait where instance_id = :instance and name = :name")
EARLY = text("select id from message where taken_at is null and name = :name and key = :key order by id limit 1")
LETTERS = text(
    """select l.id from letter l join package p on p.number = l.number and (p.body = l.body or l.confirmed)
where p.instance_id = :instance and l.message = :name and l.taken_at is null and l.refused is null
order by l.id limit 1"""
)
SENT = text(
    """insert into message (name, key, sender, payload, sent_at)
values (:name, :key, :sender, :payload, :now) returning id"""
)
MOVED = text(
    """update instance set state = coalesce(:state, state), revision = revision + 1, seq = :seq, head = :head,
  status = coalesce(:status, status), stopped = :stopped, changed_at = :now,
  closed_at = coalesce(:closed_at, closed_at),
  title = coalesce(:title, title), search = coalesce(fold(:search), search),
  award_form = coalesce(:award_form, award_form), kind = coalesce(:kind, kind)
where id = :instance and revision = :revision"""
)


def apply(tx: Connection, held: Instance, bundle: Bundle, occasion: Occasion, step: Step) -> None:
    """Write the step: facts, inbox, deadlines, messages, jobs, history and the instance itself."""
    _write_facts(tx, held, step.events)
    _write_tasks(tx, held, bundle, occasion, step)
    _write_timers(tx, held, step.events)
    _write_messages(tx, held, occasion, step)
    for event in step.events:
        if isinstance(event, JobRequested):
            enqueue(tx, "run_service", instance=held.id, task=event.task)
    seq, head = _write_history(tx, held, occasion, step.events)
    _write_instance(tx, held, bundle, occasion, step, seq, head)


def _write_facts(tx: Connection, held: Instance, events: Iterable[Event]) -> None:
    facts: dict[tuple[str, str, str], dict[str, Any]] = {}
    nominees: dict[str, dict[str, Any]] = {}
    gathered: list[dict[str, Any]] = []
    for change in (event.change for event in events if isinstance(event, FactChanged)):
        match change:
            case FactSet(name=name, new=new, line=line, item=item):
                facts[line, item, name] = {"line": line, "item": item, "name": name, "value": to_json(new)}
            case NomineeWritten(line=line):
                answers = {name: to_json(value) for name, value in line.nominee.items()}
                name = str(line.nominee.get("name") or "")
                nominees[line.id] = {"id": line.id, "ordinal": line.ordinal, "name": name, "answers": answers}
            case LineGathered(line=line):
                nominee = {name: to_json(value) for name, value in line.nominee.items()}
                gathered.append({"line": line.id, "ordinal": line.ordinal, "nominee": nominee, "dossier": line.dossier})
    _many(tx, FACTS, held, list(facts.values()))
    _many(tx, NOMINEES, held, list(nominees.values()))
    _many(tx, GATHERED, held, gathered)


def _write_tasks(tx: Connection, held: Instance, bundle: Bundle, occasion: Occasion, step: Step) -> None:
    closed = [
        {
            "id": event.task,
            "state": "completed",
            "closed_by": occasion.actor.login,
            "completion_key": step.completion_key,
        }
        if isinstance(event, TaskCompleted)
        else {"id": event.task, "state": "cancelled", "closed_by": None, "completion_key": None}
        for event in step.events
        if isinstance(event, TaskCompleted | TaskCancelled)
    ]
    opened = [_opened(event, held, bundle, step.facts) for event in step.events if isinstance(event, TaskOpened)]
    _many(tx, CLOSED, held, closed, now=occasion.at)
    _many(tx, OPENED, held, opened, now=occasion.at)


def _opened(event: TaskOpened, held: Instance, bundle: Bundle, facts: Facts) -> dict[str, Any]:
    lane = bundle.lane(event.process, event.lane or "")
    properties = bundle.element(event.process, event.element).properties
    members = facts.roll(properties.get("forEach", MEMBERS))
    item = members[event.item] if event.item is not None and members else event.item
    return {
        "id": event.task,
        "process": event.process,
        "element": event.element,
        "item": None if item is None else str(item),
        "candidate_group": lane.group,
        "unit": held.unit if lane.scope == "own_unit" else None,
        "assignee": event.assignee,
        "due_at": event.due.isoformat() if event.due else None,
    }


def _write_timers(tx: Connection, held: Instance, events: Iterable[Event]) -> None:
    cleared = [event.timer for event in events if isinstance(event, TimerCleared)]
    if cleared:
        tx.execute(TIMERS_CLEARED, {"timers": cleared})
    running = [
        {"timer": event.timer, "element": event.element, "due_at": event.due.isoformat()}
        for event in events
        if isinstance(event, TimerSet)
    ]
    _many(tx, TIMERS_SET, held, running)


def _write_messages(tx: Connection, held: Instance, occasion: Occasion, step: Step) -> None:
    for event in step.events:
        match event:
            case MessageWaitEnded(message=name):
                tx.execute(WAITS_ENDED, {"instance": held.id, "name": name})
            case MessageAwaited(message=name):
                tx.execute(WAITS, {"instance": held.id, "name": name})
                early = tx.execute(EARLY, {"name": name, "key": held.number}).scalar()
                if early is not None:
                    enqueue(tx, "deliver_message", message=early)
                letter = tx.execute(LETTERS, {"instance": held.id, "name": name}).scalar()
                if letter is not None:
                    enqueue(tx, "deliver_letter", letter=letter)
    for message in step.messages:
        row = {"name": message.name, "key": message.key, "sender": held.number, "now": occasion.at}
        sent = tx.execute(SENT, {**row, "payload": json.dumps(message.payload)}).scalar_one()
        enqueue(tx, "deliver_message", message=sent)


def _write_history(tx: Connection, held: Instance, occasion: Occasion, events: Sequence[Event]) -> tuple[int, bytes]:
    seq, head, rows = held.seq, held.head, []
    for entry in entries(events, occasion, held.seq, held.head):
        rows.append({"seq": entry.seq, "kind": entry.kind, "body": entry.body, "link": entry.link.hex()})
        seq, head = entry.seq, entry.link
    _many(tx, HISTORY, held, rows, now=occasion.at, actor=occasion.actor.login)
    return seq, head


def _write_instance(
    tx: Connection, held: Instance, bundle: Bundle, occasion: Occasion, step: Step, seq: int, head: bytes
) -> None:
    ended = any(isinstance(event, InstanceEnded) for event in step.events)
    stopped = held.stopped
    for event in step.events:
        if isinstance(event, IncidentRaised):
            stopped = f"{event.element}: {event.reason}"
        elif isinstance(event, IncidentRetried):
            stopped = None
    names = [str(line.nominee.get("name") or "") for line in step.facts.lines]
    is_dossier = any(
        isinstance(event, FactChanged) and isinstance(event.change, NomineeWritten) for event in step.events
    )
    moved = tx.execute(
        MOVED,
        {
            "instance": held.id,
            "revision": held.revision,
            "state": step.state,
            "seq": seq,
            "head": head,
            "status": step.status or status(bundle, step.events),
            "stopped": stopped,
            "now": occasion.at,
            "closed_at": occasion.at if ended else None,
            "title": names[0] if is_dossier and names else None,
            "search": " ".join([held.number, *names]) if is_dossier else None,
            "award_form": step.facts.text("dossier.award_form"),
            "kind": step.facts.text("dossier.kind"),
        },
    )
    if moved.rowcount != 1:
        raise StaleRevision(number=held.number, what="somebody else's step came between")


def status(bundle: Bundle, events: Iterable[Event]) -> str | None:
    """The status that the last element reached gives the instance, if any does."""
    reached = None
    for event in events:
        match event:
            case TaskOpened(process=process, element=element) | MessageAwaited(process=process, element=element):
                described = bundle.element(process, element)
                if described.type != "boundaryEvent":
                    reached = described.properties.get("status") or reached
            case ElementPassed(process=process, element=element):
                described = bundle.element(process, element)
                if described.type == "boundaryEvent":
                    reached = described.properties.get("status") or reached
            case InstanceEnded(process=process, end=element) if element:
                reached = bundle.element(process, element).properties.get("status") or reached
    return reached


def _many(tx: Connection, statement: Any, held: Instance, rows: Sequence[dict[str, Any]], **common: Any) -> None:
    if rows:
        tx.execute(statement, {"instance": held.id, "rows": json.dumps(rows), **common})
