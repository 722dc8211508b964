"""How a verdict enters the store: report, credentials, claims and item, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.store.queue import Leased, holds
from dashboard.store.tables import ClaimRecord, CredentialRecord, Item, ReportRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicted:
    """What a verification gave, in the form that is kept."""

    mark: str
    verdict: str
    code: str
    policy: str
    clock: datetime
    versions: Mapping[str, str]
    trust_sha256: str
    body: dict[str, Any] = field(repr=False)
    documents: dict[str, Any] = field(repr=False)
    credentials: tuple[Mapping[str, Any], ...] = field(
        repr=False
    )  # columns of CredentialRecord, path included
    claims: tuple[Mapping[str, Any], ...] = field(repr=False)  # columns of ClaimRecord


def file_verdict(session: Session, leased: Leased, result: Verdicted, now: datetime) -> Item | None:
    """File `result` for the item that `leased` holds; None, and nothing filed, when the lease was lost."""
    item = holds(session, leased)
    if item is None:
        return None
    before = _verdicts(session, item)
    report = _report(item, result, now)
    session.add(report)
    _replace_rows(session, item, result, before)
    item.state, item.mark, item.report_id, item.done_at = "done", result.mark, report.id, now
    item.lease_owner = item.lease_until = None
    session.flush()
    return item


def _verdicts(session: Session, item: Item) -> dict[str, str]:
    """The verdict under each path before this one: what a re-check may have changed."""
    query = select(CredentialRecord.path, CredentialRecord.verdict).where(CredentialRecord.item_id == item.id)
    return {row[0]: row[1] for row in session.execute(query)}


def _report(item: Item, result: Verdicted, now: datetime) -> ReportRecord:
    return ReportRecord(
        id=secrets.token_hex(8),
        item_id=item.id,
        mark=result.mark,
        verdict=result.verdict,
        code=result.code,
        policy=result.policy,
        clock=result.clock,
        created_at=now,
        versions=dict(result.versions),
        trust_sha256=result.trust_sha256,
        body=result.body,
        documents=result.documents,
    )


def _replace_rows(session: Session, item: Item, result: Verdicted, before: Mapping[str, str]) -> None:
    session.execute(delete(CredentialRecord).where(CredentialRecord.item_id == item.id))
    session.execute(delete(ClaimRecord).where(ClaimRecord.item_id == item.id))
    owner = {"item_id": item.id, "applicant_id": item.applicant_id}
    for columns in result.credentials:
        earlier = before.get(columns["path"], columns["verdict"])
        changed_from = "" if earlier == columns["verdict"] else earlier
        session.add(CredentialRecord(**owner, **columns, changed_from=changed_from))
    session.add_all(ClaimRecord(**owner, **columns) for columns in result.claims)
