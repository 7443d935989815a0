"""The register of incoming letters, and letters whose sender a clerk has confirmed"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.add_column("letter", sa.Column("confirmed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("arrival_no", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("answers_number", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_arrival_instance_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_arrival_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.UniqueConstraint("body", "number", "dated", name=op.f("uq_arrival_body_number_dated")),
    )
    op.create_index("ix_arrival_open", "arrival", ["id"], postgresql_where=sa.text("done_at is null"))


def downgrade() -> None:
    op.drop_table("arrival")
    op.drop_column("letter", "confirmed")
