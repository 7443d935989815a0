"""The tables of migrations of running matters: each batch, what became of each matter; rows never leave here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class MigrationBatchRow(Base):
    """Somebody had matters go on from one version to another, for a reason."""

    __tablename__ = "migration_batch"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    from_bundle: Mapped[int] = mapped_column(ForeignKey("bundle.id"))
    to_bundle: Mapped[int] = mapped_column(ForeignKey("bundle.id"))
    renamed: Mapped[dict[str, Any]]
    consented: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[str]
    by_name: Mapped[str]
    at: Mapped[datetime]


class MigrationResultRow(Base):
    """One matter of a batch: waiting, done or refused; `before` its old state, `told` its tasks before and after."""

    __tablename__ = "migration_result"
    batch_id: Mapped[int] = mapped_column(ForeignKey("migration_batch.id"), primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True, index=True)
    state: Mapped[str]
    said: Mapped[list[Any] | None]
    told: Mapped[dict[str, Any] | None]
    before: Mapped[bytes | None]
    at: Mapped[datetime | None]
