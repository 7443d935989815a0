"""People around a task or a matter: who acts for whom, who could take over, ties, what bars a line, earlier awards."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.definitions.blocks import BLOCK, NOBODY, SIGNED_BY, Block, blocks
from workflows.definitions.conflicts import TASK, act_of, conflicts
from workflows.definitions.process import Element
from workflows.domain.actor import Actor
from workflows.domain.facts import Facts, Line
from workflows.domain.register import earlier_of
from workflows.domain.text import Text
from workflows.queries.names import citation, nominee_name, value_name
from workflows.queries.scope import visible
from workflows.store import awards
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database, clock
from workflows.store.ties import ties_of

HELD = """select t.process, t.element, t.item, t.candidate_group, t.unit as task_unit, t.assignee, t.state, i.id,
  i.number, i.bundle_id, i.unit
from user_task t join instance i on i.id = t.instance_id where t.id = {of}"""
HELD_ONE, HELD_ALL = text(HELD.format(of=":task")), text(HELD.format(of="any(:tasks)"))
PEOPLE = text(
    """select a.login, a.name, a.title, a.unit,
  array(select group_key from membership m where m.account_id = a.id) as groups
from account a where a.active order by a.id"""
)
DECIDE_NOTHING = frozenset({"auditor", "admin", "unit"})
HANDS_OVER = "task.hand_over"


@dataclass(frozen=True, slots=True)
class Bar:
    """A rule that bars a line or warns of it, with what it rests on; `may_lift`: the reader may let the line go on."""

    line: int
    name: str
    rule: str
    said: Text
    basis: str
    earlier: str
    bars: bool
    is_block: bool
    is_lifted: bool
    may_lift: bool
    lifted_by: Text


@dataclass(frozen=True, slots=True)
class EarlierAward:
    """An award that the subject of a line has already."""

    line: int
    name: str
    award_form: Text
    type: Text
    decision: str
    on: date | None
    state: str
    dossier: str


@dataclass(frozen=True, slots=True)
class PeopleOnTask:
    """Who the reader acts for, why a tie bars the reader, to whom the task may go, what is known of nominees."""

    for_whom: str | None
    barred: Text | None
    may_hand_over: bool
    receivers: tuple[tuple[str, str], ...]
    lines: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]
    earlier: tuple[EarlierAward, ...]


def people_on_task(db: Database, actor: Actor, task_id: str) -> PeopleOnTask:
    """What the page of a task says about people; the page itself says whether the reader may see the task."""
    with db.read() as tx:
        row = tx.execute(HELD_ONE, {"task": UUID(task_id)}).one()
        bundle, now = deployed(tx, row.bundle_id), clock(tx)[1]
        element, facts = bundle.element(row.process, row.element), facts_of(tx, row.id, row.number)
        absent = actor.acts_for(row.candidate_group, row.task_unit, row.assignee)
        is_open, decision = row.state == "open", element.properties.get("blocks")
        may = is_open and row.item is None and _may_hand_over(actor, row)
        return PeopleOnTask(
            absent.name if absent else None,
            _barred(tx, bundle, facts, actor, element, row.unit, now) if is_open else None,
            may,
            _receivers(tx, bundle, facts, element, row, now) if may else (),
            tuple((line.ordinal, nominee_name(line.nominee)) for line in facts.open_lines()) if is_open else (),
            _bars(tx, bundle, actor, facts, (decision,), row.id, now) if decision and is_open else (),
            earlier_awards(tx, bundle, facts.open_lines(), row.id) if decision and is_open else (),
        )


def receivers_of(db: Database, actor: Actor, tasks: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    """To whom the reader may give tasks: login, name, and how many of them may go there; who may get most first.

    A task that is not open, or not the reader's to give away, goes to nobody.
    """
    counted: Counter[tuple[str, str]] = Counter()
    with db.read() as tx:
        now = clock(tx)[1]
        for row in tx.execute(HELD_ALL, {"tasks": _uuids(tasks)}):
            if row.state == "open" and row.item is None and _may_hand_over(actor, row):
                bundle = deployed(tx, row.bundle_id)
                facts = facts_of(tx, row.id, row.number)
                counted.update(_receivers(tx, bundle, facts, bundle.element(row.process, row.element), row, now))
    return tuple((login, name, number) for (login, name), number in counted.most_common())


def _uuids(tasks: Sequence[str]) -> list[UUID]:
    found = []
    for task in tasks:
        with suppress(ValueError):
            found.append(UUID(task))
    return found


def bars_of(db: Database, actor: Actor, number: str) -> tuple[Bar, ...]:
    """What bars the open lines of a dossier or warns of them. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = visible(tx, actor, number)
        if row.process != "dossier" or row.closed_at:
            return ()
        bundle, facts = deployed(tx, row.bundle_id), facts_of(tx, row.id, row.number)
        return _bars(tx, bundle, actor, facts, _decisions(bundle), row.id, clock(tx)[1])


def _bars(
    tx: Connection,
    bundle: Bundle,
    actor: Actor,
    facts: Facts,
    decisions: Iterable[str],
    instance: int,
    now: datetime,
) -> tuple[Bar, ...]:
    known = awards.known_of(tx, facts.open_lines(), instance)
    signers = awards.signers(tx, SIGNED_BY)
    return tuple(
        _bar(bundle, actor, each)
        for decision in decisions
        for each in blocks(bundle, decision, facts, known, signers, now)
    )


def _bar(bundle: Bundle, actor: Actor, found: Block) -> Bar:
    earlier = found.earlier
    told = ""
    if earlier is not None:
        day = f", {earlier.decision_date:%d/%m/%Y}" if earlier.decision_date else ""
        told = f"{earlier.decision_no or ''}{day} ({earlier.dossier})".strip()
    is_block = found.effect == BLOCK
    return Bar(
        found.line.ordinal,
        nominee_name(found.line.nominee),
        found.rule,
        found.said,
        citation(found.basis),
        told,
        found.bars,
        is_block,
        is_block and found.is_lifted,
        is_block and not found.is_lifted and found.override in actor.groups,
        bundle.groups.get(found.override, Text("")) if found.override != NOBODY else Text(""),
    )


def earlier_awards(tx: Connection, bundle: Bundle, lines: Sequence[Line], instance: int) -> tuple[EarlierAward, ...]:
    """What the subjects of these lines of a matter were awarded before."""
    known = awards.known_of(tx, lines, instance)
    return tuple(
        EarlierAward(
            line.ordinal,
            nominee_name(line.nominee),
            value_name(bundle, "dossier.award_form", each.award_form),
            value_name(bundle, "dossier.kind", each.type),
            each.decision_no or "",
            each.decision_date,
            each.state,
            each.dossier,
        )
        for line in lines
        for each in earlier_of(line, known)
        if each.state
    )


def _barred(
    tx: Connection, bundle: Bundle, facts: Facts, actor: Actor, element: Element, unit: str | None, now: datetime
) -> Text | None:
    for ties in ties_of(tx, actor.logins) if facts.lines else ():
        for each in conflicts(bundle, ties, _concerned(facts), act_of(element), now, unit=unit):
            if each.effect == TASK:
                return each.sentence
    return None


def _receivers(
    tx: Connection, bundle: Bundle, facts: Facts, element: Element, row: Row[Any], now: datetime
) -> tuple[tuple[str, str], ...]:
    people = list(tx.execute(PEOPLE))
    tied = {
        ties.login
        for ties in ties_of(tx, [each.login for each in people])
        if any(each.effect == TASK for each in conflicts(bundle, ties, _concerned(facts), act_of(element), now))
    }
    free = [each for each in people if each.login not in tied]
    of_group = [each for each in free if row.candidate_group in each.groups and row.task_unit in {None, each.unit}] or [
        each for each in free if each.groups and not DECIDE_NOTHING & set(each.groups)
    ]
    return tuple(
        (each.login, f"{each.name} ({each.title})" if each.title else each.name)
        for each in of_group
        if each.login != row.assignee
    )


def _may_hand_over(actor: Actor, row: Row[Any]) -> bool:
    if row.assignee in actor.logins or actor.may(HANDS_OVER):
        return True
    acts = actor.acts_for(row.candidate_group, row.task_unit, None) is not None
    return row.assignee is None and (acts or actor.works_for(row.candidate_group, row.task_unit))


def _concerned(facts: Facts) -> list[Any]:
    return [line for line in facts.lines if line.status in {"open", "passed"}]


def _decisions(bundle: Bundle) -> list[str]:
    found = {
        element.properties.get("blocks", "")
        for process in bundle.processes.values()
        for element in process.of_type("userTask")
    }
    return sorted(found - {""})
