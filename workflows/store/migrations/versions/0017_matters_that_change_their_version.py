"""Batches of running matters that go on to another version, and what became of each"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "migration_batch",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("from_bundle", sa.Integer(), nullable=False),
        sa.Column("to_bundle", sa.Integer(), nullable=False),
        sa.Column("renamed", postgresql.JSONB(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_batch")),
        sa.ForeignKeyConstraint(["from_bundle"], ["bundle.id"], name=op.f("fk_migration_batch_from_bundle")),
        sa.ForeignKeyConstraint(["to_bundle"], ["bundle.id"], name=op.f("fk_migration_batch_to_bundle")),
    )
    op.create_table(
        "migration_result",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("said", postgresql.JSONB(), nullable=True),
        sa.Column("told", postgresql.JSONB(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("batch_id", "instance_id", name=op.f("pk_migration_result")),
        sa.ForeignKeyConstraint(["batch_id"], ["migration_batch.id"], name=op.f("fk_migration_result_batch_id")),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_migration_result_instance_id")),
    )
    op.create_index(op.f("ix_migration_result_instance_id"), "migration_result", ["instance_id"])


def downgrade() -> None:
    op.drop_table("migration_result")
    op.drop_table("migration_batch")
