"""Conflicts of interest at assignment, claim, handing over and completion; the table says what follows from a tie."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.definitions.conflicts import LINE, TASK, Conflict, act_of, conflicts, excluded_members, of_substitute
from workflows.definitions.process import Element
from workflows.domain.facts import Facts, Line
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint
from workflows.domain.permit import LineNotYours, NotForSubstitutes, TaskNotForYou
from workflows.domain.record import Change, Recorded, set_values
from workflows.domain.text import Text
from workflows.store.load import Instance
from workflows.store.ties import ties_of

CONCERNED = frozenset({"open", "passed"})


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, and for whom where that is somebody else: login and name."""

    login: str
    absent: tuple[str, str] | None = None

    @property
    def logins(self) -> tuple[str, ...]:
        """Both people, whose ties count."""
        return (self.login, self.absent[0]) if self.absent else (self.login,)


def require_free(tx: Connection, bundle: Bundle, held: Instance, element: Element, who: Who, task: Text) -> None:
    """Raises TaskNotForYou where a tie of the person, or of the one stood in for, bars the whole task.

    Raises NotForSubstitutes where nobody may do it for somebody else.
    """
    act = act_of(element)
    if who.absent is not None and (barred := of_substitute(bundle, act, held.now)):
        raise NotForSubstitutes(task=task, absent=who.absent[1], why=barred.sentence)
    for found in _found(tx, bundle, held, act, who.logins):
        if found.effect == TASK and found.line is not None:
            raise TaskNotForYou(task=task, why=found.sentence, line=found.line.ordinal)


def require_lines_free(
    tx: Connection, bundle: Bundle, held: Instance, element: Element, who: Who, lines: Iterable[str]
) -> None:
    """Raises LineNotYours where one of the lines the person judges is one that a tie keeps from that person."""
    judged = set(lines)
    if not judged:
        return
    for found in _found(tx, bundle, held, act_of(element), who.logins):
        if found.effect in {LINE, TASK} and found.line is not None and found.line.id in judged:
            raise LineNotYours(line=found.line.ordinal, why=found.sentence)


def require_assignable(
    tx: Connection, bundle: Bundle, held: Instance, schema: Mapping[str, Any], prefix: str, answers: Mapping[str, Any]
) -> None:
    """Raises EntriesRefused at each answer that gives a later task to somebody whom a tie bars from it."""
    wrong = {}
    for name, field in schema["properties"].items():
        login = answers.get(name)
        if "x-person" in field and isinstance(login, str):
            for element in _assigned_by(bundle, f"{prefix}.{name}"):
                found = _found(tx, bundle, held, act_of(element), (login,))
                barred = next((each for each in found if each.effect == TASK and each.line), None)
                if barred and barred.line:
                    wrong[f"/{name}"] = Complaint("tied", line=barred.line.ordinal)
    if wrong:
        raise EntriesRefused(fields=wrong)


def with_exclusions(tx: Connection, bundle: Bundle, facts: Facts, held: Instance) -> Recorded:
    """The facts with `excluded` of each line: the members who do not vote on it, as things stand now."""
    members = {member for council in facts.councils() for member in facts.roll(f"{council}.members")}
    if not members or not facts.lines:
        return Recorded(facts, ())
    ties = ties_of(tx, sorted(members))
    changes: tuple[Change, ...] = ()
    for line in facts.lines:
        excluded = excluded_members(bundle, ties, line, held.now)
        if excluded != line.excluded:
            more = set_values(facts, {"excluded": excluded}, line.id)
            facts, changes = more.facts, (*changes, *more.changes)
    return Recorded(facts, changes)


def appraised_by(facts: Facts, element: Element, login: str) -> Recorded:
    """The facts with who appraised each open line, where the task is an appraisal."""
    changes: tuple[Change, ...] = ()
    if act_of(element) == "appraise":
        for line in facts.open_lines():
            more = set_values(facts, {"appraised_by": login}, line.id)
            facts, changes = more.facts, (*changes, *more.changes)
    return Recorded(facts, changes)


def bars(tx: Connection, bundle: Bundle, held: Instance, element: Element, login: str) -> bool:
    """Whether a tie bars a person from a whole task."""
    return any(each.effect == TASK for each in _found(tx, bundle, held, act_of(element), (login,)))


def _found(tx: Connection, bundle: Bundle, held: Instance, act: str, logins: Iterable[str]) -> Iterator[Conflict]:
    lines: list[Line] = [line for line in held.facts.lines if line.status in CONCERNED]
    for each in ties_of(tx, logins) if lines else ():
        yield from conflicts(bundle, each, lines, act, held.now, unit=held.unit)


def _assigned_by(bundle: Bundle, fact: str) -> Iterator[Element]:
    for process in bundle.processes.values():
        for element in process.of_type("userTask"):
            if element.properties.get("assignee") == fact:
                yield element
