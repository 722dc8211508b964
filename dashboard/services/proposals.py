"""Changes of the issuer list that need two persons: one proposes with a reason, another approves.

On a server this is the only way in (`access`: no role may use `issuers.put`). What waits changes no verdict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import Core, found, new_id, note_of, plain
from dashboard.services.issuer_rows import keep, listed, proposal_row, row_of_entry, scope_of
from dashboard.services.issuers import Issuers, judge, judge_list
from dashboard.services.records import IssuerRow, ProposalRow
from dashboard.services.refusals import SecondPersonNeeded
from dashboard.store.tables import IssuerProposal, IssuerRecord

REMOVED = "removed"


class Proposals:
    """What waits for a second person."""

    def __init__(self, core: Core, issuers: Issuers) -> None:
        self._core, self._issuers = core, issuers

    def rows(self) -> tuple[ProposalRow, ...]:
        """Everything that waits, the oldest first."""
        query = select(IssuerProposal).order_by(IssuerProposal.at, IssuerProposal.id)
        with self._core.database.read() as session:
            return tuple(
                proposal_row(one, session.get(IssuerRecord, one.issuer_id)) for one in session.scalars(query)
            )

    def put(self, entry: IssuerRow, *, reason: str, actor: str = "local") -> str:
        """Propose to add or replace the entry: the id of the proposal.

        Raises `NoteRequired` for a blank reason, `ValueError` for an entry that cannot be used.
        """
        reason = note_of(reason)
        judge(entry)
        with self._core.database.write() as session:
            return self._propose(session, entry, scope_of(entry), {}, reason, actor)

    def remove(self, issuer_id: str, *, reason: str, actor: str = "local") -> str:
        """Propose to take the entry off: the id of the proposal. Raises `NoteRequired`, `Missing`."""
        reason = note_of(reason)
        with self._core.database.write() as session:
            record = found(session.get(IssuerRecord, issuer_id), "issuer")
            entry = IssuerRow(issuer_id=issuer_id, name=record.name, decision=REMOVED, sample=record.sample)
            return self._propose(session, entry, record.scope, {}, reason, actor)

    def read(self, data: bytes, *, reason: str, actor: str = "local") -> int:
        """Propose every entry of a list in its JSON form: how many. Raises `ValueError` with a sentence."""
        reason = note_of(reason)
        judge_list(data)
        entries = json.loads(data)["issuers"]
        with self._core.database.write() as session:
            for entry in entries:
                row, scope = row_of_entry(entry)
                self._propose(
                    session, row, scope, entry.get("jwks") or {}, entry.get("reason") or reason, actor
                )
        return len(entries)

    def approve(self, proposal_id: str, *, actor: str = "local") -> int:
        """Let the change take effect and check that issuer's credentials again: how many.

        Raises `SecondPersonNeeded` for whoever proposed it, `Missing` where it no longer waits.
        """
        with self._core.database.write() as session:
            one = found(session.get(IssuerProposal, proposal_id), "proposal")
            if one.proposed_by == actor:
                raise SecondPersonNeeded("whoever proposed a change does not approve it")
            about = {"proposal": one.id, "proposed_by": one.proposed_by}
            self._core.log(session, actor, "issuer.approved", plain(one.issuer_id), **about)
            count = self._take_effect(session, one, actor)
            session.delete(one)
        self._core.wake.set()
        return count

    def withdraw(self, proposal_id: str, *, actor: str = "local") -> None:
        """Drop a proposal, one's own or another's; the log keeps both. Raises `Missing`."""
        with self._core.database.write() as session:
            one = found(session.get(IssuerProposal, proposal_id), "proposal")
            self._core.log(session, actor, "issuer.withdrawn", plain(one.issuer_id), proposal=one.id)
            session.delete(one)

    def _propose(
        self,
        session: Session,
        entry: IssuerRow,
        scope: Mapping[str, Any],
        jwks: Mapping[str, Any],
        reason: str,
        actor: str,
    ) -> str:
        one = IssuerProposal(
            id=new_id(),
            issuer_id=entry.issuer_id,
            name=plain(entry.name),
            decision=entry.decision,
            scope=dict(scope),
            jwks=dict(jwks),
            sample=entry.sample,
            reason=plain(reason, 4_000),
            proposed_by=actor,
            at=self._core.now(),
        )
        if one.decision != REMOVED:
            judge_list(listed([one]))
        session.add(one)
        session.flush()
        about = {"proposal": one.id, "decision": one.decision}
        self._core.log(session, actor, "issuer.proposed", plain(one.issuer_id), **about)
        return one.id

    def _take_effect(self, session: Session, one: IssuerProposal, approver: str) -> int:
        if one.decision == REMOVED:
            return self._issuers.strike(session, one.issuer_id, reason=one.reason, actor=approver)
        row = IssuerRow(issuer_id=one.issuer_id, name=one.name, decision=one.decision, sample=one.sample)
        keep(
            self._core,
            session,
            row,
            reason=one.reason,
            approver=approver,
            actor=approver,
            scope=one.scope,
            jwks=one.jwks,
        )
        judge_list(listed(session.scalars(select(IssuerRecord).order_by(IssuerRecord.id))))
        return self._issuers.ask_again(session, one.issuer_id, approver)
