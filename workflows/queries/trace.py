"""The trace of an instance: what happened in order, the way taken on the diagrams, and whether the record is whole."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.definitions.translated import diagram_in
from workflows.domain import events as happenings
from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.event_words import Telling
from workflows.queries.law_and_days import LawAndDays, law_and_days
from workflows.queries.names import days_left, days_of_step, matter_title, nominee_name, value_name
from workflows.queries.procedures import ProcedureRow, procedures_about
from workflows.queries.scope import visible
from workflows.queries.sentences import sentence
from workflows.queries.shown import known
from workflows.queries.steps import TraceStep, steps
from workflows.queries.verification import Verified, readable, verified
from workflows.store.bundles import deployed, version
from workflows.store.load import facts_of
from workflows.store.session import Database, clock

TECHNICAL = frozenset(
    name for name, kind in vars(happenings).items() if isinstance(kind, type) and getattr(kind, "technical", False)
)


@dataclass(frozen=True, slots=True)
class Diagram:
    """One diagram of the instance and what happened on it; all ids are element or flow ids of its file."""

    process: str
    name: Text
    done: tuple[str, ...]
    now: tuple[str, ...]
    cancelled: tuple[str, ...]
    error: tuple[str, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class TracePage:
    """The trace of one instance."""

    number: str
    title: Text
    process: str
    unit: str | None
    award_form: Text
    kind: Text
    status: str
    sentence: Text
    stopped: str | None
    version: int
    definition: str
    verified: Verified
    steps: tuple[TraceStep, ...]
    diagrams: tuple[Diagram, ...]
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_working_days: int | None
    days_used: int
    days_allowed: int | None
    law: LawAndDays
    about: str | None
    procedures: tuple[ProcedureRow, ...]


def trace(db: Database, actor: Actor, number: str) -> TracePage:
    """The trace of one instance. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = visible(tx, actor, number)
        return _page(tx, actor, row)


def diagram_xml(db: Database, actor: Actor, number: str, process: str) -> bytes:
    """The diagram of a process as the instance's own version has it, in the language of its reader."""
    with db.read() as tx:
        bundle = deployed(tx, visible(tx, actor, number).bundle_id)
    if process not in bundle.processes:
        raise NotFound(what=f"Diagram «{process}»")
    return diagram_in(bundle, process, actor.locale)


def _page(tx: Connection, actor: Actor, row: Row[Any]) -> TracePage:
    bundle = deployed(tx, row.bundle_id)
    told = [each for body in tx.execute(HISTORY, {"id": row.id}).scalars() if (each := readable(body))]
    head, seq = tx.execute(text("select head, seq from instance where id = :id"), {"id": row.id}).one()
    open_now = tx.execute(OPEN, {"id": row.id}).all()
    due, opened = min(
        ((task.due_at, task.opened_at) for task in open_now if task.due_at), default=(None, row.opened_at)
    )
    calendar, now = bundle.working_days(), clock(tx)[1]
    used, allowed = days_of_step(calendar, opened, due or row.closed_at or now, row.closed_at or now)
    return TracePage(
        row.number,
        matter_title(row.process, row.kind, row.title),
        row.process,
        row.unit_name,
        value_name(bundle, "dossier.award_form", row.award_form),
        value_name(bundle, "dossier.kind", row.kind),
        row.status,
        sentence(tx, bundle, row.id, row.status),
        row.stopped,
        version(tx, row.bundle_id),
        told[0]["definition"] if told else "",
        verified(tx, row.id, row.number, seq, bytes(head)),
        steps(_telling(tx, bundle, actor, row), told, TECHNICAL, _versions(tx, told)),
        diagrams(bundle, row.process, told, open_now, row.stopped),
        row.opened_at,
        row.closed_at,
        due,
        days_left(calendar, due, now),
        used,
        allowed if due else None,
        law_and_days(tx, bundle, facts_of(tx, row.id, row.number), row, now),
        row.about,
        procedures_about(tx, actor, row.about or row.number),
    )


def _versions(tx: Connection, told: Iterable[dict[str, Any]]) -> dict[str, Bundle]:
    """The versions under which a history was written, by checksum."""
    known = {each["definition"] for each in told}
    found = tx.execute(text("select id, sha256 from bundle where sha256 = any(:known)"), {"known": list(known)})
    return {row.sha256: deployed(tx, row.id) for row in found}


def _telling(tx: Connection, bundle: Bundle, actor: Actor, row: Row[Any]) -> Telling:
    lines = facts_of(tx, row.id, row.number).lines
    return Telling(bundle, actor.locale, known(tx), {line.id: nominee_name(line.nominee) for line in lines})


HISTORY = text("select body from history where instance_id = :id order by seq")
OPEN = text("select process, element, opened_at, due_at from user_task where instance_id = :id and state = 'open'")


def diagrams(
    bundle: Bundle, process: str, told: Iterable[dict[str, Any]], open_now: Iterable[Any], stopped: str | None
) -> tuple[Diagram, ...]:
    """The instance's own diagram and those of the processes it called, with the way taken."""
    passed, flows, cancelled, sent = Counter[tuple[str, str]](), Counter[tuple[str, str]](), set(), set()
    waiting: Counter[tuple[str, str]] = Counter()
    for each in told:
        kind, event = each["kind"], each["event"]
        at = (event.get("process", ""), event.get("element", ""))
        if kind == "ElementPassed":
            passed[at] += 1
            if event["flow"]:
                flows[at[0], event["flow"]] += 1
        elif kind == "ElementCancelled":
            cancelled.add(at)
        elif kind in {"MessageAwaited", "JobRequested"}:
            waiting[at] += 1
        elif kind == "MessageWaitEnded":
            waiting[at] -= 1
        sent.add(at[0])
    now = {(task.process, task.element) for task in open_now} | _still(bundle, waiting, passed)
    shown = [process, *sorted(name for name in sent if name and name != process and name in bundle.processes)]
    return tuple(
        Diagram(
            name,
            Text(bundle.processes[name].name, bundle.manifest.labels.get(name, "")),
            tuple(sorted({each for place, each in (*passed, *flows) if place == name})),
            tuple(sorted({each for place, each in now if place == name} | _calling(bundle, name, now))),
            tuple(sorted(each for place, each in cancelled if place == name and not passed[place, each])),
            tuple(each for each in bundle.processes[name].elements if stopped and stopped.split(":", 1)[0] == each),
            {each: n for (place, each), n in passed.items() if place == name},
        )
        for name in shown
    )


def _still(bundle: Bundle, waiting: Counter[tuple[str, str]], passed: Counter[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set()
    for (process, element), n in waiting.items():
        kind = _type(bundle, process, element)
        if (kind == "serviceTask" and n > passed[process, element]) or (kind == "intermediateCatchEvent" and n > 0):
            found.add((process, element))
    return found


def _type(bundle: Bundle, process: str, element: str) -> str:
    """The BPMN tag of an element; empty for one that only an earlier version of the matter had."""
    found = bundle.processes[process].elements.get(element) if process in bundle.processes else None
    return found.type if found else ""


def _calling(bundle: Bundle, name: str, now: Iterable[tuple[str, str]]) -> set[str]:
    active = {process for process, _ in now}
    grown = True
    while grown:
        more = {p.id for p in bundle.processes.values() if any(called in active for called in p.called())} - active
        active |= more
        grown = bool(more)
    return {each.id for each in bundle.processes[name].elements.values() if each.called in active}
