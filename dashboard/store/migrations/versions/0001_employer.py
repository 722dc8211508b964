"""What the employer keeps: jobs, issuers, files, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, what is pointed at first."""
    _blobs()
    _issuer_versions()
    _issuers()
    _log()
    _log_head()
    _vacancies()
    _vacancy_versions()


def downgrade() -> None:
    """Drop every table, what points first."""
    for table in ("vacancy_versions", "vacancies", "log_head", "log", "issuers", "issuer_versions", "blobs"):
        op.drop_table(table)


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )


def _issuer_versions() -> None:
    op.create_table(
        "issuer_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_versions"),
    )
    op.create_index("ix_issuer_versions_issuer_id", "issuer_versions", ["issuer_id"], unique=False)


def _issuers() -> None:
    op.create_table(
        "issuers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("jwks", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issuers"),
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_log"),
    )
    op.create_index("ix_log_action", "log", ["action"], unique=False)
    op.create_index("ix_log_subject", "log", ["subject"], unique=False)


def _log_head() -> None:
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_head"),
    )


def _vacancies() -> None:
    op.create_table(
        "vacancies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vacancies"),
    )


def _vacancy_versions() -> None:
    op.create_table(
        "vacancy_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_vacancy_versions_vacancy_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_vacancy_versions"),
        sa.UniqueConstraint("vacancy_id", "version", name="uq_vacancy_versions_vacancy_id_version"),
    )
