"""When a person applied: whether a credential was valid on that day is another question than today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said so for whom is there already."""
    op.add_column("applicants", sa.Column("applied_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """The days are lost."""
    with op.batch_alter_table("applicants") as table:
        table.drop_column("applied_on")
