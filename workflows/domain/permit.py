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


class OwnWork(NotAllowed):
    """You had a hand in it yourself; «{task}» needs somebody who had none."""


class LineNotYours(NotAllowed):
    """You do not take part in line {line}: {why}."""


class TaskNotForYou(NotAllowed):
    """«{task}» is not for you: {why} (line {line}). Hand it over to somebody else."""


class NotForSubstitutes(NotAllowed):
    """«{task}» cannot be done in place of {absent}: {why}."""


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
    if taken and taken[0] in actor.logins:
        return
    if not actor.works_for(group[0], unit) and not any(each.works_for(group[0], unit) for each in actor.stands_for):
        raise NotYourTask(task=task, group=group[1])
    if taken:
        raise TaskTaken(task=task, number=number, by=taken[1])


def not_among(logins: Iterable[str], people: object, *, task: Text) -> None:
    """Raises OwnWork where one of `logins` is among `people`, a fact that lists logins."""
    if isinstance(people, tuple | list) and set(logins) & set(people):
        raise OwnWork(task=task)


def second_person(logins: Iterable[str], facts: Facts, *, task: Text, not_by: Iterable[tuple[str, Text]]) -> None:
    """Raises SamePerson where one of `logins` (who acts, who is stood in for) completed one of `not_by` (id, name)."""
    people = set(logins)
    for element, name in not_by:
        if people & {facts.get(f"by.{element}"), facts.get(f"for.{element}")}:
            raise SamePerson(task=task, earlier=name)
