"""Who looks at a task just now: a row for each person and task, which counts for a minute."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

COUNTS = timedelta(seconds=60)
"""How long somebody who said nothing more still counts as looking."""
LOOK = text(
    """insert into presence (task_id, login, seen_at) values (:task, :login, :now)
on conflict (task_id, login) do update set seen_at = excluded.seen_at"""
)
FORGET = text("delete from presence where login = :login and task_id <> :task and seen_at < :past")
OTHERS = text(
    """select a.name from presence p join account a on a.login = p.login
where p.task_id = :task and p.login <> :login and p.seen_at > :past order by a.name"""
)


def look(tx: Connection, task: str, login: str, now: datetime) -> None:
    """Note that somebody looks at a task; older notes about that person are thrown away."""
    known = {"task": task, "login": login, "now": now, "past": now - COUNTS}
    tx.execute(LOOK, known)
    tx.execute(FORGET, known)


def others(tx: Connection, task: str, login: str, now: datetime) -> tuple[str, ...]:
    """The names of the other people who look at a task."""
    return tuple(tx.execute(OTHERS, {"task": task, "login": login, "past": now - COUNTS}).scalars())
