"""The list of review rounds and the page of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.queries.dossiers import choices, open_tasks
from workflows.queries.lines import line_rows, units_of
from workflows.queries.meeting import Member, members
from workflows.queries.names import matter_title, value_name
from workflows.queries.papers import papers_of
from workflows.queries.rows import LineRow, OpenTask, Page, PaperRow, Shown
from workflows.queries.scope import VISIBLE, parameters, visible
from workflows.queries.sentences import sentence
from workflows.queries.shown import shown_facts
from workflows.store import outbox
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database, clock

__all__ = ["GatheredDossier", "RoundPage", "RoundRow", "choices", "round_page", "rounds"]

LIST = f"""select i.id, i.number, i.title, i.bundle_id, i.award_form, i.kind, i.status, i.opened_at,
  (select min(t.due_at) from user_task t where t.instance_id = i.id and t.state = 'open') as due_at,
  (select count(*) from round_line r where r.instance_id = i.id) as lines_count,
  (select count(distinct r.dossier) from round_line r where r.instance_id = i.id) as dossiers_count,
  count(*) over () as total
from instance i where i.process = 'review_round' and {VISIBLE}
  and (cast(:search as text) is null or strpos(i.search, fold(:search)) > 0)
order by i.number desc limit :size offset :skip"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round in a list."""

    number: str
    title: Text
    award_form: Text
    opened_at: datetime
    status: str
    dossiers_count: int
    lines_count: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class GatheredDossier:
    """A dossier of a round, or one that waits for a round."""

    number: str
    title: Text
    unit: str | None
    lines_count: int


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round."""

    number: str
    title: Text
    award_form: Text
    status: str
    sentence: Text
    stopped: str | None
    opened_at: datetime
    closed_at: datetime | None
    dossiers: tuple[GatheredDossier, ...]
    lines: tuple[LineRow, ...]
    open_tasks: tuple[OpenTask, ...]
    papers: tuple[PaperRow, ...]
    facts: tuple[Shown, ...]
    waiting: tuple[GatheredDossier, ...]
    ballots_cast: int
    ballots_total: int
    members: tuple[Member, ...] = ()


def rounds(db: Database, actor: Actor, search: str | None = None, page: int = 1, size: int = 25) -> Page[RoundRow]:
    """One page of the rounds this person may see, newest first."""
    with db.read() as tx:
        rows = tx.execute(
            text(LIST),
            {
                "search": search.strip() if search and search.strip() else None,
                "size": size,
                "skip": (max(page, 1) - 1) * size,
                **parameters(actor),
            },
        ).all()
        return Page(tuple(_row(tx, row) for row in rows), rows[0].total if rows else 0, page, size)


def round_page(db: Database, actor: Actor, number: str) -> RoundPage:
    """One round. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = visible(tx, actor, number)
        if row.process != "review_round":
            raise NotFound(what=number)
        bundle = deployed(tx, row.bundle_id)
        facts = facts_of(tx, row.id, row.number)
        ballots = _ballots(tx, row.id)
        return RoundPage(
            row.number,
            matter_title("review_round", row.kind, row.title),
            value_name(bundle, "dossier.award_form", row.award_form or facts.text("dossier.award_form")),
            row.status,
            sentence(tx, bundle, row.id, row.status),
            row.stopped,
            row.opened_at,
            row.closed_at,
            _gathered(tx, row.id),
            line_rows(bundle, facts, actor, units=units_of(tx, facts)),
            open_tasks(tx, bundle, actor, row.id, clock(tx)[1]),
            papers_of(tx, bundle, row.id, may_remove=False),
            shown_facts(bundle, "review_round", facts, actor.locale),
            () if row.closed_at or facts.lines else _waiting(tx, facts.text("dossier.award_form")),
            ballots[0],
            ballots[1],
            members(tx, facts),
        )


def _row(tx: Connection, row: Row[Any]) -> RoundRow:
    return RoundRow(
        row.number,
        matter_title("review_round", row.kind, row.title),
        value_name(deployed(tx, row.bundle_id), "dossier.award_form", row.award_form),
        row.opened_at,
        row.status,
        row.dossiers_count,
        row.lines_count,
        row.due_at,
    )


def _ballots(tx: Connection, instance: int) -> tuple[int, int]:
    row = tx.execute(
        text(
            "select count(*) filter (where state = 'completed') as done, count(*) as total from user_task"
            " where instance_id = :id and item is not null"
        ),
        {"id": instance},
    ).one()
    return row.done, row.total


def _gathered(tx: Connection, instance: int) -> tuple[GatheredDossier, ...]:
    rows = tx.execute(
        text(
            """select r.dossier, i.title, u.name as unit_name, count(*) as lines_count from round_line r
left join instance i on i.number = r.dossier left join unit u on u.code = i.unit
where r.instance_id = :id group by r.dossier, i.title, u.name order by r.dossier"""
        ),
        {"id": instance},
    )
    return tuple(
        GatheredDossier(row.dossier, matter_title("dossier", None, row.title or ""), row.unit_name, row.lines_count)
        for row in rows
    )


def _waiting(tx: Connection, award_form: str | None) -> tuple[GatheredDossier, ...]:
    return tuple(
        GatheredDossier(
            message.sender,
            matter_title("dossier", None, _first_name(message.payload["lines"])),
            None,
            len(message.payload["lines"]),
        )
        for message in outbox.waiting(tx, "dossier_ready")
        if message.payload["facts"].get("dossier.award_form") == award_form
    )


def _first_name(lines: list[dict[str, Any]]) -> str:
    return str(lines[0]["nominee"].get("name") or "") if lines else ""
