"""One instance in the engine's hands alone, told step by step; its inbox can be read off the stored state too."""

from collections.abc import Mapping
from datetime import UTC, datetime

from SpiffWorkflow.util.task import TaskState

from workflows import engine
from workflows.definitions import Bundle
from workflows.domain.events import (
    Event,
    IncidentRaised,
    InstanceEnded,
    JobRequested,
    TaskCancelled,
    TaskOpened,
    TimerCleared,
    TimerSet,
)
from workflows.domain.facts import Facts, Value
from workflows.engine.outcome import every_task
from workflows.engine.procedure import procedure
from workflows.engine.state import states

NOON = datetime(2021, 11, 1, 5, 0, tzinfo=UTC)


class Matter:
    """An instance of one process, as its events tell it; `now` is the domain clock."""

    def __init__(
        self, bundle: Bundle, process: str, facts: Mapping[str, Value] | None = None, now: datetime = NOON
    ) -> None:
        self.bundle, self.process, self.now = bundle, process, now
        self.facts = Facts(facts or {})
        self.state = b""
        self.waiting: dict[str, str] = {}
        self.timers: dict[str, datetime] = {}
        self.events: list[Event] = []
        self._take(engine.start(bundle, process, self.facts, now))

    @property
    def inbox(self) -> list[str]:
        """The elements of the open tasks, by name."""
        return sorted(self.waiting.values())

    @property
    def ended_at(self) -> str | None:
        """The end event that was reached, if one was."""
        return next((event.end for event in self.events if isinstance(event, InstanceEnded)), None)

    @property
    def stopped(self) -> IncidentRaised | None:
        """The incident of the last step, if it stopped there."""
        return next((event for event in self.last if isinstance(event, IncidentRaised)), None)

    def task(self, element: str) -> str:
        """The id of an open task."""
        return next(task for task, each in self.waiting.items() if each == element)

    def completes(self, element: str, **facts: Value) -> "Matter":
        """Somebody completes an open task of `element`; names of facts have a double underscore for their dot."""
        task = self.task(element)
        told = self.does(engine.Complete(task), **facts)
        self.waiting.pop(task, None)
        return told

    def finishes(self, element: str) -> "Matter":
        """The job of a service task is done."""
        task = self.task(element)
        told = self.does(engine.FinishJob(task))
        self.waiting.pop(task, None)
        return told

    def does(self, command: engine.Command, **facts: Value) -> "Matter":
        """Any command, after these facts became known."""
        self.learns(**facts)
        self._take(engine.advance(self.bundle, self.process, self.state, command, self.facts, self.now))
        return self

    def learns(self, **facts: Value) -> "Matter":
        """Facts become known."""
        self.facts = self.facts.with_values({name.replace("__", "."): value for name, value in facts.items()})
        return self

    def stored_inbox(self) -> list[str]:
        """What waits for somebody by the stored state alone."""
        workflow, _ = states(procedure(self.bundle), self.process).read(self.state)
        known = {**self.waiting}
        ready = [
            str(task.id) for task in every_task(workflow) if task.has_state(TaskState.READY) and task.task_spec.manual
        ]
        return sorted(known.get(task, f"unknown {task}") for task in ready)

    def _take(self, advanced: engine.Advance) -> None:
        self.state, self.facts, self.last = advanced.state, advanced.facts, advanced.events
        self.events += advanced.events
        for event in advanced.events:
            match event:
                case TaskOpened(task=task, element=element) | JobRequested(task=task, element=element):
                    self.waiting[task] = element
                case TaskCancelled(task=task):
                    self.waiting.pop(task, None)
                case TimerSet(timer=timer, due=due):
                    self.timers[timer] = due
                case TimerCleared(timer=timer):
                    self.timers.pop(timer, None)
