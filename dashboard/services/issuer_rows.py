"""Entries of the issuer list: as a screen edits them, as the store keeps them, as the verifier reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import Core, plain
from dashboard.services.records import IssuerRow, ProposalRow
from dashboard.store.tables import IssuerProposal, IssuerRecord, IssuerVersion

LIST_NAME = "Employer's issuers"


def list_file(session: Session, *, sample: bool) -> bytes:
    """The list in its JSON form (ARCHITECTURE §5), the same bytes for the same entries.

    Sample entries are "not for hiring": only `sample` people are checked against them.
    """
    query = select(IssuerRecord).order_by(IssuerRecord.id)
    if not sample:
        query = query.where(IssuerRecord.sample.is_(False))
    return listed(session.scalars(query))


def listed(records: Iterable[IssuerRecord | IssuerProposal]) -> bytes:
    """These entries as a list in its JSON form."""
    form = {"version": 1, "name": LIST_NAME, "issuers": [_entry(record) for record in records]}
    return json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1).encode()


def keep(
    core: Core,
    session: Session,
    row: IssuerRow,
    *,
    reason: str,
    approver: str,
    actor: str,
    scope: Mapping[str, Any] | None = None,
    jwks: Mapping[str, Any] | None = None,
) -> None:
    """Add or replace an entry, and remember its form. Pinned keys stay unless new ones are given."""
    entry = session.get(IssuerRecord, row.issuer_id)
    if entry is None:
        entry = IssuerRecord(id=row.issuer_id, jwks={})
        session.add(entry)
    entry.name, entry.decision = plain(row.name), row.decision
    entry.scope = dict(scope) if scope is not None else scope_of(row)
    entry.jwks = dict(jwks) if jwks else entry.jwks
    entry.reason, entry.approved_by, entry.sample = plain(reason, 4_000), plain(approver), row.sample
    entry.updated_at = core.now()
    session.add(
        IssuerVersion(
            issuer_id=entry.id,
            name=entry.name,
            decision=entry.decision,
            scope=entry.scope,
            reason=entry.reason,
            approved_by=entry.approved_by,
            at=entry.updated_at,
        )
    )
    session.flush()
    core.log(session, actor, f"issuer.{row.decision}", plain(row.issuer_id), approver=plain(approver))


def row_of(entry: IssuerRecord, credentials: int) -> IssuerRow:
    """The entry as a screen shows it."""
    return IssuerRow(
        issuer_id=entry.id,
        name=entry.name,
        decision=entry.decision,
        **_scope_fields(entry.scope),
        reason=entry.reason,
        approved_by=entry.approved_by,
        has_keys=bool(entry.jwks.get("keys")),
        sample=entry.sample,
        credentials=credentials,
        updated_at=entry.updated_at,
    )


def version_row(version: IssuerVersion) -> IssuerRow:
    """An earlier form of an entry; decision "removed" where it was taken off."""
    return IssuerRow(
        issuer_id=version.issuer_id,
        name=version.name,
        decision=version.decision,
        **_scope_fields(version.scope),
        reason=version.reason,
        approved_by=version.approved_by,
        updated_at=version.at,
    )


def row_of_entry(entry: Mapping[str, Any]) -> tuple[IssuerRow, Mapping[str, Any]]:
    """An entry in its JSON form and the scope in it, which may say more than a row shows."""
    scope = entry.get("scope") or {}
    row = IssuerRow(
        issuer_id=entry["id"],
        name=entry.get("name", ""),
        decision=entry["decision"],
        types=tuple(scope.get("types") or ("*",)),
        achievement_types=tuple(scope.get("achievement_types") or ("*",)),
    )
    return row, scope


def proposal_row(one: IssuerProposal, record: IssuerRecord | None) -> ProposalRow:
    """What waits, beside what stands now."""
    entry = IssuerRow(
        issuer_id=one.issuer_id,
        name=one.name,
        decision=one.decision,
        **_scope_fields(one.scope),
        reason=one.reason,
        has_keys=bool(one.jwks.get("keys")),
        sample=one.sample,
    )
    now = row_of(record, 0) if record else None
    return ProposalRow(proposal_id=one.id, entry=entry, now=now, proposed_by=one.proposed_by, at=one.at)


def _entry(record: IssuerRecord | IssuerProposal) -> dict[str, Any]:
    if isinstance(record, IssuerRecord):
        issuer_id, approver = record.id, record.approved_by
    else:
        issuer_id, approver = record.issuer_id, ""  # nobody has approved it
    entry = {
        "id": issuer_id,
        "name": record.name,
        "decision": record.decision,
        "reason": record.reason,
        "approved_by": approver,
    }
    scope = {"scope": record.scope} if record.scope else {}
    return {**entry, **scope, **({"jwks": record.jwks} if record.jwks.get("keys") else {})}


def scope_of(row: IssuerRow) -> dict[str, Any]:
    """The scope of an entry as the list's JSON form writes it."""
    return {
        "types": list(row.types) or ["*"],
        "achievement_types": list(row.achievement_types) or ["*"],
        "valid_from": _stamp(row.valid_from),
        "valid_until": _stamp(row.valid_until),
    }


def _scope_fields(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "types": tuple(scope.get("types") or ("*",)),
        "achievement_types": tuple(scope.get("achievement_types") or ("*",)),
        "valid_from": _instant(scope.get("valid_from")),
        "valid_until": _instant(scope.get("valid_until")),
    }


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
