"""The table of checks before publishing; rows never leave here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class GateRunRow(Base):
    """The check of the files with this checksum; `told_at` is when it was last heard of, in real time."""

    __tablename__ = "gate_run"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("bundle_draft.id"), index=True)
    state: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    told_at: Mapped[datetime]
    report: Mapped[dict[str, Any] | None]
