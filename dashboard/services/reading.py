"""From rows of the store to the values that a screen draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from dashboard.services.people import CandidateRow, Cell, DecisionWord, EvidenceLink
from dashboard.services.records import RequirementRow
from dashboard.services.values import Counts, CredentialCard, Given, ItemRow, Mark, Statement
from dashboard.store.tables import ApplicantRecord, CredentialRecord, Item, ReportRecord, Standing

RECHECK_FAST = timedelta(minutes=15)  # what could not be asked is worth asking again soon (SCREENS §4)
RECHECK_SLOW = timedelta(days=30)  # a verified credential may be revoked at any time
TRANSIENT = frozenset({"unreachable", "offline", "answer_unusable", "status_unreachable", "key_unavailable"})


def counts_of(marks: Mapping[str, int]) -> Counts:
    """Counts from a {mark: number} mapping."""
    return Counts(**{mark.value: marks.get(mark.value, 0) for mark in Mark})


def item_rows(session: Session, query: Select[tuple[Item]]) -> tuple[ItemRow, ...]:
    """The items of `query` with their person and what their root credential says."""
    joined = (
        query.join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .outerjoin(ReportRecord, ReportRecord.id == Item.report_id)
        .outerjoin(CredentialRecord, (CredentialRecord.item_id == Item.id) & (CredentialRecord.path == ""))
        .with_only_columns(Item, ApplicantRecord, CredentialRecord, ReportRecord)
        .options(defer(ReportRecord.body), defer(ReportRecord.documents))
    )
    return tuple(_item_row(*row) for row in session.execute(joined))


def _item_row(
    item: Item, person: ApplicantRecord, root: CredentialRecord | None, report: ReportRecord | None
) -> ItemRow:
    current = report if item.state == "done" else None
    return ItemRow(
        item_id=item.id,
        batch_id=item.batch_id,
        applicant_id=person.id,
        applicant=person.name or person.pseudonym,
        pseudonym=person.pseudonym,
        filename=item.filename,
        mark=Mark(item.mark),
        verdict=current.verdict if current else "",
        code=current.code if current else "",
        credential=root.name if root else "",
        issuer_id=root.issuer_id if root else "",
        issuer=root.issuer_listed if root else "",
        proved=root.proved if root else False,
        contained=root.contained if root else 0,
        checked_at=report.clock if report else None,
    )


def candidate_row(person: ApplicantRecord, standing: Standing | None) -> CandidateRow:
    """A person in the grid."""
    place = standing or Standing(
        required_met=0, required_total=0, preferred_met=0, preferred_total=0, verified_skills=0, marks={}
    )
    return CandidateRow(
        applicant_id=person.id,
        pseudonym=person.pseudonym,
        name=person.name,
        job_id=person.vacancy_id,
        required_met=place.required_met,
        required_total=place.required_total,
        preferred_met=place.preferred_met,
        preferred_total=place.preferred_total,
        verified_skills=place.verified_skills,
        counts=counts_of(place.marks),
        oldest_check=place.oldest_check,
        decision=DecisionWord(person.decision),
        changed=bool(place.changed),
        sample=person.sample,
        line=person.line,
    )


def given_of(person: ApplicantRecord) -> Given:
    """What the employer has established about the person."""
    return Given(
        name=person.name,
        emails=tuple(person.emails),
        phones=tuple(person.phones),
        dids=tuple(person.dids),
    )


def card_of(record: CredentialRecord) -> CredentialCard:
    """One credential as a card."""
    return CredentialCard(
        cred=cred_of(record.item_id, record.path),
        item_id=record.item_id,
        applicant_id=record.applicant_id,
        kind=record.kind,
        source=record.source,
        name=record.name,
        types=tuple(record.types),
        format=record.format,
        issuer_id=record.issuer_id,
        issuer_claimed=record.issuer_claimed,
        issuer_listed=record.issuer_listed,
        mark=Mark(record.mark),
        verdict=record.verdict,
        code=record.code,
        genuine=Statement(**record.genuine),
        theirs=Statement(**record.theirs),
        proved=record.proved,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        checked_at=record.checked_at,
        recheck_due=_recheck_due(record),
        changed_from=record.changed_from,
    )


def _recheck_due(record: CredentialRecord) -> datetime | None:
    if record.code in TRANSIENT:
        return record.checked_at + RECHECK_FAST
    if record.mark == Mark.VERIFIED.value:
        return record.checked_at + RECHECK_SLOW
    return None


def cell_of(stored: Mapping[str, Any], requirement: RequirementRow) -> Cell:
    """A requirement of one person."""
    return Cell(
        requirement=requirement,
        state=stored["state"],
        asked=stored["asked"],
        held=stored["held"],
        reason=stored["reason"],
        sentence=stored["sentence"],
        evidence=tuple(_link_of(entry) for entry in stored["evidence"]),
    )


def _link_of(entry: Mapping[str, Any]) -> EvidenceLink:
    return EvidenceLink(
        cred=cred_of(entry["item"], entry["path"]),
        name=entry["name"],
        issuer=entry["issuer"],
        mark=Mark(entry["mark"]),
        skill_name=entry["skill"],
        link=entry["link"],
        level=entry["level"],
        pointer=entry["pointer"],
    )


def cred_of(item_id: str, path: str) -> str:
    """The opaque name of a credential in addresses: item, then path."""
    return f"{item_id}.{path}" if path else item_id


def split_cred(cred: str) -> tuple[str, str]:
    """Item id and path."""
    item_id, _, path = cred.partition(".")
    return item_id, path


def instant(text: str) -> datetime:
    """An RFC 3339 time of a stored report."""
    return datetime.fromisoformat(text).astimezone(UTC)


def items_of(session: Session, applicant_id: str, *marks: Mark) -> tuple[ItemRow, ...]:
    """A person's items of these marks, in the order received."""
    query = (
        select(Item)
        .where(Item.applicant_id == applicant_id, Item.mark.in_([mark.value for mark in marks]))
        .order_by(Item.queued_at, Item.position)
    )
    return item_rows(session, query)
