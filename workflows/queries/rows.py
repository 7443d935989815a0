"""The rows that several pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from workflows.domain.text import Text

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list."""

    rows: tuple[Row, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """One nominee as pages show it."""

    line: int
    name: str
    detail: str
    kind: Text | None
    number: str | None
    unit: str | None
    verdict: str
    reason: str | None = None
    excluded: Text | None = None
    tally: tuple[int, int, int] | None = None
    award_number: str | None = None
    amount: int | None = None
    summary: str = ""
    tie: Text | None = None
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper as pages show it."""

    id: int
    kind: Text
    title: str
    filename: str
    size: int
    at: datetime
    by: str
    may_remove: bool
    line: int | None = None
    media_type: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A paper that the dossier must hold."""

    kind: str
    title: Text
    present: bool
    mandatory: bool


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits, seen from its dossier or round."""

    task_id: str
    step: Text
    assignee_name: str | None
    lane: Text | None
    due_at: datetime | None
    due_working_days: int | None
    may_open: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Escalated:
    """Somebody was told of a limit: when, of which step and at which level, and who."""

    at: datetime
    what: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact under its name, both for people."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said at an earlier step."""

    step: Text
    who: str
    at: datetime
    entries: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice that was sent: to whom, when, and what it says."""

    to: str
    at: datetime
    subject: Text
    text: Text
    mailed: bool


Choices = Mapping[str, tuple[tuple[str, Text], ...]]
