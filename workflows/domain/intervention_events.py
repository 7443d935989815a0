"""What somebody did to a running matter from outside its procedure; each is marked for ever, with who and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMigrated(Event):
    """A running matter went on to another version of the procedure; `renamed` names steps by process, old to new.

    `skipped` are the new steps before its place that it does not pass, for which `reason` answers.
    """

    batch: int
    from_version: int
    to_version: int
    renamed: Mapping[str, object] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervened(Event):
    """An administrator set a fact, moved on, went back, held, let go on, gave a task to somebody or ended the matter.

    `act` says which; `about` is the fact or the step, `to` the new value, the person or the step it led to.
    """

    act: str
    reason: str
    process: str = ""
    element: str = ""
    about: str = ""
    to: str = ""
