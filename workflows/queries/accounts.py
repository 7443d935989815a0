"""Who is signed in, who stands at a demo's role door, and how much waits for a person."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, text

from workflows.domain.actor import Absent, Actor
from workflows.domain.calendar import local_day
from workflows.domain.text import Text
from workflows.queries.scope import MINE, OTHERS, REACHED, reach
from workflows.store.accounts import digest
from workflows.store.session import Database, clock, real_time

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
TOUCHED = timedelta(minutes=1)
"""How old a session's last sight may be before a request writes it anew."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One thing that a person of the role door may try, and the address where it is done."""

    said: Text
    to: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional person at the role door."""

    login: str
    name: str
    title: str
    unit_name: str | None
    group: str
    tries: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for a person."""

    mine: int
    pool: int
    followed: int
    others: int
    done: int
    overdue: int


PERSON = """select a.id, a.login, a.name, a.title, a.unit, u.name as unit_name, a.locale,
  a.password_until is not null as must_choose,
  array(select group_key from membership m where m.account_id = a.id) as groups,
  (select json_agg(json_build_array(b.login, b.name, b.unit,
      array(select group_key from membership m where m.account_id = b.id)) order by s.id)
    from substitution s join account b on b.login = s.absent, clock c
    where s.substitute = a.login and s.ended_at is null and b.active
      and ((cast(:now as timestamptz) + c.ahead) at time zone 'Asia/Ho_Chi_Minh')::date between s.from_on and s.to_on)
    as stands_for {more}
from account a left join unit u on u.code = a.unit {where}"""
OF_SESSION = text(
    PERSON.format(
        more=", s.seen_at",
        where="""join web_session s on s.account_id = a.id
where s.token = :token and s.ended_at is null and a.active and s.seen_at > :idle and s.created_at > :oldest""",
    )
)
NAMED = text(PERSON.format(more="", where="where a.login = :login and a.active"))
EVERYBODY = text(PERSON.format(more="", where="where a.active order by a.login"))
COUNTS = text(
    f"""select count(*) filter (where w.day is null or w.day <= :today) as mine,
  (select count(*) from user_task t where t.state = 'open' and t.assignee is null and {REACHED}) as pool,
  count(*) filter (where w.day > :today) as followed,
  (select count(*) from user_task t where {OTHERS}) as others,
  (select count(*) from user_task t where t.state = 'completed' and t.closed_by = :login) as done,
  count(*) filter (where t.due_at < :now) as overdue
from user_task t left join follow_up w on w.task_id = t.id and w.login = :login
where t.state = 'open' and {MINE}"""  # noqa: S608  constants
)
SEEN = text("update web_session set seen_at = :now where token = :token")


def actor_of(db: Database, token: str) -> Actor | None:
    """The person of a session, or None when it has ended, idled for half an hour or is twelve hours old."""
    now = real_time()
    known = {"token": digest(token), "now": now}
    with db.read() as tx:
        row = tx.execute(OF_SESSION, {**known, "idle": now - IDLE, "oldest": now - LONGEST}).one_or_none()
    if row is None:
        return None
    if now - row.seen_at > TOUCHED:
        with db.write() as tx:
            tx.execute(SEEN, known)
    return _actor(row)


def actor_named(db: Database, login: str) -> Actor | None:
    """A person by login, for commands and stories."""
    with db.read() as tx:
        row = tx.execute(NAMED, {"login": login, "now": real_time()}).one_or_none()
    return None if row is None else _actor(row)


def everybody(db: Database) -> tuple[Actor, ...]:
    """All people who can sign in."""
    with db.read() as tx:
        return tuple(map(_actor, tx.execute(EVERYBODY, {"now": real_time()})))


def _actor(row: Row[Any]) -> Actor:
    absent = tuple(Absent(login, name, unit, frozenset(groups)) for login, name, unit, groups in row.stands_for or ())
    return Actor(
        row.id,
        row.login,
        row.name,
        row.title,
        row.unit,
        row.unit_name,
        frozenset(row.groups),
        row.locale,
        absent,
        row.must_choose,
    )


def demo_people(db: Database) -> tuple[DemoPerson, ...]:
    """The people of the role door; none on a database that is no demo."""
    with db.read() as tx:
        if clock(tx)[0] != "demo":
            return ()
        rows = tx.execute(
            text(
                """select a.login, a.name, a.title, u.name as unit_name, a.door
from account a left join unit u on u.code = a.unit where a.door is not null and a.active order by a.id"""
            )
        )
        return tuple(
            DemoPerson(
                row.login,
                row.name,
                row.title,
                row.unit_name,
                str(row.door.get("group", "work")),
                tuple(Invitation(Text.read(each), str(each.get("to", ""))) for each in row.door.get("tries", ())),
            )
            for row in rows
        )


def counts(db: Database, actor: Actor) -> Counts:
    """The numbers beside the queues."""
    with db.read() as tx:
        now = clock(tx)[1]
        row = tx.execute(
            COUNTS,
            {
                **reach(actor),
                "now": now,
                "today": local_day(now),
            },
        ).one()
        return Counts(row.mine, row.pool, row.followed, row.others, row.done, row.overdue)
