"""What went out to other bodies, and the letters that came in, which wait here until they are taken."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.store.session import enqueue


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter nobody has taken yet."""

    id: int
    message: str
    body: str
    number: str
    answers: dict[str, Any]
    entered_by: str


def send(
    tx: Connection,
    instance: int,
    *,
    body: str,
    number: str,
    year: int,
    papers: Sequence[Mapping[str, str]],
    at: datetime,
) -> None:
    """Keep that a package left: its papers with their digests."""
    tx.execute(
        text(
            """insert into package (instance_id, body, number, year, papers, sent_at)
values (:instance, :body, :number, :year, :papers, :at)"""
        ),
        {
            "instance": instance,
            "body": body,
            "number": number,
            "year": year,
            "papers": json.dumps(papers, ensure_ascii=False),
            "at": at,
        },
    )


def sender_of(tx: Connection, body: str, number: str) -> int | None:
    """The instance that sent the newest package of this number to this body, or else to one that passes it on."""
    found = text("select instance_id from package where number = :number order by body = :body desc, id desc limit 1")
    return tx.execute(found, {"body": body, "number": number}).scalar()


def enter(tx: Connection, letter: Letter, at: datetime) -> int:
    """Keep a letter that came in, and have it delivered; returns its id."""
    made = tx.execute(
        text(
            """insert into letter (message, body, number, answers, entered_by, entered_at)
values (:message, :body, :number, :answers, :by, :at) returning id"""
        ),
        {
            "message": letter.message,
            "body": letter.body,
            "number": letter.number,
            "answers": json.dumps(letter.answers, ensure_ascii=False),
            "by": letter.entered_by,
            "at": at,
        },
    )
    entered = int(made.scalar_one())
    enqueue(tx, "deliver_letter", letter=entered)
    return entered


def letter(tx: Connection, letter_id: int) -> Letter | None:
    """One letter, locked; None once it is taken or refused."""
    row = tx.execute(
        text(
            """select id, message, body, number, answers, entered_by from letter
where id = :id and taken_at is null and refused is null for update"""
        ),
        {"id": letter_id},
    ).one_or_none()
    return None if row is None else Letter(*row)


def is_kept(tx: Connection, message: str, number: str, answers: Mapping[str, Any]) -> bool:
    """Whether the very same letter was entered before."""
    found = text("select 1 from letter where message = :message and number = :number and answers = :answers limit 1")
    told = {"message": message, "number": number, "answers": json.dumps(answers, ensure_ascii=False)}
    return tx.execute(found, told).scalar() is not None


def take(tx: Connection, letter_id: int, by: str, at: datetime) -> None:
    """Mark a letter as taken by an instance."""
    tx.execute(
        text("update letter set taken_at = :at, taken_by = :by where id = :id"), {"id": letter_id, "by": by, "at": at}
    )


def refuse(tx: Connection, letter_id: int, why: str) -> None:
    """Mark a letter that cannot be taken as it is; it stays to be seen, with the reason."""
    tx.execute(text("update letter set refused = :why where id = :id"), {"id": letter_id, "why": why})
