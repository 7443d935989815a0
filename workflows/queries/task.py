"""Everything the page of one task shows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle, Form
from workflows.definitions.requirements import required_papers
from workflows.domain.actor import Actor
from workflows.domain.calendar import local_day
from workflows.domain.errors import DomainError, NotFound
from workflows.domain.facts import Facts
from workflows.domain.text import Text
from workflows.queries.choices import choices
from workflows.queries.comments import CommentRow, comments_on
from workflows.queries.drafted import with_draft
from workflows.queries.escalations import escalations
from workflows.queries.law_and_days import LawAndDays, law_and_days
from workflows.queries.lines import line_rows, ties_to, units_of
from workflows.queries.names import citation, days_left, matter_title, step_name, value_name
from workflows.queries.papers import papers_of
from workflows.queries.prefill import prefill
from workflows.queries.procedures import may_add_papers
from workflows.queries.returns import Difference, defects, difference
from workflows.queries.rows import Choices, Escalated, LineRow, Opinion, PaperRow, RequiredPaper, Shown
from workflows.queries.scope import REACHED, VISIBLE, parameters, reach
from workflows.queries.sentences import sentence
from workflows.queries.shown import known, opinions, shown_facts
from workflows.store import papers, presence
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database, clock, real_time

APPRAISED = "dang-tham-dinh"
SELECT = (
    """select t.id, t.process, t.element, t.item, t.candidate_group, t.unit as task_unit, t.assignee, t.state,
  t.opened_at,
  t.due_at, t.closed_at, t.closed_by, i.id as instance_id, i.number, i.process as instance_process,
  i.title, i.bundle_id,
  i.unit as instance_unit,
  i.status, i.seq, i.award_form, i.kind, u.name as unit_name, a.name as assignee_name, c.name as closed_name,
  d.answers as draft, d.saved_at as draft_saved_at, w.day as follow_up_on
from user_task t join instance i on i.id = t.instance_id left join unit u on u.code = i.unit
  left join account a on a.login = t.assignee left join account c on c.login = t.closed_by
  left join draft d on d.task_id = t.id and d.login = :login
  left join follow_up w on w.task_id = t.id and w.login = :login
where t.id = :task and ("""
    + VISIBLE
    + """ or """
    + REACHED
    + ")"
)


MATTER = text("select id, number, bundle_id, opened_at, closed_at from instance where id = :id")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task with the matter it is about; `revision` is the last history number the page shows."""

    task_id: str
    number: str
    process: str
    instance_process: str
    element: str
    step: Text
    title: Text
    status: str
    sentence: Text
    state: str
    unit: str | None
    award_form: Text
    kind: Text
    assignee: str | None
    assignee_name: str | None
    completed_by: str | None
    completed_at: datetime | None
    may_claim: bool
    may_release: bool
    may_work: bool
    revision: int
    opened_at: datetime
    due_at: datetime | None
    due_working_days: int | None
    days_used: int | None
    days_allowed: int | None
    form: Form
    answers: dict[str, Any]
    known: dict[str, Any]
    draft_saved_at: datetime | None
    follow_up_on: date | None
    lines: tuple[LineRow, ...]
    papers: tuple[PaperRow, ...]
    required_papers: tuple[RequiredPaper, ...]
    paper_kinds: tuple[tuple[str, Text], ...]
    may_attach: bool
    defects: tuple[LineRow, ...]
    difference: Difference | None
    escalations: tuple[Escalated, ...]
    facts: tuple[Shown, ...]
    earlier: tuple[Opinion, ...]
    choices: Choices
    legal_basis: str
    instructions: Text
    law: LawAndDays
    comments: tuple[CommentRow, ...]
    looking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Which task of which matter."""

    task_id: str
    number: str
    instance_process: str
    title: Text
    step: Text


def heading(db: Database, actor: Actor, task_id: str) -> Heading:
    """Which task this is. Raises NotFound where it does not exist or is not this person's to see."""
    with db.read() as tx:
        row = _found(tx, actor, task_id)
        step = step_name(deployed(tx, row.bundle_id), row.process, row.element)
        title = matter_title(row.instance_process, row.kind, row.title)
        return Heading(str(row.id), row.number, row.instance_process, title, step)


def task(db: Database, actor: Actor, task_id: str) -> TaskPage:
    """One task. Raises NotFound where it does not exist or is not this person's to see."""
    with db.read() as tx:
        row = _found(tx, actor, task_id)
        bundle = deployed(tx, row.bundle_id)
        facts = facts_of(tx, row.instance_id, row.number)
        return _page(tx, actor, row, bundle, facts)


def _found(tx: Connection, actor: Actor, task_id: str) -> Row[Any]:
    try:
        key = UUID(task_id)
    except ValueError as error:
        raise NotFound(what="This task") from error
    values = {"task": key, **reach(actor), **parameters(actor)}
    row = tx.execute(text(SELECT), values).one_or_none()
    if row is None:
        raise NotFound(what="This task")
    return row


def _page(tx: Connection, actor: Actor, row: Row[Any], bundle: Bundle, facts: Facts) -> TaskPage:
    element, form = bundle.element(row.process, row.element), bundle.forms[row.element]
    encloses = element.properties.get("encloses") if row.state == "open" else None
    prepares = row.state == "open" and row.instance_process == "dossier" and row.status in {"dang-soan", "tra-lai"}
    return TaskPage(
        **_told_by(row),
        **_permitted(actor, row, by_procedure="assignee" in element.properties),
        **_timed(bundle, row, clock(tx)[1]),
        step=step_name(bundle, row.process, row.element),
        sentence=sentence(tx, bundle, row.instance_id, row.status),
        award_form=value_name(bundle, "dossier.award_form", row.award_form),
        kind=value_name(bundle, "dossier.kind", row.kind),
        form=form,
        answers=row.draft if row.draft is not None else prefill(form, facts),
        known=prefill(form, facts),
        lines=_lines(tx, bundle, facts, actor, row),
        papers=papers_of(tx, bundle, row.instance_id, may_remove=prepares, since=row.opened_at if encloses else None),
        required_papers=_required(tx, bundle, form, facts, row),
        paper_kinds=tuple((key, name) for key, name in bundle.papers.items() if encloses in {None, key}),
        defects=tuple(each.row for each in defects(bundle, facts, actor.locale)),
        difference=_difference(tx, bundle, facts, actor, row),
        may_attach=prepares
        or encloses is not None
        or may_add_papers(tx, actor, row.instance_process, None, closed=row.state != "open")
        or _may_add_on_suspension(actor, row, facts),
        escalations=escalations(tx, bundle, row.instance_id),
        facts=shown_facts(bundle, row.instance_process, facts, actor.locale, known(tx)),
        earlier=opinions(tx, bundle, row.instance_id, actor.locale),
        choices=choices(tx, bundle, form, facts, clock(tx)[1]),
        legal_basis=citation(element.properties.get("legalBasis", "")),
        instructions=Text(element.documentation, form.ui.get("instructions", {}).get("en", "")),
        law=law_and_days(tx, bundle, facts, tx.execute(MATTER, {"id": row.instance_id}).one(), clock(tx)[1]),
        comments=comments_on(tx, row.instance_id),
        looking=presence.others(tx, str(row.id), actor.login, real_time()),
    )


def _may_add_on_suspension(actor: Actor, row: Row[Any], facts: Facts) -> bool:
    """Whether the office may attach what a suspension of this dossier rests on."""
    suspends = row.instance_process != "review_round" and actor.may("dossier.suspend")
    return bool(suspends and facts.counts()["any_suspended"])


def _told_by(row: Row[Any]) -> dict[str, Any]:
    """What the page shows as the tables have it."""
    return {
        "task_id": str(row.id),
        "number": row.number,
        "process": row.process,
        "instance_process": row.instance_process,
        "element": row.element,
        "title": matter_title(row.instance_process, row.kind, row.title),
        "status": row.status,
        "state": row.state,
        "unit": row.unit_name,
        "assignee": row.assignee,
        "assignee_name": row.assignee_name,
        "completed_by": row.closed_name,
        "completed_at": row.closed_at,
        "revision": row.seq,
        "opened_at": row.opened_at,
        "due_at": row.due_at,
        "draft_saved_at": row.draft_saved_at,
        "follow_up_on": row.follow_up_on,
    }


def _permitted(actor: Actor, row: Row[Any], *, by_procedure: bool) -> dict[str, Any]:
    """What this person may do with the task now."""
    is_open, absent = row.state == "open", actor.acts_for(row.candidate_group, row.task_unit, row.assignee)
    mine = row.assignee == actor.login or (row.assignee is not None and row.item is None and absent is not None)
    free = row.assignee is None and (absent is not None or actor.works_for(row.candidate_group, row.task_unit))
    return {
        "may_claim": is_open and free,
        "may_release": is_open and mine and not by_procedure,
        "may_work": is_open and (mine or free),
    }


def _timed(bundle: Bundle, row: Row[Any], now: datetime) -> dict[str, Any]:
    """The working days of the task: left, used and allowed."""
    if row.due_at is None:
        return {"due_working_days": None, "days_used": None, "days_allowed": None}
    calendar, opened = bundle.working_days(), local_day(row.opened_at)
    return {
        "due_working_days": days_left(calendar, row.due_at, now) if row.state == "open" else None,
        "days_used": calendar.between(opened, local_day(now)),
        "days_allowed": calendar.between(opened, local_day(row.due_at)),
    }


def _lines(tx: Connection, bundle: Bundle, facts: Facts, actor: Actor, row: Row[Any]) -> tuple[LineRow, ...]:
    element = bundle.element(row.process, row.element)
    tied = ties_to(tx, bundle, facts, actor, element, clock(tx)[1], row.instance_unit)
    rows = line_rows(bundle, facts, actor, own_number=row.number, units=units_of(tx, facts), tied=tied)
    if row.item is None:
        return rows
    return tuple(replace(each, tally=None) for each in rows)


def _required(tx: Connection, bundle: Bundle, form: Form, facts: Facts, row: Row[Any]) -> tuple[RequiredPaper, ...]:
    """The papers that the route asks for, by the entries of the draft as far as they decide it."""
    properties = bundle.element(row.process, row.element).properties
    decision, kind = properties.get("requires"), properties.get("encloses")
    if row.state != "open":
        return ()
    if kind:
        attached = kind in papers.kinds(tx, row.instance_id, since=row.opened_at)
        return (RequiredPaper(kind, bundle.papers[kind], attached, mandatory=True),)
    if decision is None:
        return ()
    present, now = {each.kind for each in _kinds(tx, row.instance_id)}, clock(tx)[1]
    try:
        needed = required_papers(bundle, decision, with_draft(facts, form, row.draft, row.number), now)
    except DomainError:
        needed = required_papers(bundle, decision, facts, now)
    return tuple(
        RequiredPaper(each.kind, bundle.papers[each.kind], each.kind in present, each.mandatory) for each in needed
    )


def _difference(tx: Connection, bundle: Bundle, facts: Facts, actor: Actor, row: Row[Any]) -> Difference | None:
    """What changed since the last return, for those who appraise the dossier again."""
    again = row.state == "open" and row.status == APPRAISED
    return difference(tx, bundle, row.instance_id, facts, actor.locale) if again else None


def _kinds(tx: Connection, instance: int) -> list[Row[Any]]:
    return list(
        tx.execute(
            text("select distinct kind from paper where instance_id = :id and removed_at is null"), {"id": instance}
        )
    )
