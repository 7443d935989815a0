"""The tables of what goes out to other bodies and comes in from them; classes end in Row and never leave the store."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class PackageRow(Base):
    """What left for an outside body under one number; the body's letter names it."""

    __tablename__ = "package"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    body: Mapped[str]
    number: Mapped[str]
    year: Mapped[int]
    papers: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]
    __table_args__ = (Index("ix_package_number", "number", "body"),)


class LetterRow(Base):
    """A letter of an outside body, entered before or after somebody waits for it; it stays here until it is taken."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    message: Mapped[str]
    body: Mapped[str]
    number: Mapped[str]
    answers: Mapped[dict[str, Any]]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    refused: Mapped[str | None]
    confirmed: Mapped[bool] = mapped_column(server_default=text("false"))
    filename: Mapped[str | None]
    media_type: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    __table_args__ = (Index("ix_letter_waiting", "number", "message", postgresql_where=text("taken_at is null")),)


class ArrivalRow(Base):
    """A paper in the register of incoming letters; `instance_id` is the matter a clerk filed it with, if any."""

    __tablename__ = "arrival"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    arrival_no: Mapped[str]
    body: Mapped[str]
    number: Mapped[str]
    dated: Mapped[date]
    subject: Mapped[str]
    answers_number: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("body", "number", "dated"),
        Index("ix_arrival_open", "id", postgresql_where=text("done_at is null")),
    )
