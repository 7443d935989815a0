"""Drafts of bundles, what was done with them, and from which day a version is in force"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)
GUARD = """create trigger {0}_guard before update or delete or truncate on {0}
for each statement execute function is_append_only()"""
OLD_VERSIONS = """update bundle set valid_from = (deployed_at at time zone 'Asia/Ho_Chi_Minh')::date"""


def upgrade() -> None:
    for name in ("name", "legal_basis", "reason"):
        op.add_column("bundle", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("approved_by", "publication"):
        op.add_column("bundle", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("bundle", sa.Column("report", postgresql.JSONB(), nullable=True))
    op.add_column("bundle", sa.Column("valid_from", sa.Date(), nullable=True))
    op.execute("alter table bundle disable trigger bundle_guard")
    op.execute(OLD_VERSIONS)
    op.execute("alter table bundle enable trigger bundle_guard")
    op.alter_column("bundle", "valid_from", nullable=False)
    op.drop_constraint("uq_bundle_key_sha256", "bundle")
    op.create_table(
        "bundle_draft",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("publication", sa.Text(), nullable=True),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_draft")),
        sa.ForeignKeyConstraint(["base"], ["bundle.id"], name=op.f("fk_bundle_draft_base")),
        sa.ForeignKeyConstraint(["published"], ["bundle.id"], name=op.f("fk_bundle_draft_published")),
    )
    op.create_table(
        "bundle_draft_file",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_bundle_draft_file")),
        sa.ForeignKeyConstraint(["draft_id"], ["bundle_draft.id"], name=op.f("fk_bundle_draft_file_draft_id")),
    )
    op.create_table(
        "bundle_draft_kept",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_draft_kept")),
        sa.ForeignKeyConstraint(["draft_id"], ["bundle_draft.id"], name=op.f("fk_bundle_draft_kept_draft_id")),
    )
    op.create_index(op.f("ix_bundle_draft_kept_draft_id"), "bundle_draft_kept", ["draft_id"])
    op.create_table(
        "bundle_draft_presence",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "login", name=op.f("pk_bundle_draft_presence")),
        sa.ForeignKeyConstraint(["draft_id"], ["bundle_draft.id"], name=op.f("fk_bundle_draft_presence_draft_id")),
    )
    op.create_table(
        "workshop_act",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_act")),
        sa.ForeignKeyConstraint(["draft_id"], ["bundle_draft.id"], name=op.f("fk_workshop_act_draft_id")),
    )
    op.create_index(op.f("ix_workshop_act_draft_id"), "workshop_act", ["draft_id"])
    op.execute(GUARD.format("workshop_act"))


def downgrade() -> None:
    for table in (
        "workshop_act",
        "bundle_draft_presence",
        "bundle_draft_kept",
        "bundle_draft_file",
        "bundle_draft",
    ):
        op.drop_table(table)
    op.create_unique_constraint("uq_bundle_key_sha256", "bundle", ["key", "sha256"])
    for column in ("valid_from", "report", "publication", "approved_by", "reason", "legal_basis", "name"):
        op.drop_column("bundle", column)
