"""What people do with a task of the inbox: take it on, give it back, keep a draft, complete it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workflows import engine
from workflows.definitions import Bundle
from workflows.definitions import Form as BundleForm
from workflows.definitions.process import Element
from workflows.definitions.requirements import missing_papers
from workflows.domain import permit
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.count import check_count
from workflows.domain.entries import require_answered
from workflows.domain.errors import GivenByProcedure, InvalidState, MissingPapers, StaleRevision
from workflows.domain.events import TaskClaimed, TaskCompleted, TaskReleased
from workflows.domain.facts import Facts
from workflows.domain.form import clean, draft
from workflows.domain.form_order import require_order
from workflows.domain.record import Change, FactSet, Form, Recorded, record, set_values
from workflows.domain.sheet import require_sheet
from workflows.domain.text import Text
from workflows.domain.window import Window
from workflows.operations import secret_ballots
from workflows.operations.admission import require_admitted
from workflows.operations.blocking import require_unbarred
from workflows.operations.conflicts import (
    Who,
    appraised_by,
    require_assignable,
    require_free,
    require_lines_free,
    with_exclusions,
)
from workflows.operations.gathering import take_gathered
from workflows.operations.given import given
from workflows.operations.offered import require_offered
from workflows.operations.step import Intent, move
from workflows.store import inbox, papers
from workflows.store.bundles import deployed
from workflows.store.load import Instance, Task, hold_task
from workflows.store.session import Database, real_time


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a completed task; `next_task_id` is the actor's next task, if one waits, `left` how many do."""

    number: str
    element: str
    next_task_id: str | None
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    """A task held for one transaction, with everything its rules look at."""

    held: Instance
    task: Task
    bundle: Bundle

    @property
    def name(self) -> Text:
        return self.bundle.element_name(self.task.process, self.task.element)

    @property
    def element(self) -> Element:
        return self.bundle.element(self.task.process, self.task.element)

    @property
    def form(self) -> BundleForm:
        return self.bundle.forms[self.task.element]


def claim(db: Database, actor: Actor, task_id: str) -> None:
    """Take a task on. Raises NotYourTask, TaskTaken, TaskNotOpen."""
    with db.write() as tx:
        work = _held(tx, task_id)
        _permit_take(actor, work)
        if work.task.assignee != actor.login:
            _permit_ties(tx, actor, work)
            _permit_second(actor, work)
            inbox.assign(tx, work.task.id, actor.login)
            claimed = TaskClaimed(task=work.task.id, element=work.task.element)
            move(tx, work.held, Intent(actor, before=(claimed,), on_behalf_of=_absent(actor, work)))


def release(db: Database, actor: Actor, task_id: str) -> None:
    """Give a task back to its group. Raises InvalidState where it was assigned by the procedure itself."""
    with db.write() as tx:
        work = _held(tx, task_id)
        _permit_take(actor, work)
        if "assignee" in work.element.properties:
            raise GivenByProcedure(task=work.name)
        inbox.assign(tx, work.task.id, None)
        released = TaskReleased(task=work.task.id, element=work.task.element)
        move(tx, work.held, Intent(actor, before=(released,), on_behalf_of=_absent(actor, work)))


class KeptElsewhere(InvalidState):
    """Another window kept a newer draft of this task at {at}. Choose what counts, field by field."""


def save_draft(
    db: Database, actor: Actor, task_id: str, answers: Mapping[str, Any], window: Window | None = None
) -> datetime:
    """Keep what was typed so far; returns the real time at which it was kept. The answers are not checked yet.

    Raises KeptElsewhere where another `window` of this person kept something else since this one began.
    """
    with db.write() as tx:
        work = _held(tx, task_id)
        _permit_take(actor, work)
        if work.form.is_secret:
            raise secret_ballots.SecretBallot
        saved = real_time()
        if window:
            _permit_window(tx, actor, work, window, answers)
        kept_from = window.key if window else None
        inbox.keep_draft(tx, work.task.id, actor.login, json.dumps(answers), saved, kept_from)
        return saved


def complete(
    db: Database,
    actor: Actor,
    task_id: str,
    raw: Any,
    *,
    key: str,
    seen: int | None = None,
    window: Window | None = None,
) -> Completed:
    """Complete a task with the answers of its form; the same `key` again changes nothing and gives the same answer.

    `seen` is the last history number on the page the answers were given on. Raises TaskNotOpen, NotYourTask,
    SamePerson, StaleRevision, KeptElsewhere, EntriesRefused, MissingPapers.
    """
    with db.write() as tx:
        work = _held(tx, task_id)
        if work.task.completion_key == key and work.task.closed_by == actor.login:
            return Completed(work.held.number, work.task.element, *inbox.next_task(tx, actor))
        _permit_complete(tx, actor, work, seen)
        if window:
            _permit_window(tx, actor, work, window, draft(work.form.schema, raw))
        intent = _answered(tx, db, actor, work, raw, key)
        move(tx, work.held, intent)
        return Completed(work.held.number, work.task.element, *inbox.next_task(tx, actor))


def _held(tx: Connection, task_id: str) -> _Work:
    held, task = hold_task(tx, task_id)
    return _Work(held, task, deployed(tx, held.bundle_id))


def _permit_take(actor: Actor, work: _Work) -> None:
    task, number = work.task, work.held.number
    permit.open_task(task=work.name, number=number, state=task.state, by=task.closed_by_name, at=task.closed_at)
    taken = None if task.assignee is None else (task.assignee, task.assignee_name or task.assignee)
    group = (task.candidate_group, work.bundle.groups.get(task.candidate_group, Text(task.candidate_group)))
    permit.to_take(actor, task=work.name, group=group, unit=task.unit, taken=taken, number=number)


def _who(actor: Actor, work: _Work) -> Who:
    absent = actor.acts_for(work.task.candidate_group, work.task.unit, work.task.assignee)
    return Who(actor.login, (absent.login, absent.name) if absent else None)


def _absent(actor: Actor, work: _Work) -> str | None:
    absent = _who(actor, work).absent
    return absent[0] if absent else None


def _permit_ties(tx: Connection, actor: Actor, work: _Work) -> None:
    require_free(tx, work.bundle, work.held, work.element, _who(actor, work), work.name)


def _permit_complete(tx: Connection, actor: Actor, work: _Work, seen: int | None) -> None:
    _permit_take(actor, work)
    _permit_ties(tx, actor, work)
    _permit_second(actor, work)
    if seen is not None and seen != work.held.seq and work.task.item is None:
        what = inbox.changed_since(tx, work.held.id, seen, actor.login)
        if what:
            raise StaleRevision(number=work.held.number, what=what)


def _permit_second(actor: Actor, work: _Work) -> None:
    """Two pairs of eyes: neither who completed an earlier task, nor anybody whom a fact of the matter lists."""
    logins, told = _who(actor, work).logins, work.element.properties
    named = [(each, work.bundle.element_name(work.task.process, each)) for each in told.get("notBy", "").split()]
    permit.second_person(logins, work.held.facts, task=work.name, not_by=named)
    if others := told.get("notAmong"):
        permit.not_among(logins, work.held.facts.get(others), task=work.name)


def _permit_window(tx: Connection, actor: Actor, work: _Work, window: Window, answers: Mapping[str, Any]) -> None:
    found = inbox.kept_elsewhere(tx, work.task.id, actor.login, window)
    if found and found[1] != answers:
        raise KeptElsewhere(at=found[0])


def _answered(tx: Connection, db: Database, actor: Actor, work: _Work, raw: Any, key: str) -> Intent:
    held, task, form = work.held, work.task, work.form
    answers = clean(form.schema, raw)
    require_offered(tx, work.bundle, held.facts, form.schema, answers)
    require_assignable(tx, work.bundle, held, form.schema, form.prefix, answers)
    told, numbered = given(tx, work.bundle, held, form.schema, form.prefix)
    answers = {**answers, **told}
    if council := form.schema.get("x-count"):
        check_count(held.facts, council, answers)
    recorded = record(held.facts, _recording(form), answers, number=held.number, item=task.item)
    require_answered(held.facts, form.schema, answers)
    require_sheet(held.facts, form.schema, answers, _plan(work))
    require_order(form.schema, answers, recorded.facts, local_day(held.now))
    voted = [change.line for change in recorded.changes if isinstance(change, FactSet) and change.item]
    require_lines_free(tx, work.bundle, held, work.element, _who(actor, work), voted)
    if form.is_secret:
        secret_ballots.cast(tx, db, held, form.prefix, recorded.changes)
        answers, recorded = {}, Recorded(held.facts, ())
    recorded = _then(recorded, take_gathered(tx, recorded.facts, form.schema, answers, held))
    recorded = _signed(tx, actor, work, recorded)
    require_admitted(tx, work.bundle, work.element, recorded.facts, form.schema, held.now)
    _require_papers(tx, work, recorded.facts)
    require_unbarred(tx, work.bundle, held, work.element, form, recorded.facts, answers)
    done = TaskCompleted(
        task=task.id,
        process=task.process,
        element=task.element,
        form=form.sha256,
        answers=answers,
        item=task.item,
    )
    return Intent(
        actor,
        engine.Complete(task.id),
        recorded.facts,
        recorded.changes,
        (done, *numbered),
        key,
        on_behalf_of=_absent(actor, work),
    )


def _signed(tx: Connection, actor: Actor, work: _Work, recorded: Recorded) -> Recorded:
    """With who did it and for whom, who appraised, and who of the councils does not vote."""
    if work.task.item is None:
        element = work.task.element
        done_by = {f"by.{element}": actor.login, f"for.{element}": _absent(actor, work)}
        known = {name: value for name, value in done_by.items() if value or work.held.facts.get(name)}
        recorded = _then(recorded, set_values(recorded.facts, known))
    recorded = _then(recorded, appraised_by(recorded.facts, work.element, actor.login))
    return _then(recorded, with_exclusions(tx, work.bundle, recorded.facts, work.held))


def _plan(work: _Work) -> Mapping[str, Any]:
    movement = work.bundle.movements.get(work.held.facts.text("dossier.movement") or "")
    return movement.told if movement else {}


def _recording(form: BundleForm) -> Form:
    return Form(form.task_id, form.prefix, form.schema)


def _then(first: Recorded, second: Recorded) -> Recorded:
    changes: tuple[Change, ...] = (*first.changes, *second.changes)
    return Recorded(second.facts, changes)


def _require_papers(tx: Connection, work: _Work, facts: Facts) -> None:
    """Raises MissingPapers: what the table asks of the matter, and what this task itself encloses."""
    decision, kind = (work.element.properties.get(name) for name in ("requires", "encloses"))
    lacking: tuple[Text, ...] = ()
    if decision:
        lacking = missing_papers(work.bundle, decision, facts, papers.kinds(tx, work.held.id), work.held.now)
    if kind and kind not in papers.kinds(tx, work.held.id, since=work.task.opened_at):
        lacking = (*lacking, work.bundle.papers[kind])
    if lacking:
        vi, en = ([each.of(locale) for each in lacking] for locale in ("vi", "en"))
        raise MissingPapers(papers=Text(", ".join(vi), ", ".join(en)))
