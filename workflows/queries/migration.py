"""What would become of running matters in another version, and what became of those somebody had go on to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.definitions.counterparts import Counterparts, Names, suggested
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.domain.text import Text
from workflows.queries.names import step_name
from workflows.rehearsal.migration import Matter, Moved, OpenTask, changed_decisions, outlook
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database

KEY = "commendation"
MOST = 1_000
VERSIONS = text(
    """select b.id, b.version, b.name, count(i.id) as running from bundle b
left join instance i on i.bundle_id = b.id and i.closed_at is null and i.process <> 'publish_version'
where b.key = :key group by b.id order by b.version desc"""
)
MATTERS = text(
    """select id, number, process, unit, state, title, stopped from instance
where bundle_id = :bundle and closed_at is null and process <> 'publish_version' order by number limit :most"""
)
TASKS = text(
    """select instance_id, id, process, element, candidate_group, unit, assignee, opened_at, due_at from user_task
where state = 'open' and instance_id = any(:ids) order by opened_at, id"""
)
MADE = text(
    """select distinct instance_id, cast(body as json) -> 'event' ->> 'decision' as decision from history
where kind = 'DecisionMade' and instance_id = any(:ids)"""
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An open task as one version has it."""

    step: Text
    group: Text
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """An open task before and after; `form` says what its form asks otherwise."""

    before: Standing
    after: Standing
    form: Text | None


@dataclass(frozen=True, slots=True)
class Tried:
    """One matter of the dry run. `state`: "goes", "consent" or "stays"; `made`: changed decisions it made before."""

    number: str
    title: str
    state: str
    reasons: tuple[Text, ...]
    tasks: tuple[Change, ...]
    made: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A step of the old version whose id is gone: new ones that may stand for it, and the one chosen."""

    process: str
    element: str
    name: Text
    choices: tuple[tuple[str, Text], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The dry run of a migration; nothing has been changed."""

    old: int
    new: int
    gone: tuple[Gone, ...]
    rows: tuple[Tried, ...]
    decisions: tuple[Text, ...]
    renamed: Names

    def count(self, state: str) -> int:
        """How many matters would go, go with consent, or stay."""
        return sum(row.state == state for row in self.rows)


@dataclass(frozen=True, slots=True)
class Choice:
    """A version with what runs on it."""

    version: int
    name: str
    running: int


def versions(db: Database, actor: Actor) -> tuple[Choice, ...]:
    """Every version with what runs on it, the newest first."""
    permit(actor)
    with db.read() as tx:
        rows = tx.execute(VERSIONS, {"key": KEY})
        return tuple(Choice(row.version, row.name, row.running) for row in rows)


def plan(db: Database, actor: Actor, old: int, new: int, renamed: Names | None = None) -> Plan:
    """Try every running matter of a version on another one, on copies. Without `renamed` by what is suggested.

    Raises NotAllowed, NotFound.
    """
    permit(actor)
    return plan_of(db, old, new, renamed)


def plan_of(db: Database, old: int, new: int, renamed: Names | None = None) -> Plan:
    """The same for who asks at the machine itself. Raises NotFound."""
    with db.read() as tx:
        before, after = _version(tx, old), _version(tx, new)
        return _plan(tx, (old, before), deployed(tx, before), (new, deployed(tx, after)), renamed)


def plans_to(db: Database, new: Bundle) -> tuple[Plan, ...]:
    """The same for files that are no version yet (its number is 0), from every version on which something runs."""
    with db.read() as tx:
        held = [row for row in tx.execute(VERSIONS, {"key": KEY}) if row.running]
        return tuple(_plan(tx, (row.version, row.id), deployed(tx, row.id), (0, new)) for row in held)


def _plan(
    tx: Connection, old: tuple[int, int], first: Bundle, new: tuple[int, Bundle], renamed: Names | None = None
) -> Plan:
    """`old` is number and id, `new` number and content."""
    then = new[1]
    names = suggested(first, then) if renamed is None else renamed
    changed = changed_decisions(first, then)
    rows = tx.execute(MATTERS, {"bundle": old[1], "most": MOST}).all()
    ids = [row.id for row in rows]
    tasks, made = _open_tasks(tx, ids), _made(tx, ids)
    tried = tuple(
        _tried(tx, first, then, row, tasks.get(row.id, ()), names, made.get(row.id, set()) & set(changed))
        for row in rows
    )
    decisions = tuple(_decision(then, name) for name in changed)
    return Plan(old[0], new[0], _gone(first, then, names), tried, decisions, names)


def permit(actor: Actor) -> None:
    """Raises NotAllowed for everybody but administrators."""
    if not actor.may("instance.intervene"):
        raise NotAllowed(why="only an administrator moves dossiers to another version")


def _version(tx: Connection, number: int) -> int:
    found = tx.execute(
        text("select id from bundle where key = :key and version = :number"), {"key": KEY, "number": number}
    ).scalar()
    if found is None:
        raise NotFound(what=f"Version {number}")
    return int(found)


def _open_tasks(tx: Connection, ids: list[int]) -> dict[int, list[OpenTask]]:
    found: dict[int, list[OpenTask]] = {}
    for row in tx.execute(TASKS, {"ids": ids}):
        task = OpenTask(
            str(row.id),
            row.process,
            row.element,
            row.candidate_group,
            row.unit,
            row.assignee,
            row.opened_at,
            row.due_at,
        )
        found.setdefault(row.instance_id, []).append(task)
    return found


def _made(tx: Connection, ids: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in tx.execute(MADE, {"ids": ids}):
        found.setdefault(row.instance_id, set()).add(row.decision)
    return found


def _tried(
    tx: Connection,
    old: Bundle,
    new: Bundle,
    row: Row[Any],
    tasks: Iterable[OpenTask],
    names: Names,
    made: set[str],
) -> Tried:
    facts = facts_of(tx, row.id, row.number)
    matter = Matter(row.number, row.process, row.unit, bytes(row.state), facts, tuple(tasks))
    found = outlook(old, new, matter, names, consented=True)
    state = "stays" if found.migrated is None else "consent" if found.reasons else "goes"
    reasons = tuple(each.said for each in found.reasons)
    told = tuple(_decision(new, name) for name in sorted(made))
    return Tried(row.number, row.title, state, reasons, tuple(_change(old, new, each) for each in found.tasks), told)


def _change(old: Bundle, new: Bundle, moved: Moved) -> Change:
    return Change(_standing(old, moved.before), _standing(new, moved.after), moved.form)


def _standing(bundle: Bundle, task: OpenTask) -> Standing:
    group = bundle.groups.get(task.group, Text(task.group))
    return Standing(step_name(bundle, task.process, task.element), group, task.due_at)


def _decision(bundle: Bundle, name: str) -> Text:
    table = next(iter(bundle.tables.get(name, {}).values()), None)
    return Text(getattr(table, "name", "") or name)


def _gone(old: Bundle, new: Bundle, names: Names) -> tuple[Gone, ...]:
    plain = Counterparts(old, new)
    found = []
    for process in sorted(old.processes.keys() & new.processes.keys()):
        drawn = new.processes[process]
        for gone in plain.removed(process):
            same = [each for each in sorted(plain.added[process]) if drawn.elements[each].type == gone.type]
            choices = tuple((each, step_name(new, process, each)) for each in same)
            chosen = names.get(process, {}).get(gone.id, "")
            found.append(Gone(process, gone.id, step_name(old, process, gone.id), choices, chosen))
    return tuple(found)
