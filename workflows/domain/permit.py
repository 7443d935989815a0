"""Who may take on, work and complete which task; every refusal says why."""

from collections.abc import Iterable
from datetime import datetime

from workflows.domain.actor import Actor
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import NotAllowed, TaskCalledOff, TaskNotOpen, TaskTaken
from workflows.domain.facts import Facts
from workflows.domain.text import Text


class NotYourTask(NotAllowed):
    """Task «{task}» is for {group}; you are not one of them."""


class SamePerson(NotAllowed):
    """You completed «{earlier}» of this matter yourself; «{task}» needs a second person."""


class OwnLine(NotAllowed):
    """You are the nominee of line {line}; others decide about it."""


def open_task(*, task: Text, number: str, state: str, by: str | None, at: datetime | None) -> None:
    """Raises TaskNotOpen unless the task waits for somebody."""
    if state == "open":
        return
    moment = at.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y") if at else ""
    if by is None:
        raise TaskCalledOff(task=task, number=number, at=moment)
    raise TaskNotOpen(task=task, number=number, state=state, by=by, at=moment)


def to_take(
    actor: Actor, *, task: Text, group: tuple[str, Text], unit: str | None, taken: tuple[str, str] | None, number: str
) -> None:
    """Raises NotYourTask unless the actor is of the candidate group (and unit), TaskTaken when somebody else has it.

    `group` is its key and its name, `taken` the login and the name of who has the task.
    """
    if taken and taken[0] == actor.login:
        return
    if not actor.works_for(group[0], unit):
        raise NotYourTask(task=task, group=group[1])
    if taken:
        raise TaskTaken(task=task, number=number, by=taken[1])


def second_person(actor: Actor, facts: Facts, *, task: Text, not_by: Iterable[tuple[str, Text]]) -> None:
    """Raises SamePerson where the actor completed one of `not_by` (element id, name) of the same matter."""
    for element, name in not_by:
        if facts.get(f"by.{element}") == actor.login:
            raise SamePerson(task=task, earlier=name)


def lines_of_others(actor: Actor, facts: Facts, lines: Iterable[str]) -> None:
    """Raises OwnLine where one of the lines the actor votes on is about the actor."""
    voted = set(lines)
    for line in facts.lines:
        if line.id in voted and line.is_about(actor.name):
            raise OwnLine(line=line.ordinal)
