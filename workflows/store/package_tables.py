"""The tables of what goes out to other bodies and comes in from them; classes end in Row and never leave the store."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, text
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
    __table_args__ = (Index("ix_letter_waiting", "number", "message", postgresql_where=text("taken_at is null")),)
