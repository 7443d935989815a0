"""The register of incoming letters: each keeps its number, its paper and where it was filed; none is taken out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from workflows.domain.paper import Paper
from workflows.store import papers


@dataclass(frozen=True, slots=True)
class Incoming:
    """What stands on a letter: who wrote it, its number, day and subject, and which of our numbers it answers."""

    body: str
    number: str
    dated: date
    subject: str
    answers_number: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter of the register, held until the transaction ends; `done` is when it was filed."""

    id: int
    told: Incoming
    arrival_no: str
    instance: int | None
    done: datetime | None
    paper: Paper


def add(tx: Connection, told: Incoming, paper: Paper, *, arrival_no: str, by: str, at: datetime) -> int | None:
    """Write a letter into the register; returns its id, or None where the same letter stands there already."""
    papers.keep_bytes(tx, paper)
    insert = text(
        """insert into arrival (arrival_no, body, number, dated, subject, answers_number, filename, media_type, sha256,
  entered_by, entered_at)
values (:arrival_no, :body, :number, :dated, :subject, :answers_number, :filename, :media_type, :sha, :by, :at)
on conflict (body, number, dated) do nothing returning id"""
    )
    return tx.execute(
        insert,
        {
            "arrival_no": arrival_no,
            "body": told.body,
            "number": told.number,
            "dated": told.dated,
            "subject": told.subject,
            "answers_number": told.answers_number,
            "filename": paper.filename,
            "media_type": paper.media_type,
            "sha": paper.sha256,
            "by": by,
            "at": at,
        },
    ).scalar()


def hold(tx: Connection, arrival: int, kind: str) -> Arrival | None:
    """One letter, locked, with its paper as one of this kind."""
    row = tx.execute(
        text(
            """select a.*, b.content from arrival a join blob b on b.sha256 = a.sha256
where a.id = :id for update of a"""
        ),
        {"id": arrival},
    ).one_or_none()
    if row is None:
        return None
    told = Incoming(row.body, row.number, row.dated, row.subject, row.answers_number)
    paper = Paper(kind, f"{row.subject} ({row.number})", row.filename, row.media_type, bytes(row.content))
    return Arrival(row.id, told, row.arrival_no, row.instance_id, row.done_at, paper)


def assign(tx: Connection, arrival: int, instance: int) -> None:
    """Say with which matter a letter belongs."""
    tx.execute(text("update arrival set instance_id = :to where id = :id"), {"id": arrival, "to": instance})


def finish(tx: Connection, arrival: int, instance: int, by: str, at: datetime) -> None:
    """Say that a letter has been filed with its matter."""
    tx.execute(
        text("update arrival set instance_id = :to, done_at = :at, done_by = :by where id = :id"),
        {"id": arrival, "to": instance, "at": at, "by": by},
    )
