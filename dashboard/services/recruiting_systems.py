"""Handing candidates to another system: LER-RS for one, tables for Greenhouse, Lever and Workday.

All of them say who it is; there is no such file without names, so each wants a `reason` where somebody is
hidden (`handing_out.allow_names`) and raises `NoteRequired` without.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dashboard.exports import recruiting_systems as tables
from dashboard.exports import to_csv, to_zip
from dashboard.exports.ler_rs import Original, ler_rs
from dashboard.exports.recruiting_systems import MOST_ROWS, Applying
from dashboard.services.candidates import Candidates
from dashboard.services.core import Core
from dashboard.services.evidence import Evidence
from dashboard.services.handing_out import CSV, JSON, NAMED, ZIP, allow_names, hand_out, of_job, policies_of
from dashboard.services.reading import given_of, split_cred
from dashboard.services.values import CredentialCard, Download
from dashboard.services.verifying import versions
from dashboard.store import blobs
from dashboard.store.tables import ApplicantRecord, Item, Vacancy


class RecruitingSystems:
    """What other systems import."""

    def __init__(self, core: Core, candidates: Candidates, evidence: Evidence) -> None:
        self._core, self._candidates, self._evidence = core, candidates, evidence

    def ler_rs(self, applicant_id: str, *, reason: str = "", actor: str = "local") -> Download:
        """One candidate as an LER-RS record. Raises `Missing`."""
        detail = self._candidates.detail(applicant_id)
        allow_names(self._core, ApplicantRecord.id == applicant_id, reason, subject=applicant_id, actor=actor)
        with self._core.database.read() as session:
            policy = policies_of(session, ApplicantRecord.id == applicant_id).get(applicant_id, "–")
            tokens = {card.cred: _token(session, card) for card in detail.credentials}
        originals = {
            card.cred: Original(document=self._evidence.view(card.cred).document, token=tokens[card.cred])
            for card in detail.credentials
        }
        about = [
            f"Written by Skillproof {versions()['skillproof']} on {self._core.now():%Y-%m-%dT%H:%M:%SZ}.",
            f"Checked under the policy “{policy}”; when, each entry says.",
        ]
        if detail.row.sample:
            about.append("Sample data, not for hiring.")
        record = ler_rs(detail, originals, about=about)
        data = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
        name = f"ler-rs{NAMED[True]}.json"
        return hand_out(self._core, name, JSON, data, subject=applicant_id, actor=actor)

    def greenhouse_files(self, job_id: str | None) -> int:
        """How many files Greenhouse takes the people of a job in."""
        query = select(func.count()).select_from(ApplicantRecord).where(of_job(job_id))
        with self._core.database.read() as session:
            return -(-(session.scalar(query) or 1) // MOST_ROWS)

    def greenhouse(self, job_id: str | None, *, reason: str = "", actor: str = "local") -> Download:
        """The people of a job for Greenhouse; a ZIP where they need several files."""
        allow_names(self._core, of_job(job_id), reason, subject=job_id or "", actor=actor)
        parts = [to_csv(part) for part in tables.in_parts(tables.rows(self._applying(of_job(job_id))))]
        subject = job_id or ""
        if len(parts) == 1:
            name = f"greenhouse{NAMED[True]}.csv"
            return hand_out(self._core, name, CSV, parts[0], subject=subject, actor=actor)
        named = [(f"greenhouse-{number}.csv", part) for number, part in enumerate(parts, 1)]
        data = to_zip(named, self._core.now())
        return hand_out(self._core, f"greenhouse{NAMED[True]}.zip", ZIP, data, subject=subject, actor=actor)

    def greenhouse_of(self, applicant_id: str, *, reason: str = "", actor: str = "local") -> Download:
        """One candidate for Greenhouse."""
        person = ApplicantRecord.id == applicant_id
        allow_names(self._core, person, reason, subject=applicant_id, actor=actor)
        table = tables.rows(self._applying(person))
        name = f"greenhouse{NAMED[True]}.csv"
        return hand_out(self._core, name, CSV, to_csv(table), subject=applicant_id, actor=actor)

    def mapped(self, system: str, job_id: str | None, *, reason: str = "", actor: str = "local") -> Download:
        """The people of a job for "Lever" or "Workday": the table, and the mapping of its columns."""
        allow_names(self._core, of_job(job_id), reason, subject=job_id or "", actor=actor)
        table = tables.rows(self._applying(of_job(job_id)))
        files = [
            ("candidates.csv", to_csv(table)),
            ("column-mapping.json", tables.mapping(system, list(table.columns))),
        ]
        data, name = to_zip(files, self._core.now()), f"{system.lower()}{NAMED[True]}.zip"
        return hand_out(self._core, name, ZIP, data, subject=job_id or "", actor=actor)

    def _applying(self, people: ColumnElement[bool]) -> list[Applying]:
        with self._core.database.read() as session:
            known = {one.id: one for one in session.scalars(select(ApplicantRecord).where(people))}
            titles = _titles(session)
            policies = policies_of(session, people)
        return [
            Applying(
                row=row,
                given=given_of(known[row.applicant_id]),
                job=titles.get(row.job_id or "", ""),
                policy=policies.get(row.applicant_id, ""),
            )
            for row in self._candidates.rows()
            if row.applicant_id in known
        ]


def _titles(session: Session) -> Mapping[str, str]:
    return {job.id: job.title for job in session.execute(select(Vacancy.id, Vacancy.title))}


def _token(session: Session, card: CredentialCard) -> str:
    """The token that a file is, where it is one: a signature around a document cannot stand in it."""
    item_id, path = split_cred(card.cred)
    data = None if path else blobs.read(session, session.get_one(Item, item_id).sha256)
    text = (data or b"").strip()
    return text.decode() if text.startswith(b"ey") and text.isascii() and len(text.split()) == 1 else ""
