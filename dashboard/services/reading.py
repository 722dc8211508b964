"""From rows of the store to the values that a screen draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, cast, select
from sqlalchemy.orm import Session

from dashboard.services.core import found
from dashboard.services.marks import as_proved
from dashboard.services.people import (
    CandidateRow,
    Cell,
    ConfirmationRow,
    DecisionRow,
    DecisionWord,
    EvidenceLink,
)
from dashboard.services.rechecking import recheck_due
from dashboard.services.records import RequirementRow
from dashboard.services.values import Counts, CredentialCard, Given, ItemRow, Mark, Statement
from dashboard.store.tables import ApplicantRecord, CredentialRecord, Decision, Item, ReportRecord, Standing

ITEM_COLUMNS = (
    Item.id,
    Item.batch_id,
    Item.applicant_id,
    Item.filename,
    Item.mark,
    Item.state,
    ApplicantRecord.name.label("person"),
    ApplicantRecord.label.label("folder"),
    ApplicantRecord.pseudonym,
    ReportRecord.verdict,
    ReportRecord.code,
    ReportRecord.clock,
    CredentialRecord.name.label("credential"),
    CredentialRecord.issuer_id,
    CredentialRecord.issuer_listed,
    CredentialRecord.proved,
    CredentialRecord.contained,
)
PERSON_COLUMNS = (
    ApplicantRecord.id,
    ApplicantRecord.pseudonym,
    ApplicantRecord.name,
    ApplicantRecord.label,
    ApplicantRecord.vacancy_id,
    ApplicantRecord.decision,
    ApplicantRecord.sample,
    ApplicantRecord.line,
)
STANDING_COLUMNS = (
    Standing.required_met,
    Standing.required_total,
    Standing.preferred_met,
    Standing.preferred_total,
    Standing.verified_skills,
    cast(Standing.marks, Text).label("marks"),  # as it is kept: ten thousand people share a few dozen
    Standing.oldest_check,
    Standing.changed,
)


def counts_of(marks: Mapping[str, int]) -> Counts:
    """Counts from a {mark: number} mapping."""
    return Counts(**{mark.value: marks.get(mark.value, 0) for mark in Mark})


def item_rows(session: Session, query: Select[tuple[Item]]) -> tuple[ItemRow, ...]:
    """The items of `query` with their person and what their root credential says."""
    joined = (
        query.join(ApplicantRecord, ApplicantRecord.id == Item.applicant_id)
        .outerjoin(ReportRecord, ReportRecord.id == Item.report_id)
        .outerjoin(CredentialRecord, (CredentialRecord.item_id == Item.id) & (CredentialRecord.path == ""))
        .with_only_columns(*ITEM_COLUMNS)  # columns, not objects: a batch may have thousands of items
    )
    return tuple(_item_row(row) for row in session.execute(joined))


def _item_row(row: Row[Any]) -> ItemRow:
    done = row.state == "done"
    return ItemRow(
        item_id=row.id,
        batch_id=row.batch_id,
        applicant_id=row.applicant_id,
        applicant=row.person or row.folder or row.pseudonym,
        pseudonym=row.pseudonym,
        filename=row.filename,
        mark=Mark(row.mark),
        verdict=(row.verdict or "") if done else "",
        code=(row.code or "") if done else "",
        credential=row.credential or "",
        issuer_id=row.issuer_id or "",
        issuer=row.issuer_listed or "",
        proved=bool(row.proved),
        contained=row.contained or 0,
        checked_at=row.clock,
    )


def candidate_rows(session: Session, job_id: str | None) -> tuple[CandidateRow, ...]:
    """The people of one job (None: everybody), in the order received."""
    query = (
        select(*PERSON_COLUMNS, *STANDING_COLUMNS)
        .outerjoin(Standing, Standing.applicant_id == ApplicantRecord.id)
        .order_by(ApplicantRecord.created_at, ApplicantRecord.id)
    )
    if job_id is not None:
        query = query.where(ApplicantRecord.vacancy_id == job_id)
    seen: dict[str | None, Counts] = {}
    return tuple(_candidate_row(row, seen) for row in session.execute(query))


def candidate_row(session: Session, applicant_id: str) -> CandidateRow:
    """One person as in the grid. Raises `Missing`."""
    query = (
        select(*PERSON_COLUMNS, *STANDING_COLUMNS)
        .outerjoin(Standing, Standing.applicant_id == ApplicantRecord.id)
        .where(ApplicantRecord.id == applicant_id)
    )
    return _candidate_row(found(session.execute(query).one_or_none(), "candidate"), {})


def _candidate_row(row: Row[Any], seen: dict[str | None, Counts]) -> CandidateRow:
    """`seen` remembers what each text of marks counts."""
    if row.marks not in seen:
        seen[row.marks] = counts_of(json.loads(row.marks or "{}"))
    return CandidateRow(
        applicant_id=row.id,
        pseudonym=row.pseudonym,
        name=row.name,
        label=row.label,
        job_id=row.vacancy_id,
        required_met=row.required_met or 0,
        required_total=row.required_total or 0,
        preferred_met=row.preferred_met or 0,
        preferred_total=row.preferred_total or 0,
        verified_skills=row.verified_skills or 0,
        counts=seen[row.marks],
        oldest_check=row.oldest_check,
        decision=DecisionWord(row.decision),
        changed=bool(row.changed),
        sample=row.sample,
        line=row.line,
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
        issuer_tier=_tier(record),
        mark=Mark(record.mark),
        verdict=record.verdict,
        code=record.code,
        genuine=Statement(**record.genuine),
        theirs=_theirs(record),
        proved=record.proved,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        checked_at=record.checked_at,
        recheck_due=recheck_due(record),
        changed_from=record.changed_from,
    )


def _theirs(record: CredentialRecord) -> Statement:
    said = Statement(**record.theirs)
    return replace(said, outcome=as_proved(said.check, said.outcome, proved=record.proved))


def _tier(record: CredentialRecord) -> str:
    """No more than is known: of several findings the code names one, and it need not be the list's."""
    if not record.proved:
        return "unproved"
    if record.code == "issuer_refused":
        return "refused"
    if record.mark == Mark.VERIFIED.value:
        return "recognised"
    return "listed" if record.issuer_listed else "unknown"


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
        confirms=entry["confirms"],
        confirmable=entry["confirmable"],
        confirmed=_confirmation(entry["confirmed"]),
    )


def _confirmation(made: Mapping[str, str] | None) -> ConfirmationRow | None:
    if made is None:
        return None
    return ConfirmationRow(actor=made["actor"], at=instant(made["at"]), reason=made["reason"])


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


def decisions_of(session: Session, applicant_id: str) -> tuple[DecisionRow, ...]:
    """What was decided and noted about a person, newest first."""
    query = select(Decision).where(Decision.applicant_id == applicant_id).order_by(Decision.id.desc())
    return tuple(
        DecisionRow(
            decision=DecisionWord(one.decision) if one.decision else None,
            note=one.note,
            actor=one.actor,
            at=one.at,
        )
        for one in session.scalars(query)
    )
