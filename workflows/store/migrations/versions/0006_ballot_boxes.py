"""Ballot boxes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot_box",
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_ballot_box_instance_id_instance")),
        sa.PrimaryKeyConstraint("instance_id", "council", name=op.f("pk_ballot_box")),
    )


def downgrade() -> None:
    op.drop_table("ballot_box")
