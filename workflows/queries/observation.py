"""What can be seen of an instance from outside, for stories, commands and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from workflows.domain.errors import NotFound
from workflows.domain.facts import Facts
from workflows.queries.dossiers import round_of
from workflows.store.load import facts_of
from workflows.store.session import Database

INSTANCE = text("select id, number, process, status, stopped, closed_at from instance where number = :number")
OPEN = text(
    "select element, due_at from user_task where instance_id = :id and state = 'open' order by opened_at, element"
)
PAPERS = text("select kind from paper where instance_id = :id and removed_at is null order by id")
END = text("select body::jsonb -> 'event' ->> 'end' from history where instance_id = :id and kind = 'InstanceEnded'")
RULES = text(
    """select body::jsonb -> 'event' ->> 'decision' decision, body::jsonb -> 'event' ->> 'rule_set' rules from history
where instance_id = :id and kind = 'DecisionMade' order by seq"""
)
AWARDS = text(
    "select line, decision_no from award where state <> 'revoked' and (dossier = :number or instance_id = :id)"
)
TASK = text(
    """select t.id from user_task t join instance i on i.id = t.instance_id
where i.number = :number and t.element = :element and t.state = 'open' and (t.assignee = :login or t.assignee is null)
order by t.assignee nulls last limit 1"""
)


@dataclass(frozen=True, slots=True)
class Observed:
    """An instance as it stands: its open steps with their due instants, its facts, its papers, its last rules."""

    number: str
    process: str
    status: str
    stopped: str | None
    is_closed: bool
    end: str | None
    open: tuple[str, ...]
    due: Mapping[str, datetime]
    papers: tuple[str, ...]
    facts: Facts
    rules: Mapping[str, str]
    awards: Mapping[str, str]


def observe(db: Database, number: str) -> Observed:
    """How an instance stands now. Raises NotFound."""
    with db.read() as tx:
        row = tx.execute(INSTANCE, {"number": number}).one_or_none()
        if row is None:
            raise NotFound(what=number)
        waiting = tx.execute(OPEN, {"id": row.id}).all()
        return Observed(
            row.number,
            row.process,
            row.status,
            row.stopped,
            row.closed_at is not None,
            tx.execute(END, {"id": row.id}).scalar(),
            tuple(dict.fromkeys(task.element for task in waiting)),
            {task.element: task.due_at for task in waiting if task.due_at},
            tuple(tx.execute(PAPERS, {"id": row.id}).scalars()),
            facts_of(tx, row.id, row.number),
            {each.decision: each.rules for each in tx.execute(RULES, {"id": row.id})},
            {each.line: each.decision_no for each in tx.execute(AWARDS, {"id": row.id, "number": row.number})},
        )


def open_task(db: Database, number: str, element: str, login: str) -> str | None:
    """The open task of an element that this person has or could take."""
    with db.read() as tx:
        found = tx.execute(TASK, {"number": number, "element": element, "login": login}).scalar()
    return None if found is None else str(found)


def round_of_dossier(db: Database, number: str) -> str | None:
    """The number of the round that gathered a dossier last."""
    with db.read() as tx:
        return round_of(tx, number)


def participation_of(db: Database, unit: str) -> str | None:
    """The number of a unit's newest participation in a movement."""
    found = text(
        "select number from instance where process = 'participation' and unit = :unit order by id desc limit 1"
    )
    with db.read() as tx:
        return tx.execute(found, {"unit": unit}).scalar()


def procedure_about(db: Database, number: str, process: str) -> str | None:
    """The number of the procedure of this kind about a dossier that was opened last."""
    with db.read() as tx:
        found = text(
            "select number from instance where about = :number and process = :process order by id desc limit 1"
        )
        return tx.execute(found, {"number": number, "process": process}).scalar()


def numbers(db: Database) -> tuple[str, ...]:
    """The numbers of all instances, in the order they were opened."""
    with db.read() as tx:
        return tuple(tx.execute(text("select number from instance order by id")).scalars())


def has_work(db: Database) -> bool:
    """Whether a job waits that could be done now."""
    with db.read() as tx:
        waiting = text(
            """select exists (select 1 from procrastinate_jobs
where status = 'todo' and coalesce(scheduled_at, now()) <= now())"""
        )
        return bool(tx.execute(waiting).scalar())
