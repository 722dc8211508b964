"""A wallet may be asked; what it presents remembers what it had to answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been asked yet, and nothing that is there was an answer."""
    op.add_column("items", sa.Column("request", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "exchanges",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("vacancy_id", sa.String(length=32), nullable=True),
        sa.Column("applicant_id", sa.String(length=32), nullable=True),
        sa.Column("batch_id", sa.String(length=32), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.CheckConstraint("(state = 'arrived') = (batch_id IS NOT NULL)", name="ck_exchanges_batch"),
        sa.CheckConstraint(
            "state IN ('waiting', 'arrived', 'declined', 'cancelled')", name="ck_exchanges_state"
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_exchanges_applicant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name="fk_exchanges_batch_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_exchanges_vacancy_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exchanges"),
    )


def downgrade() -> None:
    """An answer is judged as an upload from then on."""
    op.drop_table("exchanges")
    with op.batch_alter_table("items") as table:
        table.drop_column("request")
