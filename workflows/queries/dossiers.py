"""The list of dossiers and the page of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.domain.facts import Facts
from workflows.domain.text import Text
from workflows.queries.comments import CommentRow, comments_on
from workflows.queries.escalations import escalations
from workflows.queries.law_and_days import LawAndDays, law_and_days
from workflows.queries.lines import line_rows
from workflows.queries.names import NONE, days_left, days_of_step, matter_title, newest, step_name, value_name
from workflows.queries.notices import notices_of
from workflows.queries.papers import papers_of
from workflows.queries.procedures import Opening, ProcedureRow, may_add_papers, openings, procedures_about
from workflows.queries.rows import Escalated, LineRow, NoticeRow, OpenTask, Page, PaperRow, Shown
from workflows.queries.scope import STATUS, VISIBLE, parameters, sees, visible
from workflows.queries.sentences import STATUSES, sentence
from workflows.queries.shown import shown_facts
from workflows.queries.units import mergers
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.outbox import is_awaited
from workflows.store.session import Database, clock

LIST = f"""select i.id, i.number, i.title, i.bundle_id, u.name as unit_name, i.award_form, i.kind,
  {STATUS} as status, i.stopped, i.opened_at,
  i.changed_at, (select min(t.due_at) from user_task t where t.instance_id = i.id and t.state = 'open') as due_at,
  i.process, (select count(*) from nominee n where n.instance_id = i.id)
    + (select count(*) from round_line r where r.instance_id = i.id) as lines_count, count(*) over () as total
from instance i left join unit u on u.code = i.unit
where i.process not in ('review_round', 'participation', 'publish_version') and {VISIBLE}
  and (cast(:search as text) is null or strpos(i.search, fold(:search)) > 0
    or strpos(fold(coalesce(u.name, '')), fold(:search)) > 0)
  and (cast(:status as text) is null or {STATUS} = :status)
order by i.id desc limit :size offset :skip"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier in a list."""

    number: str
    title: Text
    lines_count: int
    unit: str | None
    award_form: Text
    kind: Text
    status: str
    stopped: bool
    opened_at: datetime
    due_at: datetime | None
    due_working_days: int | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One dossier."""

    number: str
    title: Text
    unit: str | None
    award_form: Text
    kind: Text
    status: str
    sentence: Text
    stopped: str | None
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_working_days: int | None
    days_used: int | None
    days_allowed: int | None
    open_tasks: tuple[OpenTask, ...]
    lines: tuple[LineRow, ...]
    papers: tuple[PaperRow, ...]
    paper_kinds: tuple[tuple[str, Text], ...]
    facts: tuple[Shown, ...]
    may_withdraw: bool
    may_suspend: bool
    suspension_grounds: tuple[tuple[str, Text], ...]
    may_attach: bool
    prepare_task_id: str | None
    round_number: str | None
    notices: tuple[NoticeRow, ...]
    escalations: tuple[Escalated, ...]
    law: LawAndDays
    comments: tuple[CommentRow, ...]
    process: str
    about: str | None
    procedures: tuple[ProcedureRow, ...]
    openings: tuple[Opening, ...]
    mergers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class OpenChoices:
    """What can be chosen when something is opened."""

    movements: tuple[tuple[str, Text], ...]
    kinds: tuple[tuple[str, Text], ...]
    award_forms: tuple[tuple[str, Text], ...]


def dossiers(
    db: Database, actor: Actor, search: str | None = None, status: str | None = None, page: int = 1, size: int = 25
) -> Page[DossierRow]:
    """One page of the dossiers this person may see, newest first."""
    with db.read() as tx:
        rows = tx.execute(
            text(LIST),
            {
                "search": search.strip() if search and search.strip() else None,
                "status": status if status in STATUSES else None,
                "size": size,
                "skip": (max(page, 1) - 1) * size,
                **parameters(actor),
            },
        ).all()
        now = clock(tx)[1]
        return Page(tuple(_row(tx, row, now) for row in rows), rows[0].total if rows else 0, page, size)


def choices(db: Database, _actor: Actor) -> OpenChoices:
    """What a new dossier or round can be about, on the newest version of the procedure."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None:
        return OpenChoices((), (), ())
    vocabulary = bundle.vocabulary("dossier")
    return OpenChoices(
        tuple((key, movement.title) for key, movement in bundle.movements.items()),
        tuple((value, value_name(bundle, "dossier.kind", value)) for value in vocabulary["dossier.kind"].values),
        tuple(
            (value, value_name(bundle, "dossier.award_form", value))
            for value in vocabulary["dossier.award_form"].values
        ),
    )


def dossier(db: Database, actor: Actor, number: str) -> DossierPage:
    """One dossier, or a procedure about one. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = visible(tx, actor, number)
        if row.process == "review_round":
            raise NotFound(what=number)
        return _page(tx, actor, row)


def _page(tx: Connection, actor: Actor, row: Row[Any]) -> DossierPage:
    bundle = deployed(tx, row.bundle_id)
    facts = facts_of(tx, row.id, row.number)
    now = clock(tx)[1]
    mine = row.unit == actor.unit and actor.may("dossier.open")
    prepared = mine and row.process == "dossier" and row.status in {"dang-soan", "tra-lai"}
    adds_papers = may_add_papers(tx, actor, row.process, row.unit, closed=row.closed_at is not None)
    tasks = open_tasks(tx, bundle, actor, row.id, now)
    due, opened = min(((task.due_at, task.opened_at) for task in tasks if task.due_at), default=(None, row.opened_at))
    used, allowed = days_of_step(bundle.working_days(), opened, due, now) if due else (None, None)
    prepares = [task for task in tasks if task.may_open] if prepared else []
    return DossierPage(
        row.number,
        matter_title(row.process, row.kind, row.title),
        row.unit_name,
        value_name(bundle, "dossier.award_form", row.award_form),
        value_name(bundle, "dossier.kind", row.kind),
        row.status,
        sentence(tx, bundle, row.id, row.status),
        row.stopped,
        row.opened_at,
        row.closed_at,
        due,
        days_left(bundle.working_days(), due, now),
        used,
        allowed,
        tasks,
        line_rows(bundle, facts, actor, own_number=row.number),
        papers_of(tx, bundle, row.id, may_remove=prepared),
        tuple(bundle.papers.items()),
        shown_facts(bundle, row.process, facts, actor.locale),
        mine and is_awaited(tx, row.id, "dossier_withdrawn"),
        _may_suspend(tx, actor, row.id, facts),
        tuple(bundle.worded("suspension.ground").values.items()),
        prepared or adds_papers or (actor.may("dossier.suspend") and bool(facts.counts()["any_suspended"])),
        prepares[0].task_id if prepares else None,
        _seen_round(tx, actor, row.number),
        **_around(tx, bundle, actor, row, facts, now),
    )


def _seen_round(tx: Connection, actor: Actor, number: str) -> str | None:
    joined = round_of(tx, number)
    return joined if joined and sees(tx, actor, joined) else None


def _may_suspend(tx: Connection, actor: Actor, instance: int, facts: Facts) -> bool:
    return actor.may("dossier.suspend") and bool(facts.open_lines()) and is_awaited(tx, instance, "dossier_suspended")


def _around(tx: Connection, bundle: Bundle, actor: Actor, row: Row[Any], facts: Facts, now: datetime) -> dict[str, Any]:
    """What was sent about it, its laws and days, and what came or may still come after the decision."""
    return {
        "notices": notices_of(tx, bundle, row.id),
        "escalations": escalations(tx, bundle, row.id),
        "law": law_and_days(tx, bundle, facts, row, now),
        "comments": comments_on(tx, row.id),
        "process": row.process,
        "about": row.about,
        "procedures": procedures_about(tx, actor, row.about or row.number),
        "openings": openings(tx, actor, row.bundle_id, facts) if row.process == "dossier" else (),
        "mergers": mergers(tx, row.id),
    }


def open_tasks(tx: Connection, bundle: Bundle, actor: Actor, instance: int, now: datetime) -> tuple[OpenTask, ...]:
    """The tasks that wait, with who has them."""
    rows = tx.execute(
        text(
            """select t.id, t.process, t.element, t.assignee, t.candidate_group, t.unit, t.opened_at, t.due_at, a.name
from user_task t left join account a on a.login = t.assignee where t.instance_id = :id and t.state = 'open'
order by t.opened_at, a.id"""
        ),
        {"id": instance},
    )
    return tuple(
        OpenTask(
            str(row.id),
            step_name(bundle, row.process, row.element),
            row.name,
            bundle.groups.get(row.candidate_group, NONE),
            row.due_at,
            days_left(bundle.working_days(), row.due_at, now),
            row.assignee in actor.logins
            or (
                row.assignee is None
                and (
                    actor.works_for(row.candidate_group, row.unit)
                    or actor.acts_for(row.candidate_group, row.unit, None) is not None
                )
            ),
            row.opened_at,
        )
        for row in rows
    )


def round_of(tx: Connection, number: str) -> str | None:
    """The number of the round that gathered a dossier last."""
    found = text(
        "select i.number from round_line r join instance i on i.id = r.instance_id"
        " where r.dossier = :n and i.process = 'review_round' order by i.id desc limit 1"
    )
    return tx.execute(found, {"n": number}).scalar()


def _row(tx: Connection, row: Row[Any], now: datetime) -> DossierRow:
    bundle = deployed(tx, row.bundle_id)
    return DossierRow(
        row.number,
        matter_title(row.process, row.kind, row.title),
        row.lines_count,
        row.unit_name,
        value_name(bundle, "dossier.award_form", row.award_form),
        value_name(bundle, "dossier.kind", row.kind),
        row.status,
        row.stopped is not None,
        row.opened_at,
        row.due_at,
        days_left(bundle.working_days(), row.due_at, now),
    )
