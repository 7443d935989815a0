"""What went out to other bodies, and the letters that came in, which wait here until they are taken."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from workflows.domain.paper import Paper
from workflows.store import papers
from workflows.store.session import enqueue


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter nobody has taken yet."""

    id: int
    message: str
    body: str
    number: str
    answers: Mapping[str, Any]
    entered_by: str
    confirmed: bool = False
    paper: Paper | None = None


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


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a package, and to which body the newest one of its number went."""

    instance: int
    asked: str


def sender_of(tx: Connection, body: str, number: str) -> Sender | None:
    """Who sent the newest package of this number to this body, or else to one that passes it on."""
    found = text(
        "select instance_id, body from package where number = :number order by body = :body desc, id desc limit 1"
    )
    row = tx.execute(found, {"body": body, "number": number}).one_or_none()
    return None if row is None else Sender(row.instance_id, row.body)


def asked_by(tx: Connection, instance: int) -> tuple[str, ...]:
    """The bodies that packages of this instance went to, the latest first."""
    found = text("select body from package where instance_id = :id group by body order by max(id) desc")
    return tuple(tx.execute(found, {"id": instance}).scalars())


def enter(tx: Connection, letter: Letter, at: datetime) -> int:
    """Keep a letter that came in, and have it delivered; returns its id."""
    paper = letter.paper
    if paper:
        papers.keep_bytes(tx, paper)
    made = tx.execute(
        text(
            """insert into letter (message, body, number, answers, entered_by, entered_at, confirmed,
  filename, media_type, sha256)
values (:message, :body, :number, :answers, :by, :at, :confirmed, :filename, :media_type, :sha) returning id"""
        ),
        {
            "message": letter.message,
            "body": letter.body,
            "number": letter.number,
            "answers": json.dumps(letter.answers, ensure_ascii=False),
            "by": letter.entered_by,
            "at": at,
            "confirmed": letter.confirmed,
            "filename": paper and paper.filename,
            "media_type": paper and paper.media_type,
            "sha": paper and paper.sha256,
        },
    )
    entered = int(made.scalar_one())
    enqueue(tx, "deliver_letter", letter=entered)
    return entered


def letter(tx: Connection, letter_id: int, kind: str) -> Letter | None:
    """One letter, locked, with its paper as one of this kind; None once it is taken or refused."""
    row = tx.execute(
        text(
            """select l.id, l.message, l.body, l.number, l.answers, l.entered_by, l.confirmed,
  l.filename, l.media_type, b.content from letter l left join blob b on b.sha256 = l.sha256
where l.id = :id and l.taken_at is null and l.refused is null for update of l"""
        ),
        {"id": letter_id},
    ).one_or_none()
    if row is None:
        return None
    paper = row.content and Paper(kind, row.filename, row.filename, row.media_type, bytes(row.content))
    return Letter(row.id, row.message, row.body, row.number, row.answers, row.entered_by, row.confirmed, paper or None)


def on_their_way(tx: Connection, instance: int) -> list[int]:
    """The letters about a package of this instance that nobody has taken yet, oldest first."""
    found = text(
        """select id from letter l where taken_at is null and refused is null
and exists (select 1 from package p where p.number = l.number and p.instance_id = :id) order by id"""
    )
    return list(tx.execute(found, {"id": instance}).scalars())


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
