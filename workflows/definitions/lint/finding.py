"""What a rule found wrong: where, why, and what to do, in both languages."""

from dataclasses import dataclass
from typing import Literal

from workflows.definitions.process import Element, Flow, Process
from workflows.domain.errors import DomainError
from workflows.domain.said import Said, vietnamese
from workflows.domain.text import Text

LONGEST, MOST_OF_ID = 600, 128
"""Signs of a sentence, so that what somebody pasted does not hide it."""
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `element` is an id of the diagram, a row of a table or a field, "" for the whole file.

    `path` are the elements passed on the shortest way there, where there is one.
    """

    rule: str
    file: str
    element: str
    line: int
    vi: str
    en: str
    fix_vi: str
    fix_en: str
    severity: Severity = "error"
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.rule}: {self.en} {self.fix_en}"


def at(
    rule: str, process: Process, place: Element | Flow | None, what: Text, fix: Text, severity: Severity = "error"
) -> Finding:
    """A finding at an element or a flow of a diagram; None: at the process as a whole."""
    key, line = (place.id, place.line) if place else (process.id, process.line)
    return _finding(rule, process.file, key, line, what, fix, severity)


def within(
    rule: str, file: str, element: str, what: Text, fix: Text, line: int = 0, severity: Severity = "error"
) -> Finding:
    """A finding in a file that is not a diagram."""
    return _finding(rule, file, element, line, what, fix, severity)


def _finding(rule: str, file: str, element: str, line: int, what: Text, fix: Text, severity: Severity) -> Finding:
    vi, en, fix_vi, fix_en = map(shortened, (what.vi, what.en, fix.vi, fix.en))
    return Finding(rule, file, shortened(element, MOST_OF_ID), line, vi, en, fix_vi, fix_en, severity)


def shortened(text: str, most: int = LONGEST) -> str:
    """The beginning of a text that is too long to be read."""
    return text if len(text) <= most else f"{text[:most]}…"


def told(problem: DomainError) -> Text:
    """What a refusal says, in both languages."""
    return Text(problem.message(vietnamese), problem.message())


def reason(why: object) -> Text:
    """A reason that stands in a refusal, in both languages."""
    return Text(why.message(vietnamese), str(why)) if isinstance(why, Said) else Text(str(why), str(why))


def named(place: Element | Flow) -> str:
    """How an element is called in a sentence."""
    return f"«{' '.join(place.name.split()) or place.id}»"
