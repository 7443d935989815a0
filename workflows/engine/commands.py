"""What can be asked of a running process instance; each command is a plain value."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Complete:
    """A person completed the user task `task` (a task id of the engine)."""

    task: str


@dataclass(frozen=True, slots=True)
class FinishJob:
    """The outside effect of the service task `task` is done."""

    task: str


@dataclass(frozen=True, slots=True)
class FailJob:
    """The outside effect of the service task `task` cannot be done; the instance stops there."""

    task: str
    reason: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """A correlated message arrived."""

    message: str


@dataclass(frozen=True, slots=True)
class Halt:
    """What the awaited `message`, or where it is None a passed deadline, would begin cannot be done; it stops there."""

    reason: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class FireTimers:
    """Deadlines may have passed: fire those whose instant is not after `now`."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try the element at which the instance stopped once more, and ask again for every effect it waits for."""


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Move the running deadline `timer` to another UTC instant; the expression is not evaluated again."""

    timer: str
    instant: datetime


Command = Complete | FinishJob | FailJob | Deliver | Halt | FireTimers | Retry | Reschedule
