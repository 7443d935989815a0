"""The tables of the workshop: drafts of bundles, their files, who is there, what was done; rows never leave here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from workflows.store.tables import Base


class BundleDraftRow(Base):
    """A draft: the deployed version `base` with the files laid over it; `published` is the version it became."""

    __tablename__ = "bundle_draft"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str]
    title: Mapped[str]
    base: Mapped[int] = mapped_column(ForeignKey("bundle.id"))
    state: Mapped[str]
    author: Mapped[str]
    opened_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    publication: Mapped[str | None]
    published: Mapped[int | None] = mapped_column(ForeignKey("bundle.id"))


class BundleDraftFileRow(Base):
    """A file of a draft that its base has otherwise, or not; without content it is removed."""

    __tablename__ = "bundle_draft_file"
    draft_id: Mapped[int] = mapped_column(ForeignKey("bundle_draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes | None]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class BundleDraftKeptRow(Base):
    """What somebody wrote while somebody else saved the same file: it is lost to nobody."""

    __tablename__ = "bundle_draft_kept"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("bundle_draft.id"), index=True)
    path: Mapped[str]
    content: Mapped[bytes]
    by: Mapped[str]
    at: Mapped[datetime]


class BundleDraftPresenceRow(Base):
    """Who had which file of a draft open, and when last."""

    __tablename__ = "bundle_draft_presence"
    draft_id: Mapped[int] = mapped_column(ForeignKey("bundle_draft.id"), primary_key=True)
    login: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    seen_at: Mapped[datetime]


class WorkshopActRow(Base):
    """What was done with a draft or a version, by whom and why; rows are never changed."""

    __tablename__ = "workshop_act"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    by_name: Mapped[str]
    act: Mapped[str]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("bundle_draft.id"), index=True)
    version: Mapped[int | None]
    told: Mapped[dict[str, Any]]
    reason: Mapped[str]
