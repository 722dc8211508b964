"""The employer's issuer list: accept, refuse, ask, each with a reason and an approver."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from dashboard.services.core import Core, note_of, plain
from dashboard.services.issuer_rows import keep, list_file, row_of, row_of_entry, version_row
from dashboard.services.reading import instant
from dashboard.services.records import IssuerRow, RegistryRow, UnlistedIssuer, VocabularyRow
from dashboard.services.values import Download
from dashboard.services.work import Work
from dashboard.store.tables import (
    ApplicantRecord,
    CredentialRecord,
    IssuerRecord,
    IssuerVersion,
    Item,
    ReportRecord,
)
from verifier import IssuerList, VerifierError, pinned_contexts

DECISIONS = ("accept", "refuse", "ask")
MAX_IDENTIFIER = 2_000  # characters: the verifier takes no longer one
LOOKED_BACK = 500  # reports read for the last answers of registries


class Issuers:
    """Whom the employer believes."""

    def __init__(self, core: Core, work: Work) -> None:
        self._core, self._work = core, work

    def rows(self) -> tuple[IssuerRow, ...]:
        """All entries, by name."""
        with self._core.database.read() as session:
            held = _held(session)
            entries = session.scalars(select(IssuerRecord).order_by(IssuerRecord.name, IssuerRecord.id))
            return tuple(row_of(entry, held.get(entry.id, 0)) for entry in entries)

    def get(self, issuer_id: str) -> IssuerRow | None:
        """The entry for exactly this identifier."""
        with self._core.database.read() as session:
            entry = session.get(IssuerRecord, issuer_id)
            return row_of(entry, _held(session).get(issuer_id, 0)) if entry else None

    def unlisted(self) -> tuple[UnlistedIssuer, ...]:
        """Issuers whose signature holds and that are not listed, most credentials first.

        One that is listed for the sample alone waits again once a real person brings their credential.
        """
        people = func.count(CredentialRecord.applicant_id.distinct())
        real = func.count(CredentialRecord.applicant_id.distinct()).filter(ApplicantRecord.sample.is_(False))
        query = (
            select(
                CredentialRecord.issuer_id,
                func.max(CredentialRecord.issuer_claimed),
                func.count(),
                people,
                real,
            )
            .join(ApplicantRecord, ApplicantRecord.id == CredentialRecord.applicant_id)
            .where(
                CredentialRecord.code == "issuer_unknown",
                CredentialRecord.proved,
                CredentialRecord.issuer_id != "",
                CredentialRecord.kind == "credential",
                CredentialRecord.issuer_id.not_in(
                    select(IssuerRecord.id).where(IssuerRecord.sample.is_(False) | ApplicantRecord.sample)
                ),
            )
            .group_by(CredentialRecord.issuer_id)
            .order_by(func.count().desc(), CredentialRecord.issuer_id)
        )
        with self._core.database.read() as session:
            return tuple(
                UnlistedIssuer(
                    issuer_id=issuer, claimed=claimed, credentials=count, people=persons, sample=not living
                )
                for issuer, claimed, count, persons, living in session.execute(query)
            )

    def put(self, entry: IssuerRow, *, reason: str, approver: str, actor: str = "local") -> int:
        """Add or replace the entry and re-check that issuer's credentials: how many.

        Raises `NoteRequired` for a blank reason or approver, `ValueError` for a bad decision or identifier.
        """
        reason, approver = note_of(reason), note_of(approver)
        judge(entry)
        with self._core.database.write() as session:
            keep(self._core, session, entry, reason=reason, approver=approver, actor=actor)
            judge_list(list_file(session, sample=True))
            count = self.ask_again(session, entry.issuer_id, actor)
        self._core.wake.set()
        return count

    def remove(self, issuer_id: str, *, reason: str, actor: str = "local") -> int:
        """Take the entry off the list and re-check that issuer's credentials: how many."""
        reason = note_of(reason)
        with self._core.database.write() as session:
            count = self.strike(session, issuer_id, reason=reason, actor=actor)
        self._core.wake.set()
        return count

    def strike(self, session: Session, issuer_id: str, *, reason: str, actor: str) -> int:
        """Take the entry off in the caller's transaction: how many credentials are checked again."""
        entry = session.get(IssuerRecord, issuer_id)
        if entry is None:
            return 0
        session.add(
            IssuerVersion(
                issuer_id=issuer_id,
                name=entry.name,
                decision="removed",
                scope=entry.scope,
                reason=reason,
                approved_by=actor,
                at=self._core.now(),
            )
        )
        session.execute(delete(IssuerRecord).where(IssuerRecord.id == issuer_id))
        self._core.log(session, actor, "issuer.removed", plain(issuer_id), reason=plain(reason))
        return self.ask_again(session, issuer_id, actor)

    def history(self, issuer_id: str) -> tuple[IssuerRow, ...]:
        """Earlier and current forms of the entry, newest first."""
        query = select(IssuerVersion).where(IssuerVersion.issuer_id == issuer_id)
        with self._core.database.read() as session:
            versions = session.scalars(query.order_by(IssuerVersion.id.desc()))
            return tuple(version_row(version) for version in versions)

    def read(self, data: bytes, *, reason: str, approver: str, actor: str = "local") -> int:
        """Import a list in its JSON form: how many entries. Raises `ValueError` with a sentence."""
        reason, approver = note_of(reason), note_of(approver)
        judge_list(data)
        entries = json.loads(data)["issuers"]
        with self._core.database.write() as session:
            for entry in entries:
                import_entry(self._core, session, entry, reason=reason, approver=approver, actor=actor)
                self.ask_again(session, entry["id"], actor)
        self._core.wake.set()
        return len(entries)

    def file(self) -> Download:
        """The list as a file that `read` and `python -m verifier --issuers` take."""
        with self._core.database.read() as session:
            data = list_file(session, sample=False)
        return Download(filename="issuers.json", mime="application/json", data=data)

    def registries(self) -> tuple[RegistryRow, ...]:
        """The public registries that are asked besides the list, and how each answered last."""
        query = select(ReportRecord.body).order_by(ReportRecord.created_at.desc()).limit(LOOKED_BACK)
        with self._core.database.read() as session:
            asked = [entry for body in session.scalars(query) for entry in body.get("consulted", ())]
        return tuple(_registry_row(url, asked) for url in self._core.settings.registries)

    def vocabularies(self) -> tuple[VocabularyRow, ...]:
        """The vocabularies whose meaning is pinned on this machine; any other is "could not check"."""
        return tuple(
            VocabularyRow(url=one.url, sha256=one.sha256, source=one.source, licence=one.licence)
            for one in pinned_contexts()
        )

    def ask_again(self, session: Session, issuer_id: str, actor: str) -> int:
        """Queue every item that holds a credential of this issuer, or may: those that are in work now."""
        theirs = select(CredentialRecord.item_id).where(CredentialRecord.issuer_id == issuer_id)
        return self._work.ask_again(session, Item.id.in_(theirs) | (Item.state == "running"), actor)


def import_entry(
    core: Core,
    session: Session,
    entry: Mapping[str, Any],
    *,
    reason: str,
    approver: str,
    actor: str,
    sample: bool = False,
) -> None:
    """Keep one entry of a list in its JSON form; its own reason and approver stand where it gives them."""
    row, scope = row_of_entry(entry)
    keep(
        core,
        session,
        replace(row, sample=sample),
        reason=entry.get("reason") or reason,
        approver=entry.get("approved_by") or approver,
        actor=actor,
        scope=scope,
        jwks=entry.get("jwks"),
    )


def _held(session: Session) -> dict[str, int]:
    """Credentials by issuer."""
    query = select(CredentialRecord.issuer_id, func.count()).where(CredentialRecord.kind == "credential")
    return {row[0]: row[1] for row in session.execute(query.group_by(CredentialRecord.issuer_id))}


def judge(entry: IssuerRow) -> None:
    """Raises `ValueError` for a bad decision or identifier."""
    identifier = entry.issuer_id
    if entry.decision not in DECISIONS:
        raise ValueError("the decision is accept, refuse or ask")
    if (
        not identifier
        or len(identifier) > MAX_IDENTIFIER
        or not identifier.isprintable()
        or " " in identifier
    ):
        raise ValueError("an issuer is named by its identifier, exactly as it stands in the credential")


def judge_list(data: bytes) -> None:
    """Raises `ValueError` with a sentence where the verifier would not take the list."""
    try:
        IssuerList.parse(data)
    except (VerifierError, ValueError) as error:
        said = str(error)
        raise ValueError(f"{said[:1].upper()}{said[1:]}.") from error


def _registry_row(url: str, asked: list[Mapping[str, Any]]) -> RegistryRow:
    mine = [entry for entry in asked if entry["url"] == url]
    answers = [instant(entry["at"]) for entry in mine if entry["sha256"]]
    failures = [instant(entry["at"]) for entry in mine if not entry["sha256"]]
    return RegistryRow(
        name=url.split("/")[2] if url.count("/") > 1 else url,
        url=url,
        last_answer=max(answers, default=None),
        last_failure=max(failures, default=None),
    )
