"""What of a foreign diagram runs here and what cannot, element by element, as frozen values."""

from dataclasses import dataclass, field
from typing import Literal

from workflows.domain.text import Text

Verdict = Literal["runs", "needs", "cannot"]
VERDICTS: tuple[Verdict, ...] = ("runs", "needs", "cannot")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot run as it is, or what it needs; `rule` is that of bpmn/README.md."""

    rule: str
    what: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class ForeignElement:
    """One element. `runs`: as it is; `needs`: once what it lacks is written; `cannot`: it must be drawn otherwise.

    `ignored` are the extensions of its vendor, which mean nothing here.
    """

    id: str
    type: str
    kind: Text
    name: str
    line: int
    verdict: Verdict
    why: tuple[Reason, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignProcess:
    """One process of the file; `why` is about the process as a whole."""

    id: str
    name: str
    pool: str
    line: int
    elements: tuple[ForeignElement, ...]
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read at all, and the line at which that is seen (0: the file as a whole)."""

    line: int
    what: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class ForeignReport:
    """A file of another program; `refused` is None where it could be read. `beside` stands outside the processes."""

    file: str
    vendor: str = ""
    refused: Refusal | None = None
    processes: tuple[ForeignProcess, ...] = ()
    beside: tuple[ForeignElement, ...] = field(default=())

    def count(self, verdict: Verdict) -> int:
        """How many elements have a verdict."""
        every = (*(each for process in self.processes for each in process.elements), *self.beside)
        return sum(each.verdict == verdict for each in every)
