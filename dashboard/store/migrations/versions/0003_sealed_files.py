"""Files may be sealed with a key of the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was kept so far is not sealed."""
    op.add_column("blobs", sa.Column("sealed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Sealed files cannot be told any more: they are dropped."""
    op.execute(sa.text("DELETE FROM blobs WHERE sealed"))
    with op.batch_alter_table("blobs") as table:
        table.drop_column("sealed")
