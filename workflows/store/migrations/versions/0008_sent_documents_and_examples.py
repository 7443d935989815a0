"""What a movement keeps beside its dossiers: who received which document, and the register of examples"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_movement_document"), "delivery", ["movement", "document"], unique=False)
    op.execute(
        """create trigger delivery_guard before update or delete or truncate on delivery
for each statement execute function is_append_only()"""
    )
    op.create_table(
        "example",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("recognised_by", sa.Text(), nullable=True),
        sa.Column("recognised_at", INSTANT, nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_example_instance_id")),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name=op.f("fk_example_unit")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_example_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example")),
    )
    op.create_index(op.f("ix_example_movement"), "example", ["movement"], unique=False)


def downgrade() -> None:
    op.drop_table("example")
    op.drop_table("delivery")
