"""Papers that a task itself asks for: whoever does the task attaches them to its matter while it is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.store import inbox
from workflows.store.load import Instance


@dataclass(frozen=True, slots=True)
class Enclosing:
    """A kind of paper that an open task asks for, and since when it is asked."""

    kind: str
    since: datetime


def enclosing(tx: Connection, actor: Actor, held: Instance, bundle: Bundle) -> Enclosing | None:
    """What an open task of this matter that the actor may do asks for; None where no such task does."""
    for task in inbox.open_tasks(tx, held.id):
        kind = bundle.element(task.process, task.element).properties.get("encloses")
        mine = task.assignee is None or task.assignee in actor.logins
        if kind and mine and any(task.candidate_group == group for group, _ in actor.reaches()):
            return Enclosing(kind, task.opened_at)
    return None
