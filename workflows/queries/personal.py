"""Substitutes, declared relatives and members who stand aside, as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from workflows.domain.actor import Actor
from workflows.domain.facts import Line, Value
from workflows.queries.names import nominee_name
from workflows.queries.scope import visible
from workflows.store.load import facts_of
from workflows.store.session import Database

PEOPLE = text(
    """select a.login, a.name, a.title,
  array(select group_key from membership m where m.account_id = a.id) as groups
from account a where a.active order by a.id"""
)


@dataclass(frozen=True, slots=True)
class SubstituteRow:
    """Somebody who acts for somebody else, from a day to a day; `is_now`: today."""

    id: int
    absent: str
    substitute: str
    from_on: date
    to_on: date
    reason: str
    made_by: str
    ended_at: datetime | None
    is_now: bool


SUBSTITUTES = text(
    """select s.id, coalesce(a.name, s.absent) as absent, coalesce(b.name, s.substitute) as substitute, s.from_on,
  s.to_on, s.reason, coalesce(m.name, s.made_by) as made_by, s.ended_at,
  s.ended_at is null and :today between s.from_on and s.to_on as is_now
from substitution s left join account a on a.login = s.absent left join account b on b.login = s.substitute
  left join account m on m.login = s.made_by order by s.ended_at is not null, s.from_on desc, s.id desc limit 200"""
)


def substitutes(db: Database, today: date) -> tuple[SubstituteRow, ...]:
    """Everybody who acted, acts or will act for somebody else, running entries first."""
    with db.read() as tx:
        return tuple(SubstituteRow(*row) for row in tx.execute(SUBSTITUTES, {"today": today}))


def colleagues(db: Database) -> tuple[tuple[str, str], ...]:
    """Everybody who can be absent or act for somebody: login and name with the title."""
    with db.read() as tx:
        rows = [row for row in tx.execute(PEOPLE) if row.groups]
        return tuple((row.login, f"{row.name} ({row.title})" if row.title else row.name) for row in rows)


@dataclass(frozen=True, slots=True)
class RelativeRow:
    """A relative that a person declared, by name or for one line."""

    id: int
    name: str
    relation: str
    line: str | None
    declared_at: datetime


RELATIVES = text(
    "select id, name, relation, line, declared_at from tie where login = :login and ended_at is null order by id desc"
)


def relatives(db: Database, actor: Actor) -> tuple[RelativeRow, ...]:
    """The own declarations that hold, the latest first."""
    with db.read() as tx:
        return tuple(RelativeRow(*row) for row in tx.execute(RELATIVES, {"login": actor.login}))


@dataclass(frozen=True, slots=True)
class RecusedRow:
    """A member who does not vote on a line of a round; `by_chair`: the chair decided it."""

    line: int
    nominee: str
    member: str
    by_chair: bool


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Who stands aside in a round, and what the reader may decide about it."""

    rows: tuple[RecusedRow, ...]
    may_recuse: bool
    members: tuple[tuple[str, str], ...]
    lines: tuple[tuple[int, str], ...]


def exclusions(db: Database, actor: Actor, number: str) -> Exclusions:
    """Who does not vote on which line of a round. Raises NotFound where it is not this person's to see."""
    with db.read() as tx:
        row = visible(tx, actor, number)
        facts = facts_of(tx, row.id, row.number)
        people = {each.login: str(each.name) for each in tx.execute(PEOPLE)}
        members = [member for council in facts.councils() for member in facts.roll(f"{council}.members")]
        may = actor.login == facts.get("compile_summary.chair") or "director" in actor.groups
        return Exclusions(
            tuple(
                RecusedRow(
                    line.ordinal, nominee_name(line.nominee), people.get(str(each), str(each)), each in _recused(line)
                )
                for line in facts.lines
                for each in line.excluded
            ),
            may and row.closed_at is None and bool(facts.open_lines()) and bool(members),
            tuple((login, people.get(login, login)) for login in dict.fromkeys(members)),
            tuple((line.ordinal, nominee_name(line.nominee)) for line in facts.open_lines()),
        )


def _recused(line: Line) -> tuple[Value, ...]:
    found = line.values.get("recused")
    return found if isinstance(found, tuple) else ()
