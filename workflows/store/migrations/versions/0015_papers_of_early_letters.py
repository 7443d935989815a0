"""The paper of a letter that came before its step"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("filename", "media_type", "sha256"):
        op.add_column("letter", sa.Column(column, sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_letter_sha256"), "letter", "blob", ["sha256"], ["sha256"])


def downgrade() -> None:
    for column in ("filename", "media_type", "sha256"):
        op.drop_column("letter", column)
