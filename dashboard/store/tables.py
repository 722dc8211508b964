"""The tables. What is shown is read from here, and nothing is shown that is not committed here.

`items` is the unit of work; `reports` is its history, never changed; `credentials` and `claims` are rows of
the current report for grids and matching; `standings` is one line a person, so that a grid is one query.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.base import CASCADE, ID, Base


class Vacancy(Base):
    """A job; its requirements stand in its versions."""

    __tablename__ = "vacancies"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    title: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)  # the current one
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class VacancyVersion(Base):
    """The requirements of a job as they were saved once."""

    __tablename__ = "vacancy_versions"
    __table_args__ = (UniqueConstraint("vacancy_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[str] = mapped_column(ForeignKey("vacancies.id", ondelete=CASCADE))
    version: Mapped[int]
    requirements: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(default="")
    actor: Mapped[str]
    at: Mapped[datetime]


class ApplicantRecord(Base):
    """A person, as the employer knows them, who may be deleted with everything of theirs."""

    __tablename__ = "applicants"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    vacancy_id: Mapped[str | None] = mapped_column(
        ForeignKey("vacancies.id", ondelete="SET NULL"), index=True
    )
    label: Mapped[str] = mapped_column(default="")  # the folder or file that named the person
    pseudonym: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    emails: Mapped[list[Any]] = mapped_column(default=list)
    phones: Mapped[list[Any]] = mapped_column(default=list)
    dids: Mapped[list[Any]] = mapped_column(default=list)
    line: Mapped[str] = mapped_column(default="")  # of a sample person
    applied_on: Mapped[date | None]  # None: nobody said; the day of the first batch stands for it
    decision: Mapped[str] = mapped_column(default="undecided")
    decided_at: Mapped[datetime | None]
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(index=True)


class Standing(Base):
    """Where a person stands against their job: derived, rewritten with every verdict and new version."""

    __tablename__ = "standings"

    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE), primary_key=True)
    version: Mapped[int | None]  # of the job that `states` were laid against
    required_met: Mapped[int] = mapped_column(default=0)
    required_total: Mapped[int] = mapped_column(default=0)
    preferred_met: Mapped[int] = mapped_column(default=0)
    preferred_total: Mapped[int] = mapped_column(default=0)
    verified_skills: Mapped[int] = mapped_column(default=0)
    states: Mapped[list[Any]] = mapped_column(default=list)  # ["met", "no_evidence"], in the order of the job
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"verified": 3, "pending": 1}
    oldest_check: Mapped[datetime | None]
    changed: Mapped[bool] = mapped_column(default=False)


class Batch(Base):
    """What was handed in at once."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    vacancy_id: Mapped[str | None] = mapped_column(ForeignKey("vacancies.id", ondelete="SET NULL"))
    purpose: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    duplicates: Mapped[list[Any]] = mapped_column(default=list)
    sample: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


class Item(Base):
    """One file, text or link of one person: pending → running → done."""

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("applicant_id", "sha256"),  # the same bytes of the same person count once
        CheckConstraint("state IN ('pending', 'running', 'done')", name="state"),
        CheckConstraint("(state = 'done') = (mark != 'pending')", name="mark"),
        Index("ix_items_queue", "state", "queued_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete=CASCADE), index=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE))
    position: Mapped[int]  # within the batch
    filename: Mapped[str]
    kind: Mapped[str]  # file | link
    url: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(String(64), index=True)  # of the bytes; of the address for a link
    size: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="pending")
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    mark: Mapped[str] = mapped_column(default="pending")
    report_id: Mapped[str | None] = mapped_column(ID)  # the current one
    # What a presentation had to answer: {"nonce": "…", "audience": "…", "received": "2026-09-01T09:00:00Z"}
    request: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ExchangeRecord(Base):
    """A question to a wallet: open for minutes, answered once."""

    __tablename__ = "exchanges"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'arrived', 'declined', 'cancelled')", name="state"),
        CheckConstraint("(state = 'arrived') = (batch_id IS NOT NULL)", name="batch"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # whoever knows it may answer
    vacancy_id: Mapped[str | None] = mapped_column(ForeignKey("vacancies.id", ondelete=CASCADE))
    applicant_id: Mapped[str | None] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE))
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("batches.id", ondelete=CASCADE))
    purpose: Mapped[str]
    nonce: Mapped[str] = mapped_column(String(64))
    sample: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="waiting")  # "expired" is read off the clock
    refused: Mapped[int] = mapped_column(default=0)  # answers that could not be taken
    actor: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ReportRecord(Base):
    """One verdict, for good: a re-check adds a row."""

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("items.id", ondelete=CASCADE), index=True)
    mark: Mapped[str]
    verdict: Mapped[str]
    code: Mapped[str]
    policy: Mapped[str]
    clock: Mapped[datetime]  # of the verification; frozen for the sample
    created_at: Mapped[datetime]  # of this row
    versions: Mapped[dict[str, Any]]
    trust_sha256: Mapped[str]  # of the issuer list that was used
    body: Mapped[dict[str, Any]]  # Report.to_dict()
    documents: Mapped[dict[str, Any]]  # path → what was read, where it is more than what was proved


class CredentialRecord(Base):
    """One credential of an item's current report, contained ones included."""

    __tablename__ = "credentials"
    __table_args__ = (UniqueConstraint("item_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("items.id", ondelete=CASCADE))
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE), index=True)
    path: Mapped[str] = mapped_column(default="")  # "" or "0.2"
    kind: Mapped[str]  # credential | presentation | archive | unreadable
    source: Mapped[str]
    name: Mapped[str]
    types: Mapped[list[Any]]
    format: Mapped[str]
    issuer_id: Mapped[str] = mapped_column(index=True)
    issuer_claimed: Mapped[str]
    issuer_listed: Mapped[str]
    mark: Mapped[str]
    verdict: Mapped[str]
    code: Mapped[str]
    genuine: Mapped[dict[str, Any]]
    theirs: Mapped[dict[str, Any]]
    proved: Mapped[bool]
    contained: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    checked_at: Mapped[datetime]
    changed_from: Mapped[str] = mapped_column(default="")


class ClaimRecord(Base):
    """One skill claim of an item's current report; `body` rebuilds the verifier's own value for matching."""

    __tablename__ = "claims"
    # Everything that the coverage counts: it need not read the bodies, which are most of the database.
    __table_args__ = (Index("ix_claims_coverage", "applicant_id", "kind", "framework", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("items.id", ondelete=CASCADE), index=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE))
    path: Mapped[str]
    kind: Mapped[str]  # skill | level | occupation | credential
    skill_id: Mapped[str]
    skill_name: Mapped[str]
    framework: Mapped[str]
    level: Mapped[str]
    mark: Mapped[str]
    code: Mapped[str]
    body: Mapped[dict[str, Any]]


class Decision(Base):
    """What was decided about a person, and why."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE), index=True)
    decision: Mapped[str]
    note: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class ConfirmationRecord(Base):
    """That a person said that a link counts, and why. Withdrawn, the row goes; the log keeps both."""

    __tablename__ = "confirmations"
    __table_args__ = (UniqueConstraint("applicant_id", "vacancy_id", "requirement_id", "link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("applicants.id", ondelete=CASCADE))
    vacancy_id: Mapped[str] = mapped_column(ForeignKey("vacancies.id", ondelete=CASCADE))
    requirement_id: Mapped[str]
    link: Mapped[str] = mapped_column(String(64))  # digest of the skill asked, the credential, the pointer
    reason: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class IssuerRecord(Base):
    """One entry of the employer's list."""

    __tablename__ = "issuers"

    id: Mapped[str] = mapped_column(primary_key=True)  # compared exactly, never by look
    name: Mapped[str]
    decision: Mapped[str]
    scope: Mapped[dict[str, Any]]
    jwks: Mapped[dict[str, Any]]
    reason: Mapped[str]
    approved_by: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime]


class IssuerVersion(Base):
    """An entry as it was once; decision "removed" where it was taken off."""

    __tablename__ = "issuer_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    decision: Mapped[str]
    scope: Mapped[dict[str, Any]]
    reason: Mapped[str]
    approved_by: Mapped[str]
    at: Mapped[datetime]


class IssuerProposal(Base):
    """A change of the issuer list that waits for a second person."""

    __tablename__ = "issuer_proposals"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    issuer_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    decision: Mapped[str]  # accept | refuse | ask | removed
    scope: Mapped[dict[str, Any]]
    jwks: Mapped[dict[str, Any]]
    sample: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str]
    proposed_by: Mapped[str]
    at: Mapped[datetime]


class Member(Base):
    """Who may sign in, as what. The log names the id alone: deleting the row leaves nothing but that."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    issuer: Mapped[str]  # `iss` of the provider
    subject: Mapped[str]  # `sub` there
    label: Mapped[str]
    roles: Mapped[list[Any]]
    added_by: Mapped[str]
    since: Mapped[datetime]


class Blob(Base):
    """A file as it was handed in, under the digest of its bytes: never under its name."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]  # of the file itself
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bool] = mapped_column(default=False, server_default=false())


class LogLine(Base):
    """One line of the activity log; `digest` covers the line and the digest before it. Never a name in it."""

    __tablename__ = "log"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


class LogHead(Base):
    """The end of the chain, kept apart: lines cut off the end are missed."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
