"""What people did about themselves and each other: handed over, tied, recused, overridden, registered, ended a unit."""

from dataclasses import dataclass

from workflows.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHandedOver(Event):
    """A task was handed over to another person, with the reason."""

    task: str
    element: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWritten(Event):
    """Somebody said something about a matter to those who may see it; `answers` is the number of another comment."""

    text: str
    answers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared(Event):
    """A person declared a tie to the nominee of a line."""

    line: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecused(Event):
    """The chair decided that a member stands aside about a line, with the reason."""

    line: str
    member: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOverridden(Event):
    """The authority let a line go on although a rule bars it, with the reason."""

    line: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardEntered(Event):
    """An award was entered in the register."""

    line: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDissolved(Event):
    """The proposing unit ended and its successor took the matter over; `on` is the unit's last day, as YYYY-MM-DD."""

    unit: str
    unit_name: str
    successor: str
    successor_name: str
    on: str
    reason: str
