"""Lifts SpiffWorkflow's limits on the length of a way: beyond them it loses tasks in silence or runs out of stack."""

import sys
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskIterator

LIMIT = 1000
"""The default of `max_depth` in SpiffWorkflow 3.2: a dossier returned 333 times reaches it."""


def lift_depth_limits() -> None:
    """Let every walk over a task tree reach its end, also those inside SpiffWorkflow that take no argument."""
    for iterator in (TaskIterator, BpmnTaskIterator):
        begin = iterator.__init__
        begin.__defaults__ = tuple(sys.maxsize if each == LIMIT else each for each in begin.__defaults__ or ())
    Task.is_descendant_of = _is_descendant_of
    Task.find_ancestor = _find_ancestor


def _ancestors(task: Any) -> Iterator[Any]:
    while (task := task.parent) is not None:
        yield task


def _is_descendant_of(self: Any, task: Any) -> bool:
    return any(each == task for each in _ancestors(self))


def _find_ancestor(self: Any, spec_name: str) -> Any:
    return next((each for each in _ancestors(self) if each.task_spec.name == spec_name), None)
