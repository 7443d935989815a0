"""The tables of what people keep for themselves beside their work: days to look again, views of lists, columns."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class FollowUpRow(Base):
    """The day on which somebody wants to see a task of his again."""

    __tablename__ = "follow_up"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    login: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]


class PresenceRow(Base):
    """Who looks at a task; a row counts for a minute."""

    __tablename__ = "presence"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    login: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class SavedViewRow(Base):
    """A list with its filters under a name; seen by its owner, or by a whole group."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("account.login"))
    group_key: Mapped[str | None]
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (UniqueConstraint("owner", "name"), Index(None, "group_key"))


class PreferenceRow(Base):
    """How a person wants a page to look, such as the columns of the inbox."""

    __tablename__ = "preference"
    login: Mapped[str] = mapped_column(ForeignKey("account.login"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
