"""What is known of people: batches, items, verdicts, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, what is pointed at first."""
    _applicants()
    _batches()
    _decisions()
    _items()
    _standings()
    _claims()
    _credentials()
    _reports()


def downgrade() -> None:
    """Drop every table, what points first."""
    for table in (
        "reports",
        "credentials",
        "claims",
        "standings",
        "items",
        "decisions",
        "batches",
        "applicants",
    ):
        op.drop_table(table)


def _applicants() -> None:
    op.create_table(
        "applicants",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("vacancy_id", sa.String(length=32), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("emails", sa.JSON(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("dids", sa.JSON(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_applicants_vacancy_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_applicants"),
    )
    op.create_index("ix_applicants_created_at", "applicants", ["created_at"], unique=False)
    op.create_index("ix_applicants_vacancy_id", "applicants", ["vacancy_id"], unique=False)


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("vacancy_id", sa.String(length=32), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("duplicates", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_batches_vacancy_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_created_at", "batches", ["created_at"], unique=False)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_decisions_applicant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_applicant_id", "decisions", ["applicant_id"], unique=False)


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", UtcTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("(state = 'done') = (mark != 'pending')", name="ck_items_mark"),
        sa.CheckConstraint("state IN ('pending', 'running', 'done')", name="ck_items_state"),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_items_applicant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_items_batch_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("applicant_id", "sha256", name="uq_items_applicant_id_sha256"),
    )
    op.create_index("ix_items_batch_id", "items", ["batch_id"], unique=False)
    op.create_index("ix_items_queue", "items", ["state", "queued_at"], unique=False)
    op.create_index("ix_items_sha256", "items", ["sha256"], unique=False)


def _standings() -> None:
    op.create_table(
        "standings",
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("required_met", sa.Integer(), nullable=False),
        sa.Column("required_total", sa.Integer(), nullable=False),
        sa.Column("preferred_met", sa.Integer(), nullable=False),
        sa.Column("preferred_total", sa.Integer(), nullable=False),
        sa.Column("verified_skills", sa.Integer(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("oldest_check", UtcTime(), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_standings_applicant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_standings"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("skill_name", sa.String(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_claims_applicant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_claims_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_applicant_id", "claims", ["applicant_id"], unique=False)
    op.create_index("ix_claims_item_id", "claims", ["item_id"], unique=False)


def _credentials() -> None:
    op.create_table(
        "credentials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("issuer_id", sa.String(), nullable=False),
        sa.Column("issuer_claimed", sa.String(), nullable=False),
        sa.Column("issuer_listed", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("genuine", sa.JSON(), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=False),
        sa.Column("proved", sa.Boolean(), nullable=False),
        sa.Column("contained", sa.Integer(), nullable=False),
        sa.Column("valid_from", UtcTime(), nullable=True),
        sa.Column("valid_until", UtcTime(), nullable=True),
        sa.Column("checked_at", UtcTime(), nullable=False),
        sa.Column("changed_from", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_credentials_applicant_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_credentials_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
        sa.UniqueConstraint("item_id", "path", name="uq_credentials_item_id_path"),
    )
    op.create_index("ix_credentials_applicant_id", "credentials", ["applicant_id"], unique=False)
    op.create_index("ix_credentials_issuer_id", "credentials", ["issuer_id"], unique=False)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("clock", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("trust_sha256", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_reports_item_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_item_id", "reports", ["item_id"], unique=False)
