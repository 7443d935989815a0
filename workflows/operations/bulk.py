"""One act on many tasks: each in a transaction of its own, checked as if it were alone; what is refused says why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.domain.actor import Actor
from workflows.domain.errors import DomainError, InvalidInput
from workflows.operations import handing, user_tasks
from workflows.store.session import Database

MOST_TASKS = 100


class NothingChosen(InvalidInput):
    """Choose at least one task."""


class TooManyChosen(InvalidInput):
    """Choose at most {most} tasks at once."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of the tasks: done, or why it was refused."""

    task_id: str
    refused: DomainError | None = None


def claim_all(db: Database, actor: Actor, tasks: Sequence[str]) -> tuple[Result, ...]:
    """Take many tasks on."""
    return _each(tasks, lambda task: user_tasks.claim(db, actor, task))


def release_all(db: Database, actor: Actor, tasks: Sequence[str]) -> tuple[Result, ...]:
    """Give many tasks back to their groups."""
    return _each(tasks, lambda task: user_tasks.release(db, actor, task))


def hand_all_over(db: Database, actor: Actor, tasks: Sequence[str], to: str, reason: str) -> tuple[Result, ...]:
    """Give many tasks to one person, for one reason."""
    return _each(tasks, lambda task: handing.hand_over(db, actor, task, to, reason))


def complete_all(
    db: Database,
    actor: Actor,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    key: str,
    seen: Mapping[str, int] | None = None,
) -> tuple[Result, ...]:
    """Complete many tasks, each with its own answers; the same `key` again changes nothing and says the same.

    `seen` is, for each task, the last history number of its matter when it was summed up.
    """

    def act(task: str) -> object:
        return user_tasks.complete(
            db, actor, task, answers[task], key=f"{key}/{task}", seen=seen.get(task) if seen else None
        )

    return _each(tuple(answers), act)


def _each(tasks: Sequence[str], act: Callable[[str], object]) -> tuple[Result, ...]:
    chosen = list(dict.fromkeys(tasks))
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST_TASKS:
        raise TooManyChosen(most=MOST_TASKS)
    results = []
    for task in chosen:
        try:
            act(task)
        except DomainError as refusal:
            results.append(Result(task, refusal))
        else:
            results.append(Result(task))
    return tuple(results)
