"""A random course of one process through the real engine, the same for the same seed; nobody gave its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Literal

from workflows.definitions import Bundle, Form
from workflows.definitions.replies import replies
from workflows.domain.calendar import local_day
from workflows.domain.errors import DomainError
from workflows.domain.events import ElementPassed
from workflows.domain.facts import Facts, Line, Value
from workflows.domain.record import Form as Recording
from workflows.domain.record import record
from workflows.engine import Deliver, FinishJob, FireTimers
from workflows.rehearsal.answers import MEMBERS, SOMEBODY, likely
from workflows.rehearsal.walk import NUMBER, Answer, Rehearsal
from workflows.rules.vocabulary import FactType

BEGINS = datetime(2024, 9, 2, 3, tzinfo=UTC)
MOST_RANDOM, MOST_STEPS = 60, 160
"""After so many steps the answers lead on; a course that has not ended after the second number goes round."""
LAST_PASSED = 20
Outcome = Literal["ended", "stuck", "endless", "incident", "crash", "refused"]
"""`refused`: a form took no answer that was drawn, as it would tell a person; nothing is known of the diagram."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a random course went, where it stood last, and what it passed on the way."""

    process: str
    seed: int
    outcome: Outcome
    at: tuple[str, str]
    path: tuple[str, ...]
    why: str = ""


def stroll(bundle: Bundle, process: str, seed: int) -> Course:
    """One random course; it raises nothing."""
    chance = Random(f"{process}:{seed}")  # noqa: S311  courses are to be repeated, not secret
    played = Rehearsal(bundle, process, _begun(bundle, process, chance), BEGINS)
    try:
        played.begin()
        outcome = _wander(played, chance)
    except DomainError as refusal:
        return _course(played, seed, "refused", str(refusal))
    except Exception as error:  # noqa: BLE001  a course that breaks the engine is what is looked for
        return _course(played, seed, "crash", f"{type(error).__name__}: {error}"[:300])
    return _course(played, seed, outcome, str(played.stopped or ""))


def _wander(played: Rehearsal, chance: Random) -> Outcome:
    for step in range(MOST_STEPS):
        if played.ended:
            return "ended"
        if played.stopped:
            return "endless" if "the way goes round" in str(played.stopped) else "incident"
        if not _moved(played, chance, leading=step >= MOST_RANDOM):
            return "stuck"
    return "endless"


def _moved(played: Rehearsal, chance: Random, *, leading: bool) -> bool:
    ways = ["task"] * 4 * bool(played.open) + ["message"] * bool(played.awaited)
    if not (leading and ways):
        ways += ["timer"] * bool(played.timers)
    if played.jobs:
        played.move(FinishJob(played.jobs.pop(0)))
        return True
    if not ways:
        return False
    match chance.choice(ways):
        case "task":
            task = chance.choice(sorted(played.open.values(), key=lambda each: (each.element, each.item or 0)))
            try:
                played.complete(task, _answers(chance, leading=leading), late=False)
            except DomainError:
                played.complete(task, _answers(chance, leading=True), late=False)
        case "message":
            _arrive(played, chance.choice(sorted(played.awaited)), chance, leading=leading)
        case _:
            played.now = max(played.now, min(played.timers.values()))
            played.move(FireTimers())
    return True


def _arrive(played: Rehearsal, message: str, chance: Random, *, leading: bool) -> None:
    """A letter brings what the task that would record it asks."""
    if reply := replies(played.bundle).get(message):
        form = Recording(reply.form.task_id, reply.form.prefix, reply.form.schema)
        told = _drawn(reply.form, played.facts, played.now, chance, leading=leading)
        played.facts = record(played.facts, form, told, number=NUMBER).facts
    played.move(Deliver(message))


def _answers(chance: Random, *, leading: bool) -> Answer:
    return lambda _task, form, facts, now: _drawn(form, facts, now, chance, leading=leading)


def _drawn(form: Form, facts: Facts, now: datetime, chance: Random, *, leading: bool) -> dict[str, Any]:
    nominees = [{"kind": "person", "name": f"Nguyễn Văn {n}"} for n in range(1, chance.randint(2, 4))]
    told = dict(likely(form, facts, local_day(now), nominees, {}))
    if leading:
        return told
    for name, field in form.fields.items():
        if values := field.get("enum"):
            told[name] = chance.choice(values)
        elif field.get("type") == "boolean":
            told[name] = chance.choice((True, False))
        elif field.get("x-rows") == "lines":
            told[name] = [_row(field["items"]["properties"], row, chance) for row in told[name]]
    return told


def _row(columns: Mapping[str, Mapping[str, Any]], row: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    chosen = {name: chance.choice(each["enum"]) for name, each in columns.items() if each.get("enum")}
    return {**row, **chosen}


def _begun(bundle: Bundle, process: str, chance: Random) -> Facts:
    """Everything that comes from outside the forms of the process, at random, and one or two lines."""
    known = {n: t.type for n, t in bundle.manifest.facts.items() if n in bundle.vocabulary(process)}
    values = {n: _value(kind, chance) for n, kind in sorted(known.items()) if not n.startswith(("line.", "lines."))}
    values = {n: value for n, value in values.items() if n not in {"now", "today"}}
    lines = tuple(_line(known, ordinal, chance) for ordinal in range(1, chance.randint(2, 3)))
    takes = any(f.get("x-rows") == "nominees" for f in _fields(bundle, process))
    return Facts(values, () if takes else lines)


def _fields(bundle: Bundle, process: str) -> list[Mapping[str, Any]]:
    tasks = [task.id for task in bundle.processes[process].of_type("userTask")]
    return [field for task in tasks if task in bundle.forms for field in bundle.forms[task].fields.values()]


def _line(known: Mapping[str, FactType], ordinal: int, chance: Random) -> Line:
    told = {n.removeprefix("line."): _value(kind, chance) for n, kind in known.items() if n.startswith("line.")}
    told = {n: value for n, value in told.items() if n not in {"status", "excluded"}}
    return Line(f"line_{ordinal}", "HS-0000", ordinal, {"kind": "person", "name": "…"}, told)


def _value(kind: FactType, chance: Random) -> Value:
    some: dict[str, Value] = {
        "text": chance.choice(kind.values) if kind.values else SOMEBODY,
        "number": chance.randint(0, 9),
        "boolean": chance.choice((True, False)),
        "date": date(2024, 8, 1) + timedelta(days=chance.randint(0, 20)),
        "instant": BEGINS,
        "list": MEMBERS if kind.of == "text" else (),
    }
    return some.get(kind.kind)


def _course(played: Rehearsal, seed: int, outcome: Outcome, why: str) -> Course:
    passed = [
        (each.event.process, each.event.element) for each in played.happened if isinstance(each.event, ElementPassed)
    ]
    at = passed[-1] if passed else (played.process, "")
    return Course(played.process, seed, outcome, at, tuple(element for _, element in passed[-LAST_PASSED:]), why)
