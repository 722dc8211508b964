"""What is read of many people is kept small: no evidence in a standing, and an index to count claims by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The evidence is laid out anew for whoever looks at a person; nobody read the copy."""
    with op.batch_alter_table("standings") as table:
        table.drop_column("cells")
    op.create_index("ix_claims_coverage", "claims", ["applicant_id", "kind", "framework", "mark"])
    op.drop_index("ix_claims_applicant_id", "claims")


def downgrade() -> None:
    """Empty: the next verdict or version of the job fills it."""
    op.create_index("ix_claims_applicant_id", "claims", ["applicant_id"])
    op.drop_index("ix_claims_coverage", "claims")
    op.add_column("standings", sa.Column("cells", sa.JSON(), nullable=False, server_default="[]"))
