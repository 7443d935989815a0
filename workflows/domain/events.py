"""What happened, as frozen values: the engine's own events and those of the people, all of which history keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import ClassVar

from workflows.domain.event_json import as_json
from workflows.domain.facts import Json, Line, to_json
from workflows.domain.record import FactSet, LineGathered, NomineeWritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one instance; `technical` ones are folded away on the trace."""

    technical: ClassVar[bool] = False

    def body(self) -> dict[str, Json]:
        """The event's own facts as JSON."""
        return {each.name: as_json(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceStarted(Event):
    """A process instance began."""

    process: str
    number: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceEnded(Event):
    """A process instance reached its end; `end` is the end event's id."""

    process: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """A user task waits for somebody."""

    technical: ClassVar[bool] = True
    task: str
    process: str
    element: str
    lane: str | None = None
    item: int | None = None
    due: datetime | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCompleted(Event):
    """Somebody completed a user task with the answers of its form."""

    task: str
    process: str
    element: str
    form: str
    answers: Mapping[str, object] = field(default_factory=dict)
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCancelled(Event):
    """A user task was taken off the table before anybody completed it."""

    task: str
    process: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClaimed(Event):
    """Somebody took a task on."""

    task: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReleased(Event):
    """Somebody gave a task back to its group."""

    task: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEscalated(Event):
    """A task came near its limit or passed it: `to` were told, at a level of the table of escalation."""

    task: str
    process: str
    element: str
    level: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementPassed(Event):
    """An element of the diagram was passed, reached over `flow` where there is exactly one way."""

    technical: ClassVar[bool] = True
    process: str
    element: str
    flow: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCancelled(Event):
    """An element that was waiting was left without being passed."""

    technical: ClassVar[bool] = True
    process: str
    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade(Event):
    """A decision table was applied, to the whole instance or to one line."""

    process: str
    element: str
    decision: str
    rule_set: str
    inputs: Mapping[str, object]
    outputs: Mapping[str, object]
    rules: tuple[str, ...]
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChanged(Event):
    """A fact got a new value."""

    change: FactSet | NomineeWritten | LineGathered

    def body(self) -> dict[str, Json]:
        """Old and new value, and of what."""
        match self.change:
            case FactSet(name=name, old=old, new=new, line=line, item=item):
                return {"fact": name, "line": line, "item": item, "old": to_json(old), "new": to_json(new)}
            case NomineeWritten(line=line, old=old):
                before = None if old is None else {name: to_json(value) for name, value in old.items()}
                return {"fact": "nominee", "line": line.id, "item": "", "old": before, "new": _nominee(line)}
            case LineGathered(line=line):
                return {"fact": "round.line", "line": line.id, "item": "", "old": None, "new": line.ordinal}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequested(Event):
    """A service task asks for an outside effect."""

    technical: ClassVar[bool] = True
    task: str
    process: str
    element: str
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFinished(Event):
    """The outside effect of a service task was done."""

    task: str
    element: str
    operation: str
    outcome: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSet(Event):
    """A deadline of the diagram starts to run."""

    technical: ClassVar[bool] = True
    timer: str
    process: str
    element: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerCleared(Event):
    """A deadline of the diagram ran out or is no longer needed."""

    technical: ClassVar[bool] = True
    timer: str
    process: str
    element: str
    fired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAwaited(Event):
    """The instance waits for a message of this name."""

    technical: ClassVar[bool] = True
    process: str
    element: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWaitEnded(Event):
    """The instance no longer waits for this message."""

    technical: ClassVar[bool] = True
    process: str
    element: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """The instance sent a message to another one."""

    process: str
    element: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Event):
    """A message from another instance or from a person arrived."""

    message: str
    sender: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(Event):
    """The instance stopped at an element and needs an admin."""

    process: str
    element: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRetried(Event):
    """An admin had the stopped element tried again."""

    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAttached(Event):
    """A paper was added to the dossier."""

    paper: int
    paper_kind: str
    title: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRemoved(Event):
    """A paper was taken out of a dossier that was not yet handed in."""

    paper: int
    paper_kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTaken(Event):
    """A number of a yearly series was given out."""

    series: str
    year: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitUrged(Event):
    """The office urged a unit on (công văn đôn đốc); the letter as it was sent, and to whom."""

    subject: str
    text: str
    people: tuple[str, ...]


def _nominee(line: Line) -> dict[str, Json]:
    return {name: to_json(value) for name, value in line.nominee.items()}
