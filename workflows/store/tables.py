"""The tables; classes end in Row and never leave the rooms that speak SQL."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index, LargeBinary, MetaData, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the house; times are UTC."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        datetime: TIMESTAMP(timezone=True),
        str: Text,
        bytes: LargeBinary,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class ClockRow(Base):
    """The domain clock: kind and offset are fixed when the database is made; only a demo's offset may grow."""

    __tablename__ = "clock"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ahead: Mapped[timedelta]


class ClockMoveRow(Base):
    """Somebody set a demo's clock forward."""

    __tablename__ = "clock_move"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    ahead: Mapped[timedelta]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class BundleRow(Base):
    """One deployed version of a bundle, in force from `valid_from` on; a trigger bars every change."""

    __tablename__ = "bundle"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    sha256: Mapped[str]
    files: Mapped[dict[str, Any]]
    deployed_by: Mapped[str]
    deployed_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(server_default="")
    legal_basis: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    approved_by: Mapped[str | None]
    publication: Mapped[str | None]
    report: Mapped[dict[str, Any] | None]
    valid_from: Mapped[date]
    __table_args__ = (UniqueConstraint("key", "version"),)


class InstanceRow(Base):
    """One process instance: its state, its place in the history and what lists show of it."""

    __tablename__ = "instance"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    process: Mapped[str]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id"))
    title: Mapped[str]
    search: Mapped[str]
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    movement: Mapped[str | None]
    about: Mapped[str | None] = mapped_column(ForeignKey("instance.number"), index=True)
    award_form: Mapped[str | None]
    kind: Mapped[str | None]
    status: Mapped[str]
    state: Mapped[bytes]
    revision: Mapped[int]
    seq: Mapped[int]
    head: Mapped[bytes]
    stopped: Mapped[str | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "process", "status"), Index(None, "unit"))


class FactRow(Base):
    """One fact: of the instance (line ''), of a line, or of what one member said of a line (item)."""

    __tablename__ = "fact"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any] | None]


class NomineeRow(Base):
    """A nominee line of a dossier, as the unit wrote it; `id` is the dossier's number, a dot and the line's ordinal."""

    __tablename__ = "nominee"
    id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    search: Mapped[str]
    answers: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("instance_id", "ordinal"),)


class BallotBoxRow(Base):
    """The sealed box of a secret ballot, until it is opened; nothing in it or beside it names a voter."""

    __tablename__ = "ballot_box"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    council: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class RoundLineRow(Base):
    """A line that joined a review round."""

    __tablename__ = "round_line"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int]
    nominee: Mapped[dict[str, Any]]
    dossier: Mapped[str]


class UserTaskRow(Base):
    """A user task of the inbox, open or done."""

    __tablename__ = "user_task"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    process: Mapped[str]
    element: Mapped[str]
    item: Mapped[str | None]
    candidate_group: Mapped[str]
    unit: Mapped[str | None]
    assignee: Mapped[str | None]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    completion_key: Mapped[str | None]
    __table_args__ = (
        Index("ix_user_task_mine", "assignee", "due_at", postgresql_where=text("state = 'open'")),
        Index(
            "ix_user_task_pool",
            "candidate_group",
            "due_at",
            postgresql_where=text("state = 'open' and assignee is null"),
        ),
        Index("ix_user_task_done", "closed_by", "closed_at", postgresql_where=text("state = 'completed'")),
    )


class DraftRow(Base):
    """What one person has typed into a task and not yet sent."""

    __tablename__ = "draft"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    login: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    kept_from: Mapped[str | None]


class DueRow(Base):
    """A running deadline of a diagram; the sweeper finds it by its instant."""

    __tablename__ = "due"
    timer: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    element: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)


class MessageRow(Base):
    """A message between instances; an early one waits here until somebody awaits it."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str]
    key: Mapped[str]
    sender: Mapped[str]
    payload: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    __table_args__ = (Index("ix_message_waiting", "name", "key", postgresql_where=text("taken_at is null")),)


class MessageWaitRow(Base):
    """An instance that waits for a message; its key is the instance's own number."""

    __tablename__ = "message_wait"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class HistoryRow(Base):
    """One event of one instance, linked to the one before; a trigger bars every change."""

    __tablename__ = "history"
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    body: Mapped[str]
    link: Mapped[bytes]


class PaperRow(Base):
    """A paper of a dossier or a round; a removed one keeps its row."""

    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class BlobRow(Base):
    """The bytes of papers, by their SHA-256; in the database, so that a paper and its history are one act."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class SeriesRow(Base):
    """The last number given out of a yearly series."""

    __tablename__ = "series"
    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class EffectRow(Base):
    """The ledger of outside effects: a key is written in the effect's own transaction, once."""

    __tablename__ = "effect"
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class JobErrorRow(Base):
    """Why a job failed."""

    __tablename__ = "job_error"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    job_id: Mapped[int]
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    traceback: Mapped[str]


class NoticeRow(Base):
    """A notice that went out, or waits to go out by mail; its id makes the mail's Message-ID."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    login: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
