"""What a person's morning letter is written from: who gets one, and the work that waits; it writes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

READERS = text(
    """select a.login from account a where a.active and a.email is not null and exists (
  select 1 from user_task t where t.state = 'open' and t.assignee = a.login) order by a.id"""
)
WORK = text(
    """select i.number, i.title, i.bundle_id, t.process, t.element, t.due_at from user_task t
  join instance i on i.id = t.instance_id left join follow_up w on w.task_id = t.id and w.login = t.assignee
where t.state = 'open' and t.assignee = :login and (w.day is null or w.day <= :today)
order by t.due_at nulls last, t.opened_at"""
)
POOL = text(
    """select count(*) from user_task t join account a on a.login = :login
where t.state = 'open' and t.assignee is null and (t.unit is null or t.unit = a.unit) and t.candidate_group in (
  select m.group_key from membership m where m.account_id = a.id)"""
)
READER = text("select email, locale from account where login = :login and active and email is not null")


@dataclass(frozen=True, slots=True)
class Waits:
    """A task that waits for somebody."""

    number: str
    title: str
    bundle_id: int
    process: str
    element: str
    due_at: datetime | None


def readers(tx: Connection) -> tuple[str, ...]:
    """The logins of people with an address for whom work waits."""
    return tuple(tx.execute(READERS).scalars())


def address(tx: Connection, login: str) -> tuple[str, str] | None:
    """Address and language of an active person, or None."""
    row = tx.execute(READER, {"login": login}).one_or_none()
    return None if row is None else (row.email, row.locale)


def work_of(tx: Connection, login: str, today: datetime) -> tuple[tuple[Waits, ...], int]:
    """The tasks of a person by deadline, without those put aside, and how many of the groups are nobody's yet."""
    rows = tx.execute(WORK, {"login": login, "today": today.date()})
    waits = tuple(
        Waits(each.number, each.title, each.bundle_id, each.process, each.element, each.due_at) for each in rows
    )
    return waits, int(tx.execute(POOL, {"login": login}).scalar_one())
