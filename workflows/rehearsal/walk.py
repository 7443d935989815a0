"""One instance played in memory through the engine of every day: tasks answered, jobs done, deadlines waited for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from workflows import engine
from workflows.definitions import Bundle, Form
from workflows.definitions.deadlines import with_deadlines
from workflows.domain.errors import DomainError
from workflows.domain.events import (
    Event,
    IncidentRaised,
    InstanceEnded,
    JobRequested,
    MessageAwaited,
    MessageWaitEnded,
    TaskCancelled,
    TaskOpened,
    TimerCleared,
    TimerSet,
)
from workflows.domain.facts import Facts
from workflows.domain.record import Form as Recording
from workflows.domain.record import record, set_values
from workflows.rehearsal.answers import MEMBERS

MOST_STEPS = 300
NUMBER = "HS-0000"
JUST_BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with the moment at which it happened in the rehearsal."""

    at: datetime
    event: Event


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open user task."""

    task: str
    process: str
    element: str
    item: int | None
    lane: str | None
    due: datetime | None


Answer = Callable[[Waiting, Form, Facts, datetime], Mapping[str, Any]]


@dataclass
class Rehearsal:
    """An instance in memory. `happened` grows; `ended` is the end event, `stopped` why it stopped, else it waits."""

    bundle: Bundle
    process: str
    facts: Facts
    now: datetime
    happened: list[Happened] = field(default_factory=list)
    open: dict[str, Waiting] = field(default_factory=dict)
    jobs: list[str] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    state: bytes = b""
    ended: str | None = None
    stopped: str | DomainError | None = None

    def begin(self) -> None:
        """The first step, to the first waits."""
        self._tried(lambda known: engine.start(self.bundle, self.process, known, self.now))

    def play(self, answer: Answer, *, late: bool = True) -> None:
        """Answer tasks and do jobs until it ends, stops or waits for a message; `late`: each task on its last day."""
        for _ in range(MOST_STEPS):
            if self.ended or self.stopped:
                return
            if self.jobs:
                self.move(engine.FinishJob(self.jobs.pop(0)))
            elif self.open:
                self.complete(next(iter(self.open.values())), answer, late=late)
            elif self.timers and not self.awaited:
                self.now = max(self.now, min(self.timers.values()))
                self.move(engine.FireTimers())
            else:
                return
        self.stopped = f"{MOST_STEPS} steps and no end"

    def deliver(self, message: str, facts: Facts) -> None:
        """A message arrives, with what is known then."""
        self.facts = facts
        self.move(engine.Deliver(message))

    def complete(self, task: Waiting, answer: Answer, *, late: bool) -> None:
        """Answer a task, on its last day where `late`."""
        if late and task.due is not None:
            self.now = max(self.now, task.due - JUST_BEFORE)
        form = self.bundle.forms[task.element]
        told = answer(task, form, self.facts, self.now)
        item = None if task.item is None else MEMBERS[task.item % len(MEMBERS)]
        asked = Recording(form.task_id, form.prefix, form.schema)
        self.facts = record(self.facts, asked, told, number=NUMBER, item=item).facts
        if item is None:
            self.facts = set_values(self.facts, {f"by.{task.element}": "mot_nguoi"}).facts
        self.move(engine.Complete(task.task))
        self.open.pop(task.task, None)

    def move(self, command: engine.Command) -> None:
        """One step of the engine; a refusal is noted in `stopped`."""
        self._tried(lambda known: engine.advance(self.bundle, self.process, self.state, command, known, self.now))

    def _tried(self, step: Callable[[Facts], engine.Advance]) -> None:
        try:
            self._took(step(with_deadlines(self.bundle, self.facts, self.now)))
        except DomainError as refusal:
            self.stopped = refusal

    def _took(self, advanced: engine.Advance) -> None:
        self.state, self.facts = advanced.state, advanced.facts
        for event in advanced.events:
            self.happened.append(Happened(self.now, event))
            self._note(event)

    def _note(self, event: Event) -> None:
        match event:
            case TaskOpened():
                self.open[event.task] = Waiting(
                    event.task, event.process, event.element, event.item, event.lane, event.due
                )
            case TaskCancelled():
                self.open.pop(event.task, None)
            case JobRequested():
                self.jobs.append(event.task)
            case TimerSet():
                self.timers[event.timer] = event.due
            case TimerCleared():
                self.timers.pop(event.timer, None)
            case MessageAwaited():
                self.awaited.add(event.message)
            case MessageWaitEnded():
                self.awaited.discard(event.message)
            case InstanceEnded():
                self.ended = event.end
            case IncidentRaised():
                self.stopped = f"{event.process}/{event.element}: {event.reason}"
