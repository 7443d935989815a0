"""Reminders and reports of tasks whose limit comes near or has passed; it moves no token and approves nothing (X8)."""

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.definitions.escalation import ASSIGNEE, Level, levels, reached
from workflows.domain.actor import SYSTEM
from workflows.domain.calendar import local_day
from workflows.domain.events import TaskEscalated
from workflows.domain.filling import filled
from workflows.domain.paper import Notice
from workflows.operations.step import Intent, move
from workflows.store import effects, notices
from workflows.store.accounts import members_of
from workflows.store.bundles import deployed
from workflows.store.due import Near, near
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database, clock


def escalate(db: Database) -> int:
    """Remind and report once for each level that an open task has reached; returns how many levels were told."""
    with db.write() as tx:
        waiting = near(tx, clock(tx)[1])
    return sum(_escalate(db, each) for each in waiting)


def _escalate(db: Database, task: Near) -> int:
    with db.write() as tx:
        held = hold_id(tx, task.instance)
        bundle = deployed(tx, held.bundle_id)
        told = [
            _told(tx, bundle, held, task, level)
            for level in levels(bundle, task.group, held.now)
            if level.key not in task.told and reached(bundle, level, task.opened_at, task.due_at, held.now)
        ]
        events = tuple(each for each in told if each)
        if events and held.closed_at is None and not held.stopped:
            move(tx, held, Intent(SYSTEM, before=events))
        return len(events)


def _told(tx: Connection, bundle: Bundle, held: Instance, task: Near, level: Level) -> TaskEscalated | None:
    if not effects.record(tx, f"escalation:{task.id}:{level.key}"):
        return None
    words, name = bundle.notices[level.notice], bundle.element_name(task.process, task.element)
    day = local_day(task.due_at).strftime("%d/%m/%Y")
    body = filled(words.body.vi, {"number": held.number, "task": name.vi, "due": day})
    told = _recipients(tx, task, level)
    for login in told:
        key = f"escalation:{task.id}:{level.key}:{login}"
        notices.add(tx, key, held.id, Notice(login, words.title.vi, body), held.now)
    return TaskEscalated(task=task.id, process=task.process, element=task.element, level=level.key, to=told)


def _recipients(tx: Connection, task: Near, level: Level) -> tuple[str, ...]:
    """Who has the task, all who could take it while nobody has, or the people of the group that is told."""
    if level.to != ASSIGNEE:
        return members_of(tx, level.to)
    return (task.assignee,) if task.assignee else members_of(tx, task.group, task.unit)
