"""The inbox rows that no engine event writes: who has a task, drafts, and what changed meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from workflows.domain.actor import Actor
from workflows.domain.calendar import LOCAL
from workflows.domain.text import Text
from workflows.domain.window import Window

DEEDS = {
    "FactChanged": Text("đã sửa thông tin", "changed an entry"),
    "PaperAttached": Text("đã đính kèm một giấy tờ", "attached a paper"),
    "PaperRemoved": Text("đã gỡ một giấy tờ", "removed a paper"),
    "TaskCompleted": Text("đã hoàn thành một việc", "completed a task"),
}
ELSEWHERE = text(
    """select saved_at, answers from draft
where task_id = :task and login = :login and kept_from is distinct from :key"""
)
NEXT = text(
    """select id, count(*) over () as waiting from user_task where state = 'open' and assignee = :login
order by due_at nulls last, opened_at limit 1"""
)


def assign(tx: Connection, task: str, login: str | None) -> None:
    """Give a task to a person, or back to its group."""
    tx.execute(text("update user_task set assignee = :login where id = :task"), {"task": task, "login": login})


def open_tasks(tx: Connection, instance: int) -> Sequence[Row[Any]]:
    """The open tasks of one instance: what they are, since when, and who may do them."""
    found = text(
        """select process, element, candidate_group, assignee, opened_at from user_task
where instance_id = :id and state = 'open' order by opened_at"""
    )
    return tx.execute(found, {"id": instance}).all()


def kept_elsewhere(tx: Connection, task: str, login: str, window: Window) -> tuple[datetime, Any] | None:
    """When another window kept a newer draft than the one this window began with, and what it says."""
    row = tx.execute(ELSEWHERE, {"task": task, "login": login, "key": window.key}).one_or_none()
    if row is None or (window.began_with is not None and row.saved_at <= window.began_with):
        return None
    return row.saved_at, row.answers


def keep_draft(tx: Connection, task: str, login: str, answers: str, at: datetime, window: str | None = None) -> None:
    """Keep what one person typed into a task, as JSON text."""
    tx.execute(
        text(
            """insert into draft (task_id, login, answers, saved_at, kept_from)
values (:task, :login, cast(:answers as jsonb), :at, :window)
on conflict (task_id, login) do update
  set answers = excluded.answers, saved_at = excluded.saved_at, kept_from = excluded.kept_from"""
        ),
        {"task": task, "login": login, "answers": answers, "at": at, "window": window},
    )


def next_task(tx: Connection, actor: Actor) -> tuple[str | None, int]:
    """The actor's own open task that is due first, and how many there are."""
    found = tx.execute(NEXT, {"login": actor.login}).one_or_none()
    return (None, 0) if found is None else (str(found.id), found.waiting)


def changed_since(tx: Connection, instance: int, seen: int, login: str) -> Text | None:
    """What somebody else changed of an instance after history number `seen`, in words; None when nothing."""
    row = tx.execute(
        text(
            """select h.kind, h.at, coalesce(a.name, h.actor) as name
from history h left join account a on a.login = h.actor
where h.instance_id = :id and h.seq > :seen and h.actor <> :login and h.kind = any(:deeds)
order by h.seq limit 1"""
        ),
        {"id": instance, "seen": seen, "login": login, "deeds": list(DEEDS)},
    ).one_or_none()
    if row is None:
        return None
    deed, at = DEEDS[row.kind], row.at.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")
    return Text(f"{row.name} {deed.vi} lúc {at}", f"{row.name} {deed.en} at {at}")
