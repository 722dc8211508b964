"""When a verdict is worth asking for again, and what a later check changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from dashboard.services.values import Mark
from dashboard.store.tables import ApplicantRecord, CredentialRecord, Item, ReportRecord

RECHECK_FAST = timedelta(minutes=15)  # what could not be asked is worth asking again soon (SCREENS §4)
RECHECK_SLOW = timedelta(days=30)  # a verified credential may be revoked at any time
TRANSIENT = frozenset({"unreachable", "offline", "answer_unusable", "status_unreachable", "key_unavailable"})


def recheck_due(record: CredentialRecord) -> datetime | None:
    """When to ask again; None: asking again would change nothing."""
    if record.code in TRANSIENT:
        return record.checked_at + RECHECK_FAST
    if record.mark == Mark.VERIFIED.value:
        return record.checked_at + RECHECK_SLOW
    return None


def due_items(job_id: str | None, now: datetime) -> Select[tuple[str]]:
    """Items that are due, the longest unchecked first. The sample's clock stands still: it is never due."""
    transient = and_(CredentialRecord.code.in_(TRANSIENT), CredentialRecord.checked_at <= now - RECHECK_FAST)
    verified = and_(
        CredentialRecord.mark == Mark.VERIFIED.value, CredentialRecord.checked_at <= now - RECHECK_SLOW
    )
    query = (
        select(Item.id)
        .join(CredentialRecord, CredentialRecord.item_id == Item.id)
        .join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .where(or_(transient, verified), Item.state == "done", ApplicantRecord.sample.is_(False))
        .group_by(Item.id)  # one that holds several due credentials is due once
        .order_by(func.min(CredentialRecord.checked_at), Item.id)
    )
    return query if job_id is None else query.where(ApplicantRecord.vacancy_id == job_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An item whose verdict is another than when its person was decided on."""

    item_id: str
    applicant_id: str
    before: Row[Any]  # id, clock, verdict, code, mark, policy of the last report before the decision
    now: Row[Any]  # the same of the current one


def changed_since_decision(
    session: Session, *, applicant_id: str = "", decision: str = ""
) -> Iterator[Changed]:
    """What changed for one person, or for everybody of one decision. Without a decision nothing did."""
    query = (
        select(
            ReportRecord.id,
            ReportRecord.clock,
            ReportRecord.verdict,
            ReportRecord.code,
            ReportRecord.mark,
            ReportRecord.policy,
            ReportRecord.created_at,
            ReportRecord.item_id,
            Item.applicant_id,
            Item.report_id,
            ApplicantRecord.decided_at,
        )
        .join(Item, Item.id == ReportRecord.item_id)
        .join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .where(ApplicantRecord.decided_at.is_not(None))
        .order_by(Item.applicant_id, ReportRecord.item_id, ReportRecord.created_at)
    )
    if applicant_id:
        query = query.where(ApplicantRecord.id == applicant_id)
    if decision:
        query = query.where(ApplicantRecord.decision == decision)
    for item_id, rows in groupby(session.execute(query), key=lambda row: str(row.item_id)):
        yield from _changed(item_id, rows)


def _changed(item_id: str, rows: Iterable[Row[Any]]) -> Iterator[Changed]:
    """Nothing for what was handed in after the decision: it is new, not changed."""
    before = current = None
    for row in rows:
        if row.created_at <= row.decided_at:
            before = row
        if row.id == row.report_id:
            current = row
    if before is not None and current is not None and _said(before) != _said(current):
        yield Changed(item_id=item_id, applicant_id=current.applicant_id, before=before, now=current)


def _said(row: Row[Any]) -> tuple[str, str]:
    """The verdict, and of a problem which one: why something could not be asked changes with the weather."""
    return row.verdict, row.code if row.verdict == "failed" else ""
