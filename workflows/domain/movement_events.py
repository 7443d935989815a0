"""What happened to a unit's part in a movement, or to a decision after it was issued: received, exemplary."""

from dataclasses import dataclass
from datetime import date

from workflows.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReceived(Event):
    """A recipient has a document; `document` is "plan" or the number of the round that issued the decision."""

    document: str
    recipient: str
    received_on: date
    way: str
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleProposed(Event):
    """A unit entered an example; `paper` is the id of what shows it."""

    example: int
    kind: str
    title: str
    summary: str
    paper: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRecognised(Event):
    """The office recognised an example, on this ground."""

    example: int
    title: str
    ground: str
