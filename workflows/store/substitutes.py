"""Rows of substitutions; a substitution that was ended keeps its row."""

from datetime import date, datetime

from sqlalchemy import Connection, text

ENTERED = text(
    """insert into substitution (absent, substitute, from_on, to_on, reason, made_by, made_at)
values (:absent, :substitute, :from_on, :to_on, :reason, :by, :now) returning id"""
)
OVERLAPS = text(
    """select 1 from substitution where absent = :absent and ended_at is null
  and from_on <= :to_on and to_on >= :from_on"""
)
ENDED = text("update substitution set ended_at = :now, ended_by = :by where id = :id and ended_at is null")


def enter(
    tx: Connection, absent: str, substitute: str, from_on: date, to_on: date, reason: str, by: str, now: datetime
) -> int:
    """Enter a substitution; returns its id."""
    told = {"absent": absent, "substitute": substitute, "from_on": from_on, "to_on": to_on, "reason": reason}
    return int(tx.execute(ENTERED, {**told, "by": by, "now": now}).scalar_one())


def overlaps(tx: Connection, absent: str, from_on: date, to_on: date) -> bool:
    """Whether the person has a substitute on one of these days."""
    return tx.execute(OVERLAPS, {"absent": absent, "from_on": from_on, "to_on": to_on}).first() is not None


def end(tx: Connection, entry: int, by: str, now: datetime) -> bool:
    """End a substitution; False where none of this id runs."""
    return tx.execute(ENDED, {"id": entry, "by": by, "now": now}).rowcount == 1


def active_logins(tx: Connection) -> dict[str, str]:
    """Login and name of everybody who can sign in."""
    return {row.login: row.name for row in tx.execute(text("select login, name from account where active"))}
