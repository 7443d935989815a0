"""«Chuyển xử lý»: a task goes to another person of its group, with the reason; nobody with a tie to a line gets it."""

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed
from workflows.domain.permit import open_task
from workflows.domain.personal_events import TaskHandedOver
from workflows.domain.text import Text
from workflows.operations.conflicts import bars
from workflows.operations.step import Intent, move
from workflows.store import inbox
from workflows.store.bundles import deployed
from workflows.store.load import Instance, Task, hold_task
from workflows.store.session import Database

SHORTEST_REASON = 3
PEOPLE = text(
    """select a.login, a.name, a.unit, array(select group_key from membership m where m.account_id = a.id) as groups
from account a where a.active order by a.id"""
)
OUTSIDE = frozenset({"auditor", "admin"})
"""Groups that decide nothing; their people never get a task."""


class NotYoursToHandOver(NotAllowed):
    """«{task}» is not yours to hand over."""


class NotForThem(InvalidInput):
    """{name} cannot have «{task}»: not of the group, or with a tie to one of its nominees."""


class BallotIsPersonal(InvalidState):
    """«{task}» is each member's own and cannot be handed over."""


class HandedReasonNeeded(InvalidInput):
    """Write why the task is handed over."""


def hand_over(db: Database, actor: Actor, task_id: str, to: str, reason: str) -> None:
    """Give an open task to another person, with the reason.

    Whoever has it, may take it on, or leads (permission task.hand_over) may. The receiver is of the candidate group;
    where ties bar everybody of the group, anybody of the Department who handles dossiers.
    Raises NotYoursToHandOver, NotForThem, BallotIsPersonal.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise HandedReasonNeeded({"/reason": "This must be filled in."})
    with db.write() as tx:
        held, task = hold_task(tx, task_id)
        bundle = deployed(tx, held.bundle_id)
        name = bundle.element_name(task.process, task.element)
        open_task(task=name, number=held.number, state=task.state, by=task.closed_by_name, at=task.closed_at)
        if not _may(actor, task):
            raise NotYoursToHandOver(task=name)
        if task.item is not None:
            raise BallotIsPersonal(task=name)
        if to not in receivers(tx, bundle, held, task):
            raise NotForThem({"/to": "Choose one of the answers offered."}, task=name, name=_named(tx, to))
        absent = actor.acts_for(task.candidate_group, task.unit, task.assignee)
        inbox.assign(tx, task.id, to)
        event = TaskHandedOver(task=task.id, element=task.element, to=to, reason=reason.strip())
        move(tx, held, Intent(actor, before=(event,), on_behalf_of=absent.login if absent else None))


def receivers(tx: Connection, bundle: Bundle, held: Instance, task: Task) -> dict[str, str]:
    """Who may get a task, login and name: the free people of its group, or of the Department where it has none."""
    element = bundle.element(task.process, task.element)
    people = list(tx.execute(PEOPLE))
    group = [row for row in people if task.candidate_group in row.groups and task.unit in {None, row.unit}]
    free = {row.login: str(row.name) for row in group if not bars(tx, bundle, held, element, row.login)}
    if not free:
        others = [row for row in people if row.groups and not OUTSIDE & set(row.groups) and "unit" not in row.groups]
        free = {row.login: str(row.name) for row in others if not bars(tx, bundle, held, element, row.login)}
    return {login: name for login, name in free.items() if login != task.assignee}


def _may(actor: Actor, task: Task) -> bool:
    if task.assignee in actor.logins or actor.may("task.hand_over"):
        return True
    mine = actor.works_for(task.candidate_group, task.unit)
    return task.assignee is None and (mine or actor.acts_for(task.candidate_group, task.unit, None) is not None)


def _named(tx: Connection, login: str) -> Text:
    found = next((str(row.name) for row in tx.execute(PEOPLE) if row.login == login), login)
    return Text(found)
