"""All people of a job against its requirements: what nobody proves, and who proves the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select, text
from sqlalchemy.orm import Session

from dashboard.services.jobs import job_detail
from dashboard.services.people import AgeRow, Coverage, CoverageRow, ShareRow
from dashboard.services.records import RequirementRow
from dashboard.services.standing import SKILL, count_stale
from dashboard.services.values import Mark
from dashboard.store.tables import ApplicantRecord, ClaimRecord, CredentialRecord, Item, Standing

STATES = (
    "met",
    "level_short",
    "level_unknown",
    "related_only",
    "claimed",
    "rejected_evidence",
    "no_evidence",
)
AGES = (7, 30, 90, 365)  # days
OLDER = 0  # in their place: a check that is older than all of them
LABEL, AGE, STATES_TEXT = "share_label", "check_age", "states_text"


def of_job(session: Session, job_id: str, now: datetime) -> Coverage:
    """The coverage of one job. Raises `Missing`."""
    job = job_detail(session, job_id)
    mine = ApplicantRecord.vacancy_id == job_id
    people = session.scalar(select(func.count()).select_from(ApplicantRecord).where(mine)) or 0
    alike = _alike(session, mine & (Standing.version == job.version))
    rows = [_row(line, index, alike) for index, line in enumerate(job.requirements)]
    return Coverage(
        job=job,
        people=people,
        requirements=tuple(sorted(rows, key=lambda row: row.states["met"])),
        issuers=_issuers(session, mine),
        frameworks=_frameworks(session, mine),
        ages=_ages(session, mine, now),
        oldest_days=_oldest(session, mine, now),
        pending=_pending(session, mine),
        behind=count_stale(session, job_id),
    )


def _pending(session: Session, mine: ColumnElement[bool]) -> int:
    """Files that may still prove something."""
    items = (
        select(func.count()).select_from(Item).join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
    )
    return session.scalar(items.where(mine, Item.mark == Mark.PENDING.value)) or 0


def _alike(session: Session, where: ColumnElement[bool]) -> list[tuple[list[str], int]]:
    """Each combination of states that somebody has, and how many have it.

    Of the current version alone: who was laid against an earlier one is `Coverage.behind`.
    """
    states = cast(Standing.states, Text).label(STATES_TEXT)
    query = (
        select(states, func.count())
        .join(ApplicantRecord, ApplicantRecord.id == Standing.applicant_id)
        .where(where)
        .group_by(text(STATES_TEXT))
    )
    return [(json.loads(one), count) for one, count in session.execute(query)]


def _row(line: RequirementRow, index: int, alike: Iterable[tuple[list[str], int]]) -> CoverageRow:
    counts = dict.fromkeys(STATES, 0)
    for states, count in alike:
        counts[states[index]] += count
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
    )
    return tuple(
        ShareRow(label=name, verified=count, total=total) for name, count, total in session.execute(query)
    )


def _ages(session: Session, mine: ColumnElement[bool], now: datetime) -> tuple[AgeRow, ...]:
    """How old the checks are, each under the first of `AGES` that it does not exceed."""
    since = [(CredentialRecord.checked_at > now - timedelta(days=days + 1), days) for days in AGES]
    query = _checks(mine, case(*since, else_=OLDER).label(AGE), func.count()).group_by(text(AGE))
    counts: dict[int, int] = dict(session.execute(query).tuples().all())
    return tuple(AgeRow(at_most_days=days or None, checks=counts.get(days, 0)) for days in (*AGES, OLDER))


def _oldest(session: Session, mine: ColumnElement[bool], now: datetime) -> int:
    """The age of the oldest check, in days."""
    oldest = session.scalar(_checks(mine, func.min(CredentialRecord.checked_at)))
    return max((now - oldest).days, 0) if oldest else 0


def _checks(mine: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """Of the items' own checks; what is inside one was checked with it."""
    people = ApplicantRecord.id == CredentialRecord.applicant_id
    return select(*columns).join(ApplicantRecord, people).where(mine, CredentialRecord.path == "")
