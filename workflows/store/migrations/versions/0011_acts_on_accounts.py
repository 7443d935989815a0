"""Acts on accounts, one-time passwords, sessions that can be named"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

GUARD = """create trigger account_act_guard before update or delete or truncate on account_act
for each statement execute function is_append_only()"""


def upgrade() -> None:
    op.create_table(
        "account_act",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_name", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_act")),
    )
    op.create_index(op.f("ix_account_act_about_subject"), "account_act", ["about", "subject"])
    op.execute(GUARD)
    op.add_column("account", sa.Column("password_until", postgresql.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("web_session", sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False))
    op.create_unique_constraint(op.f("uq_web_session_id"), "web_session", ["id"])


def downgrade() -> None:
    op.drop_column("web_session", "id")
    op.drop_column("account", "password_until")
    op.drop_table("account_act")
