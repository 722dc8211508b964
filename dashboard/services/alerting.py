"""What a person should hear of without asking: a shortlisted applicant's credential is not what it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dashboard.services.people import DecisionWord
from dashboard.services.rechecking import Changed, changed_since_decision
from dashboard.services.values import Alert, HistoryRow, Mark
from dashboard.store.tables import ApplicantRecord, CredentialRecord


def alerts(session: Session, job_id: str | None) -> tuple[Alert, ...]:
    """Every change since the decision, the latest first."""
    found = []
    for change in changed_since_decision(session, decision=DecisionWord.SHORTLISTED.value):
        person = session.get_one(ApplicantRecord, change.applicant_id)
        if job_id is None or person.vacancy_id == job_id:
            found.append(_alert(session, change, person))
    return tuple(sorted(found, key=lambda one: one.now.at, reverse=True))


def _alert(session: Session, change: Changed, person: ApplicantRecord) -> Alert:
    root = select(CredentialRecord.name).where(
        CredentialRecord.item_id == change.item_id, CredentialRecord.path == "", CredentialRecord.proved
    )
    return Alert(
        item_id=change.item_id,
        applicant_id=person.id,
        pseudonym=person.pseudonym,
        name=person.name or person.label,
        credential=session.scalar(root) or "",
        before=_verdict(change.before),
        now=_verdict(change.now),
        decided_at=change.now.decided_at,
    )


def _verdict(row: Row[Any]) -> HistoryRow:
    return HistoryRow(
        report_id=row.id,
        at=row.clock,
        verdict=row.verdict,
        code=row.code,
        mark=Mark(row.mark),
        policy=row.policy,
    )
