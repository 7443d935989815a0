"""Notices to people: kept for the page, and mailed where mail is set up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.domain.paper import Notice
from workflows.store.session import enqueue


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice on its way by mail."""

    id: int
    email: str
    subject: str
    text: str


def add(tx: Connection, key: str, instance: int, notice: Notice, at: datetime) -> None:
    """Keep a notice once (by its key) and have it mailed."""
    made = tx.execute(
        text(
            """insert into notice (key, instance_id, login, subject, text, at)
values (:key, :instance, :login, :subject, :text, :at)
on conflict (key) do nothing returning id"""
        ),
        {
            "key": key,
            "instance": instance,
            "login": notice.login,
            "subject": notice.subject,
            "text": notice.text,
            "at": at,
        },
    ).scalar()
    if made is not None:
        enqueue(tx, "mail_notice", notice=made)


def letter(tx: Connection, notice: int) -> Letter | None:
    """A notice that was not mailed yet and whose reader has an address; locked."""
    row = tx.execute(
        text(
            """select n.id, a.email, n.subject, n.text from notice n join account a on a.login = n.login
where n.id = :id and n.mailed_at is null and a.email is not null for update of n"""
        ),
        {"id": notice},
    ).one_or_none()
    return None if row is None else Letter(row.id, row.email, row.subject, row.text)


def mailed(tx: Connection, notices: Sequence[int], at: datetime) -> None:
    """Mark notices as handed to the mail server."""
    tx.execute(text("update notice set mailed_at = :at where id = any(:ids)"), {"ids": list(notices), "at": at})
