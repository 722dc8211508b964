"""A person may say that a link which proves nothing by itself counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has confirmed anything yet."""
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("vacancy_id", sa.String(length=32), nullable=False),
        sa.Column("requirement_id", sa.String(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_confirmations_applicant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_confirmations_vacancy_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
        sa.UniqueConstraint(
            "applicant_id",
            "vacancy_id",
            "requirement_id",
            "link",
            name="uq_confirmations_applicant_id_vacancy_id_requirement_id_link",
        ),
    )


def downgrade() -> None:
    """What was confirmed counts no longer: standings are laid anew with the next verdict."""
    op.drop_table("confirmations")
