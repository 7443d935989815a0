"""What the checks of drafts before publishing found, each kept by the checksum of the files"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gate_run",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("report", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_gate_run")),
        sa.ForeignKeyConstraint(["draft_id"], ["bundle_draft.id"], name=op.f("fk_gate_run_draft_id")),
    )
    op.create_index(op.f("ix_gate_run_draft_id"), "gate_run", ["draft_id"])


def downgrade() -> None:
    op.drop_table("gate_run")
