"""The tables of ties, substitutes and awards."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class TieRow(Base):
    """A person declared a relative, by name or of one line; what is taken back keeps its row."""

    __tablename__ = "tie"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    citizen_id: Mapped[str | None]
    line: Mapped[str | None]
    relation: Mapped[str]
    declared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SubstitutionRow(Base):
    """Who stands in for whom on which days, by whose act."""

    __tablename__ = "substitution"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    absent: Mapped[str] = mapped_column(index=True)
    substitute: Mapped[str] = mapped_column(index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class AwardRow(Base):
    """An entry of the register: one line, awarded by one decision; `work` and `search` are folded where compared."""

    __tablename__ = "award"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    line: Mapped[str] = mapped_column(unique=True)
    dossier: Mapped[str] = mapped_column(index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    kind: Mapped[str]
    name: Mapped[str]
    search: Mapped[str]
    citizen_id: Mapped[str | None] = mapped_column(index=True)
    detail: Mapped[str]
    unit: Mapped[str | None]
    award_form: Mapped[str]
    type: Mapped[str]
    movement: Mapped[str | None]
    stage: Mapped[str | None]
    achieved_on: Mapped[date | None]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    work: Mapped[str]
    decision_no: Mapped[str]
    decision_date: Mapped[date | None]
    state: Mapped[str]
    state_reason: Mapped[str | None]
    entered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    __table_args__ = (Index(None, "search"), Index(None, "decision_date"))
