"""Lifts SpiffWorkflow's limit of a thousand steps on one way, beyond which it loses tasks without a word."""

import sys

from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator

LIMIT = 1000
"""The default of `max_depth` in SpiffWorkflow 3.2: a dossier returned 333 times reaches it."""


def lift_depth_limit() -> None:
    """Let every walk over a task tree, also those inside SpiffWorkflow that take no argument, reach its end."""
    for iterator in (TaskIterator, BpmnTaskIterator):
        begin = iterator.__init__
        begin.__defaults__ = tuple(sys.maxsize if each == LIMIT else each for each in begin.__defaults__ or ())
