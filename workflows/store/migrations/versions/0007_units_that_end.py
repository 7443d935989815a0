"""Units that end, and who takes over"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("valid_to", sa.Date(), nullable=True))
    op.add_column("unit", sa.Column("successor", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_unit_successor"), "unit", "unit", ["successor"], ["code"])
    op.create_check_constraint(op.f("ck_unit_ended"), "unit", "(valid_to is null) = (successor is null)")
    op.create_check_constraint(op.f("ck_unit_other"), "unit", "successor <> code")


def downgrade() -> None:
    op.drop_column("unit", "successor")
    op.drop_column("unit", "valid_to")
