"""Where a person stands: counts of their items, and their proved skills laid against their job.

Derived, and kept in one row a person, rewritten in the same transaction as what it is derived from.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from dashboard.services.confirming import confirmations_of, link_of
from dashboard.services.core import plain
from dashboard.services.levels import spoken
from dashboard.services.marks import mark_of
from dashboard.services.rechecking import changed_since_decision
from dashboard.services.requirements import current_matcher
from dashboard.services.values import Mark
from dashboard.store.codec import from_json
from dashboard.store.tables import ApplicantRecord, ClaimRecord, CredentialRecord, Item, Standing, Vacancy
from verifier import SkillClaim

LOG = logging.getLogger("skillproof.store")
SKILL = "skill"  # claims also name levels and occupations
MAX_EVIDENCE = 20  # pieces kept for one requirement, the best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A person's claims against one version of a job."""

    version: int | None = None
    rows: tuple[Any, ...] = ()  # the matches of the verifier, in the order of the job
    records: Mapping[SkillClaim, ClaimRecord] = field(default_factory=dict)

    @property
    def states(self) -> list[str]:
        """A word for each requirement, in the order of the job."""
        return [row.standing.value for row in self.rows]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """Each requirement with its evidence: for whoever looks at this person, and kept nowhere."""
        return [_cell(row, self.records) for row in self.rows]

    def met(self, *, required: bool) -> tuple[int, int]:
        """How many of the required (or preferred) ones are met, and how many there are."""
        states = [row.standing.value for row in self.rows if row.requirement.required is required]
        return states.count("met"), len(states)


def restate(session: Session, applicant_id: str) -> None:
    """Rewrite the person's standing from items, claims and the current version of the job."""
    person = session.get(ApplicantRecord, applicant_id)
    if person is None:
        return
    standing = session.get(Standing, applicant_id)
    if standing is None:
        standing = Standing(applicant_id=applicant_id)
        session.add(standing)
    _count(session, standing, person)
    _keep(standing, lay(session, person))
    session.flush()


def begin(session: Session, people: Select[tuple[str]]) -> None:
    """Count the items of people whose files came in; whoever has no standing yet gets one.

    Nothing of a newcomer's is checked yet, so all newcomers of a job stand alike: one is laid for all.
    """
    known = select(Standing.applicant_id)
    newcomers = select(ApplicantRecord).where(
        ApplicantRecord.id.in_(people), ApplicantRecord.id.not_in(known)
    )
    alike: dict[str | None, Laid] = {}
    for person in session.scalars(newcomers).all():
        if person.vacancy_id not in alike:
            alike[person.vacancy_id] = lay(session, person)
        standing = Standing(applicant_id=person.id)
        _keep(standing, alike[person.vacancy_id])
        session.add(standing)
    session.flush()
    recount(session, people)


def recount(session: Session, people: Select[tuple[str]]) -> None:
    """Count the items of these people anew, where nothing else of theirs has changed."""
    query = (
        select(Item.applicant_id, Item.mark, func.count())
        .where(Item.applicant_id.in_(people))
        .group_by(Item.applicant_id, Item.mark)
    )
    marks: dict[str, dict[str, int]] = {}
    for applicant_id, mark, count in session.execute(query):
        marks.setdefault(applicant_id, {})[mark] = count
    if marks:
        rows = [{"applicant_id": one, "marks": found} for one, found in marks.items()]
        session.execute(update(Standing), rows)


def is_stale(session: Session) -> bool:
    """Whether somebody's job has a newer version than they were laid against."""
    return session.scalars(_stale().limit(1)).first() is not None


def count_stale(session: Session, job_id: str | None) -> int:
    """How many people of one job (None: of all) were laid against an earlier version of theirs."""
    query = _stale() if job_id is None else _stale().where(ApplicantRecord.vacancy_id == job_id)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def restate_stale(session: Session, *, limit: int) -> int:
    """Lay people against the newer version of their job: how many; 0 when nobody is left."""
    query = _stale().limit(limit)
    stale = session.scalars(query).all()
    for standing in stale:
        _keep(standing, lay(session, session.get_one(ApplicantRecord, standing.applicant_id)))
    session.flush()
    return len(stale)


def lay(session: Session, person: ApplicantRecord) -> Laid:
    """The person's claims laid against the current version of their job; nothing without a job."""
    vacancy = session.get(Vacancy, person.vacancy_id) if person.vacancy_id else None
    if vacancy is None:
        return Laid()
    query = select(ClaimRecord).where(ClaimRecord.applicant_id == person.id).order_by(ClaimRecord.id)
    claims = dict(_claims(reversed(session.scalars(query).all())))
    matcher = current_matcher(session, vacancy)
    confirmed = confirmations_of(session, person, matcher.job, claims)
    rows = matcher.match(claims, confirmations=confirmed).requirements
    return Laid(version=vacancy.version, rows=rows, records=claims)


def _claims(rows: Iterable[ClaimRecord]) -> Iterator[tuple[SkillClaim, ClaimRecord]]:
    for row in rows:
        try:
            yield from_json(SkillClaim, row.body), row
        except (TypeError, ValueError):
            # Kept by another version of the verifier: it proves nothing until a re-check has read it anew.
            LOG.warning("item %s: a claim of another version", row.item_id)


def _stale() -> Select[tuple[Standing]]:
    return (
        select(Standing)
        .join(ApplicantRecord, ApplicantRecord.id == Standing.applicant_id)
        .join(Vacancy, Vacancy.id == ApplicantRecord.vacancy_id)
        .where(Standing.version != Vacancy.version)
    )


def _keep(standing: Standing, laid: Laid) -> None:
    standing.version, standing.states = laid.version, laid.states
    standing.required_met, standing.required_total = laid.met(required=True)
    standing.preferred_met, standing.preferred_total = laid.met(required=False)


def _count(session: Session, standing: Standing, person: ApplicantRecord) -> None:
    mine = Item.applicant_id == person.id
    marks = session.execute(select(Item.mark, func.count()).where(mine).group_by(Item.mark))
    standing.marks = {row[0]: row[1] for row in marks}
    held = CredentialRecord.applicant_id == person.id
    standing.oldest_check = session.scalar(select(func.min(CredentialRecord.checked_at)).where(held))
    if person.decided_at is not None:
        standing.changed = any(changed_since_decision(session, applicant_id=person.id))
    else:
        changed = select(CredentialRecord.id).where(held, CredentialRecord.changed_from != "").limit(1)
        standing.changed = session.scalar(changed) is not None
    proved = select(ClaimRecord.skill_id, ClaimRecord.skill_name).where(
        ClaimRecord.applicant_id == person.id,
        ClaimRecord.mark == Mark.VERIFIED.value,
        ClaimRecord.kind == SKILL,
    )
    standing.verified_skills = len({row.skill_id or row.skill_name for row in session.execute(proved)})


def _cell(row: Any, claims: Mapping[SkillClaim, ClaimRecord]) -> dict[str, Any]:
    best = row.judged[0] if row.judged else None
    return {
        "id": row.requirement.id,
        "state": row.standing.value,
        "reason": row.reason,
        "sentence": plain(row.sentence, 1_000),
        "asked": spoken(row.requirement.minimum_level),
        "held": _proved_level(best) if best else "",
        "evidence": [_evidence(row, item, claims[item.claim]) for item in row.judged[:MAX_EVIDENCE]],
    }


def _evidence(row: Any, item: Any, record: ClaimRecord) -> dict[str, Any]:
    claim = item.claim
    return {
        "item": record.item_id,
        "path": record.path,
        "name": plain(claim.achievement or claim.skill.name),
        "issuer": plain(claim.issuer_name),
        "mark": mark_of(claim.verdict.value, claim.code).value,
        "skill": plain(claim.skill.name or claim.skill.id or ""),
        "link": item.link.value,
        "level": _proved_level(item),
        "pointer": plain(claim.pointer),
        "confirms": link_of(row.requirement, claim),
        "confirmable": item.standing.value == "related_only",
        "confirmed": _confirmed(item),
    }


def _confirmed(item: Any) -> dict[str, str] | None:
    made = item.confirmation
    return made and {"actor": made.by, "at": made.at.isoformat(), "reason": made.reason}


def _proved_level(item: Any) -> str:
    """The level that the evidence holds; what a file says and nothing proves is no level."""
    return spoken(item.level) if mark_of(item.claim.verdict.value, item.claim.code) is Mark.VERIFIED else ""
