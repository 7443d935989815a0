"""A stored state as its scopes: the instance and each process it called, with the specs of two versions; plain JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.definitions.counterparts import Counterparts
from workflows.engine.procedure import Procedure

Task = dict[str, Any]
LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
REACHED = LIVE | TaskState.FINISHED_MASK
OWN_PARTS = re.compile(r"(.*?)( \[child\]|\.BoundaryEventSplit|\.BoundaryEventJoin)?", re.DOTALL)
"""The specs that SpiffWorkflow makes beside that of an element."""


@dataclass(frozen=True, eq=False)
class Scope:
    """One process under way: its stored tasks, its spec in the old version, and in the new one (None: gone)."""

    process: str
    stored: dict[str, Any]
    old: Any
    new: Any
    sides: Counterparts

    @property
    def tasks(self) -> dict[str, Task]:
        """The tasks by id."""
        tasks: dict[str, Task] = self.stored["tasks"]
        return tasks

    def name(self, spec: str) -> str:
        """The name that a spec of the old version has in the new one."""
        found = OWN_PARTS.fullmatch(spec)
        element, part = (found.group(1), found.group(2) or "") if found else (spec, "")
        return f"{self.sides.name(self.process, element)}{part}"

    def before(self, task: Task) -> Any:
        """The spec of a task in the old version."""
        return self.old.task_specs[task["task_spec"]]

    def after(self, task: Task) -> Any:
        """The spec that stands for it in the new version; None: there is none."""
        return self.new.task_specs.get(self.name(task["task_spec"])) if self.new else None

    def reached(self) -> Iterator[Task]:
        """The tasks that were reached, live or finished; those only predicted are left out."""
        yield from (task for task in self.tasks.values() if task["state"] & REACHED)

    def element(self, task: Task) -> str:
        """The id on the diagram, of the multi-instance task for each of its parts; empty for what no diagram draws."""
        spec = self.before(task)
        if spec.bpmn_id:
            return str(spec.bpmn_id).removesuffix(" [child]")
        return ""

    def came_from(self, task: Task) -> Task | None:
        """The nearest drawn task before this one."""
        parent = self.tasks.get(task["parent"] or "")
        while parent is not None and not self.before(parent).bpmn_id:
            parent = self.tasks.get(parent["parent"] or "")
        return parent


def scopes(body: dict[str, Any], old: Procedure, new: Procedure, sides: Counterparts) -> list[Scope]:
    """The scopes of an unpacked state, callers before what they called."""
    process, workflow = body["process"], body["workflow"]
    found = [Scope(process, workflow, old.spec(process), new.specs.get(process), sides)]
    waiting = dict(workflow["subprocesses"])
    for scope in found:
        here = [each for each in waiting if each in scope.tasks]
        found.extend([_called(scope, scope.tasks[task], waiting.pop(task), old, new) for task in here])
    return found


def _called(scope: Scope, task: Task, stored: dict[str, Any], old: Procedure, new: Procedure) -> Scope:
    before, after = old.specs[scope.before(task).spec], scope.after(task)
    spec = new.specs.get(getattr(after, "spec", None) or "") if after is not None else None
    return Scope(before.drawn_in, stored, before, spec, scope.sides)
