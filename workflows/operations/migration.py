"""Has running matters go on in another version of the procedure: asked for once, done matter by matter, each wholly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound
from workflows.domain.events import FactChanged
from workflows.domain.intervention_events import DossierMigrated
from workflows.operations.step import occasion
from workflows.rehearsal.migration import Matter, Moved, OpenTask, Outlook, carried_over, outlook
from workflows.store import migrating
from workflows.store.apply import Step, apply
from workflows.store.bundles import deployed, version
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database, clock, enqueue

PROCEDURE = "commendation"
SHORTEST_REASON, LONGEST_REASON = 3, 2_000
NO_LONGER = {
    "vi": "Hồ sơ đã kết thúc hoặc đã sang phiên bản khác.",
    "en": "The matter has ended, or is on another version already.",
}


class MigrationNeedsReason(InvalidInput):
    """Write why the dossiers go on to another version, in at most {longest} characters."""


class NothingToMigrate(InvalidInput):
    """Choose at least one dossier."""


class NotInForceYet(InvalidState):
    """Version {version} is in force from {day} only; dossiers go on to it from that day."""


class SameVersion(InvalidInput):
    """The dossiers are on version {version} already; choose another one."""


def begin_migration(
    db: Database,
    actor: Actor,
    old: int,
    new: int,
    numbers: Sequence[str],
    reason: str,
    *,
    renamed: Mapping[str, Mapping[str, str]] | None = None,
    consented: bool = False,
) -> int:
    """Have these matters of version `old` go on in version `new`; a job does them one by one. Returns the batch.

    `consented`: the person answers, with the reason, for new steps that a matter would not pass.
    Raises NotAllowed, NotFound, SameVersion, MigrationNeedsReason, NothingToMigrate.
    """
    _permit(actor, old, new, reason)
    with db.write() as tx:
        before, after = bundle_of(tx, old), bundle_of(tx, new)
        _require_in_force(tx, new)
        chosen = [key for key, number in migrating.running(tx, before) if number in set(numbers)]
        if not chosen:
            raise NothingToMigrate({"/numbers": "This must be filled in."})
        batch = migrating.add(
            tx,
            chosen,
            old=before,
            new=after,
            renamed={process: dict(steps) for process, steps in (renamed or {}).items()},
            consented=consented,
            reason=reason.strip(),
            by=actor.login,
            by_name=actor.name,
            at=clock(tx)[1],
        )
        enqueue(tx, "migrate_batch", batch=batch)
        return batch


def _permit(actor: Actor, old: int, new: int, reason: str) -> None:
    if not actor.may("instance.intervene"):
        raise NotAllowed(why="only an administrator moves dossiers to another version")
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise MigrationNeedsReason({"/reason": "This must be filled in."}, longest=LONGEST_REASON)
    if old == new:
        raise SameVersion(version=old)


def carry_on(db: Database, batch_id: int) -> int:
    """Migrate every matter of a batch that still waits, each in a transaction of its own; returns how many went on.

    Called again after a crash it goes on where it was: what is settled is settled.
    """
    with db.read() as tx:
        batch, waiting = migrating.batch(tx, batch_id), migrating.waiting(tx, batch_id)
    if batch is None:
        raise NotFound(what=f"Migration {batch_id}")
    return sum(_one(db, batch, instance) for instance in waiting)


def bundle_of(tx: Connection, number: int) -> int:
    """The id of a version by its number. Raises NotFound."""
    found = tx.execute(
        text("select id from bundle where key = :key and version = :number"), {"key": PROCEDURE, "number": number}
    ).scalar()
    if found is None:
        raise NotFound(what=f"Version {number}")
    return int(found)


def _require_in_force(tx: Connection, number: int) -> None:
    found = text("select valid_from from bundle where key = :key and version = :number")
    day = tx.execute(found, {"key": PROCEDURE, "number": number}).scalar_one()
    if day > local_day(clock(tx)[1]):
        raise NotInForceYet(version=number, day=day.strftime("%d/%m/%Y"))


def _one(db: Database, batch: migrating.Batch, instance: int) -> bool:
    with db.write() as tx:
        held = hold_id(tx, instance)
        if held.closed_at is not None or held.bundle_id != batch.old:
            migrating.settle(tx, batch.id, instance, migrating.REFUSED, held.now, said=[NO_LONGER])
            return False
        old, new = deployed(tx, batch.old), deployed(tx, batch.new)
        found = outlook(old, new, _matter(tx, held), batch.renamed, consented=batch.consented)
        if found.migrated is None:
            said = [{"vi": each.said.vi, "en": each.said.of("en")} for each in found.reasons]
            migrating.settle(tx, batch.id, instance, migrating.REFUSED, held.now, said=said)
            return False
        settled = migrating.settle(
            tx, batch.id, instance, migrating.DONE, held.now, told=_told(old, new, found), before=held.state
        )
        if settled:
            _carry(tx, held, new, batch, found)
        return settled


def _carry(tx: Connection, held: Instance, new: Bundle, batch: migrating.Batch, found: Outlook) -> None:
    assert found.migrated is not None
    state, after = found.migrated.state, found.migrated.after
    recorded = carried_over(held.facts, batch.renamed)
    event = DossierMigrated(
        batch=batch.id,
        from_version=version(tx, batch.old),
        to_version=version(tx, batch.new),
        renamed=batch.renamed,
        skipped=tuple(each.element for each in found.reasons),
        reason=batch.reason,
    )
    changed = tuple(FactChanged(change=change) for change in recorded.changes)
    migrating.refresh(
        tx,
        held.id,
        batch.new,
        tasks=[_row(tx, new, moved) for moved in found.tasks],
        renamed=batch.renamed,
        timers={timer: element for timer, (_, element, _) in after.timers.items()},
        messages=[name for _, _, name in after.messages],
    )
    actor = Actor(0, batch.by, batch.by_name)
    step = Step((event, *changed), recorded.facts, state)
    apply(tx, held, new, occasion(held, new, actor), step)


def _matter(tx: Connection, held: Instance) -> Matter:
    tasks = tuple(
        OpenTask(
            str(row.id),
            row.process,
            row.element,
            row.candidate_group,
            row.unit,
            row.assignee,
            row.opened_at,
            row.due_at,
        )
        for row in migrating.open_tasks(tx, held.id)
    )
    return Matter(held.number, held.process, held.unit, held.state, held.facts, tasks)


def _row(tx: Connection, new: Bundle, moved: Moved) -> dict[str, Any]:
    """The inbox row of a task after; somebody who is not of its new group does not keep it."""
    task = _kept(tx, new, moved)
    return {
        "id": task.id,
        "process": task.process,
        "element": task.element,
        "candidate_group": task.group,
        "unit": task.unit,
        "assignee": task.assignee,
        "due_at": task.due_at.isoformat() if task.due_at else None,
    }


def _kept(tx: Connection, new: Bundle, moved: Moved) -> OpenTask:
    task = moved.after
    given = "assignee" in new.element(task.process, task.element).properties
    moved_on = task.group != moved.before.group and not given
    if moved_on and task.assignee and not migrating.is_of(tx, task.assignee, task.group):
        return replace(task, assignee=None)
    return task


def _told(old: Bundle, new: Bundle, found: Outlook) -> dict[str, Any]:
    """What waited before and waits after, in words that outlive both versions."""

    def of(bundle: Bundle, task: OpenTask) -> dict[str, Any]:
        name, group = bundle.element_name(task.process, task.element), bundle.groups.get(task.group)
        return {
            "step": {"vi": name.vi, "en": name.of("en")},
            "group": {"vi": group.vi, "en": group.of("en")} if group else {"vi": task.group, "en": task.group},
            "due": task.due_at.isoformat() if task.due_at else None,
        }

    return {"tasks": [{"before": of(old, each.before), "after": of(new, each.after)} for each in found.tasks]}
