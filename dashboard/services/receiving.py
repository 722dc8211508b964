"""From what was handed in to people, blobs and items, all in one transaction before any work starts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import Core, new_id, plain
from dashboard.services.folders import by_folder, unpacked
from dashboard.services.standing import begin
from dashboard.services.values import Given, Grouping, Incoming
from dashboard.store import blobs
from dashboard.store.tables import ApplicantRecord, Batch, Item

MAX_ADDRESS = 2_001  # one more than the verifier takes: it then says "too long"
MAX_DUPLICATES = 200  # names listed; all are counted in the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one person handed in."""

    applicant_id: str
    incoming: tuple[Incoming, ...]


def people_of(
    core: Core,
    session: Session,
    incoming: Sequence[Incoming],
    *,
    grouping: Grouping,
    given: Given,
    job_id: str | None,
    applied_on: date | None = None,
) -> list[Receipt]:
    """The people that `grouping` makes of the files; a folder that the job has seen is the same person."""
    if grouping is Grouping.ONE_PERSON:
        person = add_person(core, session, given, job_id=job_id, applied_on=applied_on)
        return [Receipt(applicant_id=person, incoming=tuple(incoming))]
    if grouping is Grouping.FILE_EACH:  # a ZIP is what one person sent, each file in it an item
        return [
            Receipt(
                applicant_id=add_person(core, session, Given(), job_id=job_id, applied_on=applied_on),
                incoming=unpacked(one),
            )
            for one in incoming
        ]
    return [
        Receipt(
            applicant_id=_person_labelled(core, session, label, job_id, applied_on), incoming=tuple(files)
        )
        for label, files in by_folder(incoming).items()
    ]


def _person_labelled(
    core: Core, session: Session, label: str, job_id: str | None, applied_on: date | None
) -> str:
    if label:
        query = select(ApplicantRecord.id).where(
            ApplicantRecord.label == label, ApplicantRecord.vacancy_id == job_id
        )
        known = session.scalars(query).first()
        if known:
            return known
    return add_person(core, session, Given(), job_id=job_id, label=label, applied_on=applied_on)


def add_person(
    core: Core,
    session: Session,
    given: Given,
    *,
    job_id: str | None,
    label: str = "",
    line: str = "",
    sample: bool = False,
    applied_on: date | None = None,
) -> str:
    """A new person: the id. A folder's name is kept as a label; it is no evidence of a name."""
    applicant_id = new_id()
    session.add(
        ApplicantRecord(
            id=applicant_id,
            vacancy_id=job_id,
            label=label,
            pseudonym=f"Candidate {applicant_id[:6].upper()}",
            name=plain(given.name.strip()),
            emails=[plain(email.strip()) for email in given.emails if email.strip()],
            phones=[plain(phone.strip()) for phone in given.phones if phone.strip()],
            dids=[plain(did.strip(), 2_000) for did in given.dids if did.strip()],
            line=line,
            applied_on=applied_on,
            sample=sample,
            created_at=core.now(),
        )
    )
    session.flush()
    return applicant_id


def add_batch(
    core: Core,
    session: Session,
    receipts: Sequence[Receipt],
    *,
    job_id: str | None,
    purpose: str,
    actor: str,
    sample: bool = False,
) -> str:
    """A batch with all its items, pending: the id."""
    batch = Batch(
        id=new_id(),
        vacancy_id=job_id,
        purpose=plain(purpose),
        duplicates=[],
        sample=sample,
        actor=actor,
        created_at=core.now(),
    )
    session.add(batch)
    session.flush()
    duplicates: list[str] = []
    position = 0
    for receipt in receipts:
        known = set(session.scalars(select(Item.sha256).where(Item.applicant_id == receipt.applicant_id)))
        for one in receipt.incoming:
            item = _item(batch, receipt.applicant_id, one, position)
            if item.sha256 in known:
                duplicates.append(item.filename)
                continue
            known.add(item.sha256)
            if item.url is None:
                blobs.keep(session, item.sha256, one.data)
            session.add(item)
            position += 1
    session.flush()
    begin(session, select(Item.applicant_id).where(Item.batch_id == batch.id))
    batch.duplicates = duplicates[:MAX_DUPLICATES]
    counts = {"items": str(position), "duplicates": str(len(duplicates)), "people": str(len(receipts))}
    core.log(session, actor, "batch.received", batch.id, **counts)
    return batch.id


def _digest(incoming: Incoming) -> str:
    return hashlib.sha256(incoming.url.encode() if incoming.url else incoming.data).hexdigest()


def _item(batch: Batch, applicant_id: str, incoming: Incoming, position: int) -> Item:
    return Item(
        id=new_id(),
        batch_id=batch.id,
        applicant_id=applicant_id,
        position=position,
        filename=plain(incoming.filename or "unnamed", 1_000),
        kind="link" if incoming.url else "file",
        url=plain(incoming.url, MAX_ADDRESS) if incoming.url else None,
        sha256=_digest(incoming),
        size=len(incoming.data),
        queued_at=batch.created_at,
        request=dict(incoming.request) if incoming.request else None,
    )
