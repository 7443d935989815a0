"""Who looks at a task just now, and from which window a draft was kept"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_presence_task_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task_id", "login", name=op.f("pk_presence")),
    )
    op.add_column("draft", sa.Column("kept_from", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "kept_from")
    op.drop_table("presence")
