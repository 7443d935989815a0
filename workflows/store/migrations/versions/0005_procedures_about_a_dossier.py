"""An instance may be about a dossier"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("instance", sa.Column("about", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_instance_about"), "instance", "instance", ["about"], ["number"])
    op.create_index(op.f("ix_instance_about"), "instance", ["about"])
