"""Where a person stands: counts of their items, and their proved skills laid against their job.

Derived, and kept in one row a person, rewritten in the same transaction as what it is derived from.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.services.core import plain
from dashboard.services.marks import mark_of
from dashboard.services.requirements import current_job
from dashboard.services.values import Mark
from dashboard.store.codec import from_json
from dashboard.store.tables import ApplicantRecord, ClaimRecord, CredentialRecord, Item, Standing, Vacancy
from verifier import SkillClaim, match

MAX_EVIDENCE = 20  # pieces kept for one requirement, the best first


def restate(session: Session, applicant_id: str) -> None:
    """Rewrite the person's standing from items, claims and the current version of the job."""
    person = session.get(ApplicantRecord, applicant_id)
    if person is None:
        return
    standing = session.get(Standing, applicant_id)
    if standing is None:
        standing = Standing(applicant_id=applicant_id)
        session.add(standing)
    session.flush()
    _count(session, standing)
    _lay(session, standing, person)
    session.flush()


def _count(session: Session, standing: Standing) -> None:
    mine = Item.applicant_id == standing.applicant_id
    marks = session.execute(select(Item.mark, func.count()).where(mine).group_by(Item.mark))
    standing.marks = {row[0]: row[1] for row in marks}
    held = CredentialRecord.applicant_id == standing.applicant_id
    standing.oldest_check = session.scalar(select(func.min(CredentialRecord.checked_at)).where(held))
    changed = select(func.count()).where(held, CredentialRecord.changed_from != "")
    standing.changed = bool(session.scalar(changed))


def _lay(session: Session, standing: Standing, person: ApplicantRecord) -> None:
    rows = session.scalars(
        select(ClaimRecord).where(ClaimRecord.applicant_id == person.id).order_by(ClaimRecord.id)
    ).all()
    proved = {row.skill_id or row.skill_name for row in rows if row.mark == Mark.VERIFIED.value}
    standing.verified_skills = len(proved)
    vacancy = session.get(Vacancy, person.vacancy_id) if person.vacancy_id else None
    if vacancy is None:
        standing.version, standing.states, standing.cells = None, [], []
        standing.required_met = standing.required_total = 0
        standing.preferred_met = standing.preferred_total = 0
        return
    claims = {from_json(SkillClaim, row.body): row for row in reversed(rows)}
    result = match(current_job(session, vacancy), claims)
    standing.version = vacancy.version
    standing.states = [row.standing.value for row in result.requirements]
    standing.cells = [_cell(row, claims) for row in result.requirements]
    required = [row.standing.value for row in result.requirements if row.requirement.required]
    preferred = [row.standing.value for row in result.requirements if not row.requirement.required]
    standing.required_met, standing.required_total = required.count("met"), len(required)
    standing.preferred_met, standing.preferred_total = preferred.count("met"), len(preferred)


def _cell(row: Any, claims: dict[SkillClaim, ClaimRecord]) -> dict[str, Any]:
    best = row.judged[0] if row.judged else None
    return {
        "id": row.requirement.id,
        "state": row.standing.value,
        "reason": row.reason,
        "sentence": plain(row.sentence, 1_000),
        "asked": _spoken(row.requirement.minimum_level),
        "held": _spoken(best.level if best else None),
        "evidence": [_evidence(item, claims[item.claim]) for item in row.judged[:MAX_EVIDENCE]],
    }


def _evidence(item: Any, record: ClaimRecord) -> dict[str, Any]:
    claim = item.claim
    return {
        "item": record.item_id,
        "path": record.path,
        "name": plain(claim.achievement or claim.skill.name),
        "issuer": plain(claim.issuer_name),
        "mark": mark_of(claim.verdict.value, claim.code).value,
        "skill": plain(claim.skill.name or claim.skill.id or ""),
        "link": item.link.value,
        "level": _spoken(item.level),
        "pointer": plain(claim.pointer),
    }


def _spoken(level: Any) -> str:
    return plain(f"{level.scheme} {level.value}") if level else ""
