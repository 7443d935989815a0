"""Puts the state of a running instance onto another version of its procedure, or says why not; it decides nothing.

The recipe: copy the stored state, give every task that was reached the spec that stands for its own, forget what was
only predicted, read it with the specs of the new version and predict again. No task is reset: timers and votes go on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.definitions import Bundle
from workflows.definitions.counterparts import Counterparts, Names
from workflows.engine.obstacles import Reason, obstacles, reason
from workflows.engine.outcome import Standing, standing
from workflows.engine.procedure import procedure
from workflows.engine.scopes import REACHED, Scope, scopes
from workflows.engine.state import packed, states, unpacked


@dataclass(frozen=True, slots=True)
class Migrated:
    """The state under the new version, and what waited before and waits after, by the same ids."""

    state: bytes
    before: Standing
    after: Standing


def can_migrate(
    old: Bundle, new: Bundle, process: str, state: bytes, renamed: Names | None = None
) -> tuple[Reason, ...]:
    """Why a running instance cannot go on in another version; those with `consent` may be answered for. None: it can.

    Raises ForeignState.
    """
    outcome, reasons = _tried(old, new, process, state, renamed or {})
    if outcome is None and not reasons:
        return (reason(old, "lost", process, process),)
    return reasons


def migrate(
    old: Bundle, new: Bundle, process: str, state: bytes, renamed: Names | None = None, *, consented: bool = False
) -> Migrated | tuple[Reason, ...]:
    """The instance on the new version, or why not. `consented`: somebody answers for steps that would be skipped.

    Raises ForeignState.
    """
    outcome, reasons = _tried(old, new, process, state, renamed or {})
    if outcome is None or any(not (consented and each.consent) for each in reasons):
        return reasons or (reason(old, "lost", process, process),)
    return outcome


def _tried(
    old: Bundle, new: Bundle, process: str, state: bytes, renamed: Names
) -> tuple[Migrated | None, tuple[Reason, ...]]:
    body, sides = unpacked(state, process), Counterparts(old, new, renamed)
    found = scopes(body, procedure(old), procedure(new), sides)
    reasons = obstacles(sides, found)
    if any(not each.consent for each in reasons):
        return None, reasons
    before, _ = states(procedure(old), process).read(state)
    stood = standing(before)
    moved = _moved(body, found, procedure(new), process)
    after, _ = states(procedure(new), process).read(moved)
    stands = standing(after)
    return (Migrated(moved, stood, stands) if stands.same_as(stood) else None), reasons


def _moved(body: dict[str, Any], found: Iterable[Scope], new: Any, process: str) -> bytes:
    stopped = body["stopped"][0] if body["stopped"] else None
    held = body["workflow"]["subprocesses"]
    for scope in found:
        if scope.new is None:
            held.pop(next(key for key, each in held.items() if each is scope.stored), None)
    live = [key for scope in found if scope.new is not None for key in _transplanted(scope, stopped)]
    keeper = states(new, process)
    workflow, stop = keeper.read(packed(body))
    for holder in (workflow, *workflow.subprocesses.values()):
        for task in [each for each in holder.tasks.values() if str(each.id) in live]:
            _predicted(task)
    return keeper.write(workflow, stop)


def _predicted(task: Any) -> None:
    """What may follow a live task in the new version; SpiffWorkflow's own prediction, the task itself untouched."""
    state = task.state
    task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    if task.state != state:
        task._set_state(state)


def _transplanted(scope: Scope, stopped: str | None) -> list[str]:
    """Name every reached task after its counterpart, take predicted ones out; returns the ids of the live ones."""
    tasks = scope.tasks
    kept = {key for key, task in tasks.items() if task["state"] & REACHED or key == stopped}
    for key in [each for each in tasks if each not in kept]:
        del tasks[key]
    for key, task in list(tasks.items()):
        if key in tasks and scope.after(task) is None:
            _spliced(tasks, key)
    for task in tasks.values():
        task["children"] = [each for each in task["children"] if each in tasks]
        task["task_spec"] = scope.name(task["task_spec"])
    return [key for key, task in tasks.items() if not task["state"] & TaskState.FINISHED_MASK]


def _spliced(tasks: dict[str, dict[str, Any]], key: str) -> None:
    """Take a finished gateway or event without counterpart out of the tree, and join what stood before and after it."""
    gone = tasks.pop(key)
    parent, children = tasks[gone["parent"]], [each for each in gone["children"] if each in tasks]
    place = parent["children"].index(key)
    parent["children"][place : place + 1] = children
    for each in children:
        tasks[each]["parent"] = gone["parent"]
