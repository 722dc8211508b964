"""What a person confirmed: that a link which proves nothing by itself counts for a requirement (SKILLS §5).

A confirmation names a link, not a line: the skill that was asked and the claim, as one digest. Another
skill on the same line, another credential, or a changed one needs a confirmation of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import found
from dashboard.store.tables import ApplicantRecord, ConfirmationRecord
from verifier import Confirmation, JobRequirements, SkillClaim

Cells = Iterable[Mapping[str, Any]]


def link_of(requirement: Any, claim: SkillClaim) -> str:
    """The digest of the skill that is asked and the claim that is to count for it."""
    skill = requirement.skill
    asked = [skill.id] if skill.id else [skill.framework, skill.code, skill.name]
    parts = json.dumps([asked, claim.credential_sha, claim.pointer])
    return hashlib.sha256(parts.encode()).hexdigest()


def confirmations_of(
    session: Session, person: ApplicantRecord, job: JobRequirements, claims: Iterable[SkillClaim]
) -> Iterator[Confirmation]:
    """What counts of the person's claims because somebody said so, for the job as it reads now."""
    records = session.scalars(
        select(ConfirmationRecord).where(
            ConfirmationRecord.applicant_id == person.id, ConfirmationRecord.vacancy_id == person.vacancy_id
        )
    )
    made = {(record.requirement_id, record.link): record for record in records}
    asked = {requirement_id for requirement_id, _ in made}
    for requirement in job.requirements:
        for claim in claims if requirement.id in asked else ():
            record = made.get((requirement.id, link_of(requirement, claim)))
            if record is not None:
                yield Confirmation(
                    requirement_id=requirement.id,
                    credential_sha=claim.credential_sha,
                    pointer=claim.pointer,
                    by=record.actor,
                    at=record.at,
                    reason=record.reason,
                )


def add(
    session: Session,
    person: ApplicantRecord,
    cells: Cells,
    *,
    requirement_id: str,
    link: str,
    reason: str,
    actor: str,
    at: datetime,
) -> str:
    """Keep a confirmation; gives the item of the evidence. `Missing` where there is nothing to confirm."""
    shown = _shown(cells, requirement_id, link)
    found(shown["confirmable"] or None, "evidence")  # rejected, claimed, or counted already
    session.add(
        ConfirmationRecord(
            applicant_id=person.id,
            vacancy_id=person.vacancy_id,
            requirement_id=requirement_id,
            link=link,
            reason=reason,
            actor=actor,
            at=at,
        )
    )
    session.flush()
    return str(shown["item"])


def remove(session: Session, applicant_id: str, job_id: str, requirement_id: str, link: str) -> None:
    """Drop a confirmation, whether or not its evidence is still there. `Missing` where there is none."""
    query = select(ConfirmationRecord).where(
        ConfirmationRecord.applicant_id == applicant_id,
        ConfirmationRecord.vacancy_id == job_id,
        ConfirmationRecord.requirement_id == requirement_id,
        ConfirmationRecord.link == link,
    )
    session.delete(found(session.scalars(query).one_or_none(), "confirmation"))
    session.flush()


def _shown(cells: Cells, requirement_id: str, link: str) -> Mapping[str, Any]:
    pieces = (piece for cell in cells if cell["id"] == requirement_id for piece in cell["evidence"])
    shown: Mapping[str, Any] = found(
        next((one for one in pieces if one["confirms"] == link), None), "evidence"
    )
    return shown
