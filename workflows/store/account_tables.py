"""The tables of units, people, groups and sessions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class UnitRow(Base):
    """A unit of the authority."""

    __tablename__ = "unit"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    has_seal: Mapped[bool]
    head: Mapped[str | None]
    valid_to: Mapped[date | None]
    successor: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))


class AccountRow(Base):
    """A person who can sign in."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str]
    email: Mapped[str | None]
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    password: Mapped[str | None]
    password_until: Mapped[datetime | None]
    citizen_id: Mapped[str | None]
    locale: Mapped[str]
    active: Mapped[bool]
    door: Mapped[dict[str, Any] | None]


class MembershipRow(Base):
    """A person's group."""

    __tablename__ = "membership"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    group_key: Mapped[str] = mapped_column(primary_key=True)


class WebSessionRow(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "web_session"
    token: Mapped[bytes] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(Identity(), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    agent: Mapped[str]


class AccountActRow(Base):
    """What was changed about a person or a unit, by whom and why; rows are never changed."""

    __tablename__ = "account_act"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    by_name: Mapped[str]
    act: Mapped[str]
    about: Mapped[str]
    subject: Mapped[str]
    subject_name: Mapped[str]
    changes: Mapped[list[Any]]
    reason: Mapped[str]
    __table_args__ = (Index(None, "about", "subject"),)


class SignInAttemptRow(Base):
    """A try to sign in, for the throttle."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    succeeded: Mapped[bool]
    __table_args__ = (Index(None, "login", "at"), Index(None, "address", "at"))
