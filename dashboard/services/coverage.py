"""All people of a job against its requirements: what nobody proves, and who proves the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, text
from sqlalchemy.orm import Session

from dashboard.services.jobs import job_detail
from dashboard.services.people import Coverage, CoverageRow, ShareRow
from dashboard.services.records import RequirementRow
from dashboard.services.standing import SKILL
from dashboard.store.tables import ApplicantRecord, ClaimRecord, CredentialRecord, Standing

STATES = (
    "met",
    "level_short",
    "level_unknown",
    "related_only",
    "claimed",
    "rejected_evidence",
    "no_evidence",
)
LABEL = "share_label"
MAX_LABELS = 50  # bars of one chart; the rest is summed in no bar, and the table says so


def of_job(session: Session, job_id: str, now: datetime) -> Coverage:
    """The coverage of one job. Raises `Missing`."""
    job = job_detail(session, job_id)
    mine = ApplicantRecord.vacancy_id == job_id
    states = session.scalars(  # of the current version: the others are being laid against it now
        select(Standing.states)
        .join(ApplicantRecord, ApplicantRecord.id == Standing.applicant_id)
        .where(mine, Standing.version == job.version)
    ).all()
    people = session.scalar(select(func.count()).select_from(ApplicantRecord).where(mine)) or 0
    rows = [_row(line, (one[index] for one in states)) for index, line in enumerate(job.requirements)]
    return Coverage(
        job=job,
        people=people,
        requirements=tuple(sorted(rows, key=lambda row: row.states["met"])),
        issuers=_issuers(session, mine),
        frameworks=_frameworks(session, mine),
        ages_days=_ages(session, mine, now),
    )


def _row(line: RequirementRow, states: Iterable[str]) -> CoverageRow:
    counts = dict.fromkeys(STATES, 0)
    for state in states:
        counts[state] += 1
    return CoverageRow(requirement=line, states=counts)


def _issuers(session: Session, mine: ColumnElement[bool]) -> tuple[ShareRow, ...]:
    """By the name on the list, else by identifier: what a credential calls its issuer is no evidence."""
    label = case(
        (CredentialRecord.issuer_listed != "", CredentialRecord.issuer_listed),
        else_=CredentialRecord.issuer_id,
    )
    is_credential = mine & (CredentialRecord.kind == "credential")
    return _shares(session, label, CredentialRecord.mark, CredentialRecord.applicant_id, is_credential)


def _frameworks(session: Session, mine: ColumnElement[bool]) -> tuple[ShareRow, ...]:
    """Skills by the framework they are named in; "" for free text."""
    is_skill = mine & (ClaimRecord.kind == SKILL)
    return _shares(session, ClaimRecord.framework, ClaimRecord.mark, ClaimRecord.applicant_id, is_skill)


def _shares(
    session: Session, label: Any, mark: Any, applicant: Any, where: ColumnElement[bool]
) -> tuple[ShareRow, ...]:
    verified = func.sum(case((mark == "verified", 1), else_=0))
    query = (
        select(label.label(LABEL), verified, func.count())
        .join(ApplicantRecord, ApplicantRecord.id == applicant)
        .where(where)
        .group_by(text(LABEL))  # by its name: PostgreSQL takes two equal expressions with values for two
        .order_by(func.count().desc(), text(LABEL))
        .limit(MAX_LABELS)
    )
    return tuple(
        ShareRow(label=name, verified=count, total=total) for name, count, total in session.execute(query)
    )


def _ages(session: Session, mine: ColumnElement[bool], now: datetime) -> tuple[int, ...]:
    query = (
        select(CredentialRecord.checked_at)
        .join(ApplicantRecord, ApplicantRecord.id == CredentialRecord.applicant_id)
        .where(mine, CredentialRecord.path == "")
    )
    return tuple(max((now - at).days, 0) for at in session.scalars(query))
