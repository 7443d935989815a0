"""The tables of sent documents and of the register of examples."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class DeliveryRow(Base):
    """A recipient has a document: never changed, a later row of the same recipient corrects an earlier one."""

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    movement: Mapped[str]
    document: Mapped[str]
    recipient: Mapped[str]
    received_on: Mapped[date]
    way: Mapped[str]
    receiver: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    __table_args__ = (Index(None, "movement", "document"),)


class ExampleRow(Base):
    """An example of a unit (điển hình, sáng kiến, mô hình); `instance_id` is its participation, `search` is folded."""

    __tablename__ = "example"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    movement: Mapped[str] = mapped_column(index=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    kind: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    search: Mapped[str]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    recognised_by: Mapped[str | None]
    recognised_at: Mapped[datetime | None]
    ground: Mapped[str | None]
