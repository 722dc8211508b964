"""How a person, or the whole sample, leaves the store: rows, and the bytes that nobody else handed in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.store.tables import ApplicantRecord, Batch, Blob, IssuerRecord, Item, Vacancy


def delete_people(session: Session, applicant_ids: Sequence[str]) -> None:
    """Delete people with items, reports, claims and decisions, then the blobs that are nobody's any more."""
    digests = session.scalars(select(Item.sha256).where(Item.applicant_id.in_(applicant_ids))).all()
    batches = session.scalars(
        select(Item.batch_id).where(Item.applicant_id.in_(applicant_ids)).distinct()
    ).all()
    session.execute(delete(ApplicantRecord).where(ApplicantRecord.id.in_(applicant_ids)))
    orphans = Blob.sha256.in_(digests), Blob.sha256.not_in(select(Item.sha256))
    session.execute(delete(Blob).where(*orphans))
    empty = Batch.id.in_(batches), Batch.id.not_in(select(Item.batch_id))
    session.execute(delete(Batch).where(*empty))


def delete_sample(session: Session) -> None:
    """Delete everything that `load_sample` made."""
    delete_people(session, session.scalars(select(ApplicantRecord.id).where(ApplicantRecord.sample)).all())
    session.execute(delete(Batch).where(Batch.sample))
    session.execute(delete(Vacancy).where(Vacancy.sample))
    session.execute(delete(IssuerRecord).where(IssuerRecord.sample))
    session.expire_all()
