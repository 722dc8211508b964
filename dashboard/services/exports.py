"""Downloads: CSV and Excel with formulas neutralised, raw files with checksums. Each one is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, select

from dashboard import frames
from dashboard.exports import to_csv, to_xlsx, to_zip
from dashboard.exports.worded import states_worded, worded
from dashboard.services.activity import Activity
from dashboard.services.candidates import Candidates
from dashboard.services.core import Core, found
from dashboard.services.evidence import Evidence, safe_name
from dashboard.services.fairness import STEPS, panel_of, template
from dashboard.services.handing_out import (
    CSV,
    NAMED,
    XLSX,
    ZIP,
    allow_names,
    hand_out,
    of_job,
    policies_of,
    policy_of,
)
from dashboard.services.people import CandidateDetail, CandidateRow, Comparison
from dashboard.services.values import Download
from dashboard.services.verifying import versions
from dashboard.store import blobs
from dashboard.store.tables import ApplicantRecord, Item
from verifier import audit_csv

FEWEST_SHOWN = 5  # people: a smaller count could point at somebody
WHOLE_LOG = 1_000_000  # lines


class Exports:
    """Files to hand out. `names=False` is blind: a pseudonym, tiers, no dates (analysts).

    What names somebody wants a `reason` where they are hidden (`handing_out.allow_names`), and raises
    `NoteRequired` without.
    """

    def __init__(self, core: Core, candidates: Candidates, evidence: Evidence, activity: Activity) -> None:
        self._core, self._candidates, self._evidence, self._activity = core, candidates, evidence, activity

    def candidates_csv(
        self, job_id: str | None, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """The grid of a job."""
        table = self._grid(self._rows(job_id, names=names, reason=reason, actor=actor), names=names)
        return self._csv("candidates" + NAMED[names], worded(table), subject=job_id or "", actor=actor)

    def candidates_xlsx(
        self, job_id: str | None, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """The grid of a job, with what it was checked by."""
        rows = self._rows(job_id, names=names, reason=reason, actor=actor)
        sheets = {
            "Summary": self._about([row.applicant_id for row in rows], ("People", len(rows))),
            "Candidates": worded(self._grid(rows, names=names)),
        }
        return self._xlsx("candidates" + NAMED[names], sheets, subject=job_id or "", actor=actor)

    def candidate_csv(
        self, applicant_id: str, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """One person, a line for each requirement; without a job, for each credential."""
        detail = self._detail(applicant_id, names=names, reason=reason, actor=actor)
        lines = frames.requirements(detail) if detail.job else frames.credentials(detail.credentials)
        table = worded(lines)
        table.insert(0, "Person", frames.person(detail.row, names=names))
        table["Checked at (UTC)"] = detail.row.oldest_check
        table["Policy"] = self._policies((applicant_id,))
        return self._csv("candidate" + NAMED[names], table, subject=applicant_id, actor=actor)

    def candidate_xlsx(
        self, applicant_id: str, *, names: bool = False, reason: str = "", actor: str = "local"
    ) -> Download:
        """One person: summary, requirements, credentials, checks."""
        detail = self._detail(applicant_id, names=names, reason=reason, actor=actor)
        sheets = {
            "Summary": self._about((applicant_id,), *_summary(detail, names=names)),
            "Requirements": worded(frames.requirements(detail)),
            "Credentials": worded(frames.credentials(detail.credentials)),
            "Checks": self._checks(detail, blind=not names),
        }
        return self._xlsx("candidate" + NAMED[names], sheets, subject=applicant_id, actor=actor)

    def comparison_csv(
        self,
        applicant_ids: Sequence[str],
        *,
        job_id: str | None = None,
        names: bool = False,
        reason: str = "",
        actor: str = "local",
    ) -> Download:
        """Requirements × people."""
        compared = self._comparison(applicant_ids, job_id, names=names, reason=reason, actor=actor)
        table = states_worded(frames.comparison(compared, names=names))
        table["Oldest check (UTC)"] = _oldest(compared.people)
        table["Policy"] = self._policies([row.applicant_id for row in compared.people])
        return self._csv("comparison" + NAMED[names], table, subject=compared.job.job_id, actor=actor)

    def comparison_xlsx(
        self,
        applicant_ids: Sequence[str],
        *,
        job_id: str | None = None,
        names: bool = False,
        reason: str = "",
        actor: str = "local",
    ) -> Download:
        """Requirements × people, with what it was checked by."""
        compared = self._comparison(applicant_ids, job_id, names=names, reason=reason, actor=actor)
        sheets = {
            "Summary": self._about([row.applicant_id for row in compared.people], *_compared(compared)),
            "Comparison": states_worded(frames.comparison(compared, names=names)),
            **self._behind(compared, names=names),
        }
        return self._xlsx("comparison" + NAMED[names], sheets, subject=compared.job.job_id, actor=actor)

    def coverage_csv(self, job_id: str, *, actor: str = "local") -> Download:
        """Coverage without names; counts under 5 are suppressed."""
        table = frames.coverage(self._candidates.coverage(job_id))
        counts = table.columns[2:]
        lines = [suppressed(line) for line in table[counts].itertuples(index=False, name=None)]
        table = table[table.columns[:2]].join(pd.DataFrame(lines, columns=counts))
        people = self._candidates.rows(job_id)
        table["oldest_check"] = _oldest(people)
        table["policy"] = self._policies([row.applicant_id for row in people])
        return self._csv("coverage", worded(table), subject=job_id, actor=actor)

    def groups_template(self, job_id: str, *, actor: str = "local") -> Download:
        """A table of pseudonyms to write groups into, for `candidates.impact`."""
        rows = template(self._candidates.rows(job_id))
        table = pd.DataFrame(rows[1:], columns=list(rows[0]))
        return self._csv("groups", table, subject=job_id, actor=actor)

    def impact_csv(
        self, job_id: str, groups: bytes, *, steps: Sequence[str] = tuple(STEPS), actor: str = "local"
    ) -> Download:
        """The impact ratios of several steps as the table of a published audit. Raises `ValueError`."""
        rows = self._candidates.rows(job_id)
        panels = [panel_of(rows, groups, step)[1] for step in steps]
        tool = f"skillproof {versions()['skillproof']}"
        data = audit_csv(panels, tool=tool, at=f"{self._core.now():%Y-%m-%d}")
        return self._logged("impact.csv", CSV, data, subject=job_id, actor=actor)

    def activity_csv(
        self,
        *,
        action: str = "",
        who: str = "",
        subject: str = "",
        since: datetime | None = None,
        actor: str = "local",
    ) -> Download:
        """The lines of the log that match, digests included; the first says what the whole chain is worth."""
        rows = self._activity.rows(action=action, who=who, subject=subject, since=since, limit=WHOLE_LOG)
        chain = self._activity.verify()
        whole = f"whole, {chain.length} lines" if chain.intact else f"broken at line {chain.broken_at}"
        said = f"{whole}, last digest {chain.head}"
        table = worded(frames.activity(rows))
        table["Chain"] = [said, *[""] * (len(table) - 1)][: len(table)]  # of the log, not of a line
        return self._csv("activity", table, subject="", actor=actor)

    def raw_zip(self, applicant_id: str, *, reason: str = "", actor: str = "local") -> Download:
        """The person's files as handed in, with SHA256SUMS: they say who it is."""
        query = (
            select(Item.filename, Item.sha256)
            .where(Item.applicant_id == applicant_id, Item.url.is_(None))
            .order_by(Item.queued_at, Item.position)
        )
        with self._core.database.read() as session:
            found(session.get(ApplicantRecord, applicant_id), "candidate")
            kept = [(name, blobs.read(session, sha256)) for name, sha256 in session.execute(query)]
        self._allow_names(ApplicantRecord.id == applicant_id, reason, subject=applicant_id, actor=actor)
        files = [(safe_name(name), data) for name, data in kept if data is not None]
        data = to_zip(files, self._core.now())
        return self._logged("credentials.zip", ZIP, data, subject=applicant_id, actor=actor)

    def _rows(self, job_id: str | None, *, names: bool, reason: str, actor: str) -> tuple[CandidateRow, ...]:
        if names:
            self._allow_names(of_job(job_id), reason, subject=job_id or "", actor=actor)
        return self._candidates.rows(job_id)

    def _detail(self, applicant_id: str, *, names: bool, reason: str, actor: str) -> CandidateDetail:
        if names:
            self._allow_names(ApplicantRecord.id == applicant_id, reason, subject=applicant_id, actor=actor)
        return self._candidates.detail(applicant_id, blind=not names)

    def _comparison(
        self, applicant_ids: Sequence[str], job_id: str | None, *, names: bool, reason: str, actor: str
    ) -> Comparison:
        compared = self._candidates.compare(applicant_ids, job_id=job_id, blind=not names)
        if names:
            people = ApplicantRecord.id.in_([row.applicant_id for row in compared.people])
            self._allow_names(people, reason, subject=compared.job.job_id, actor=actor)
        return compared

    def _allow_names(self, people: ColumnElement[bool], reason: str, *, subject: str, actor: str) -> None:
        allow_names(self._core, people, reason, subject=subject, actor=actor)

    def _behind(self, compared: Comparison, *, names: bool) -> dict[str, pd.DataFrame]:
        """What a comparison rests on: requirements, credentials and checks, person under person."""
        parts: dict[str, list[pd.DataFrame]] = {"Requirements": [], "Credentials": [], "Checks": []}
        for place, row in enumerate(compared.people):
            detail = self._candidates.detail(row.applicant_id, blind=not names)
            detail = replace(detail, cells=tuple(line.cells[place] for line in compared.rows))
            made = (
                worded(frames.requirements(detail)),
                worded(frames.credentials(detail.credentials)),
                self._checks(detail, blind=not names),
            )
            for part, table in zip(parts.values(), made, strict=True):
                table.insert(0, "Person", frames.person(row, names=names))
                part.append(table)
        return {name: pd.concat(tables) for name, tables in parts.items()}

    def _grid(self, rows: Sequence[CandidateRow], *, names: bool) -> pd.DataFrame:
        """The grid, with the policy by which each person's credentials were checked."""
        table = frames.candidates(rows, names=names)
        with self._core.database.read() as session:
            policies = policies_of(session, ApplicantRecord.id.is_not(None))
        table["policy"] = [policies.get(row.applicant_id, "") for row in rows]
        return table

    def _policies(self, applicant_ids: Sequence[str]) -> str:
        """Every policy by which something of these people was checked."""
        with self._core.database.read() as session:
            found = policies_of(session, ApplicantRecord.id.in_(applicant_ids))
        return ", ".join(sorted({one for policies in found.values() for one in policies.split(", ")}))

    def _checks(self, detail: CandidateDetail, *, blind: bool) -> pd.DataFrame:
        tables = []
        for card in detail.credentials:
            table = frames.checks(self._evidence.view(card.cred, blind=blind).checks)
            table.insert(0, "source", card.source)
            tables.append(table)
        return worded(pd.concat(tables) if tables else frames.checks(()))

    def _about(self, people: Sequence[str], *more: tuple[str, str | int | datetime]) -> pd.DataFrame:
        exported, policy = self._core.now(), self._policies(people) or policy_of(self._core)
        return worded(frames.facts([("Exported at (UTC)", exported), ("Policy", policy), *more]))

    def _csv(self, name: str, table: pd.DataFrame, *, subject: str, actor: str) -> Download:
        return self._logged(f"{name}.csv", CSV, to_csv(table), subject=subject, actor=actor)

    def _xlsx(self, name: str, sheets: Mapping[str, pd.DataFrame], *, subject: str, actor: str) -> Download:
        return self._logged(f"{name}.xlsx", XLSX, to_xlsx(sheets), subject=subject, actor=actor)

    def _logged(self, filename: str, mime: str, data: bytes, *, subject: str, actor: str) -> Download:
        return hand_out(self._core, filename, mime, data, subject=subject, actor=actor)


def _summary(detail: CandidateDetail, *, names: bool) -> list[tuple[str, str | int | datetime]]:
    row = detail.row
    facts: list[tuple[str, str | int | datetime]] = [
        ("Person", frames.person(row, names=names)),
        ("Required met", f"{row.required_met} of {row.required_total}"),
        ("Preferred met", f"{row.preferred_met} of {row.preferred_total}"),
    ]
    if detail.job:
        facts.append(("Job", f"{detail.job.title}, version {detail.job.version}"))
    if row.oldest_check:
        facts.append(("Oldest check (UTC)", row.oldest_check))
    return facts


def _compared(compared: Comparison) -> list[tuple[str, str | int | datetime]]:
    oldest = _oldest(compared.people)
    job = f"{compared.job.title}, version {compared.job.version}"
    return [("Job", job), *([("Oldest check (UTC)", oldest)] if oldest else [])]


def _oldest(people: Sequence[CandidateRow]) -> datetime | None:
    """The oldest check of any of them."""
    return min((row.oldest_check for row in people if row.oldest_check), default=None)


def suppressed(counts: Sequence[int]) -> list[str]:
    """The counts of one line, those that could point at somebody hidden; zero points at nobody.

    Where only one is hidden it could be told from the number of people, so the next smallest is hidden too.
    """
    small = [index for index, count in enumerate(counts) if 0 < count < FEWEST_SHOWN]
    others = sorted((count, index) for index, count in enumerate(counts) if count >= FEWEST_SHOWN)
    hidden = {others[0][1]} if len(small) == 1 and others else set()
    words = [f"under {FEWEST_SHOWN}" if index in small else str(count) for index, count in enumerate(counts)]
    return ["not shown" if index in hidden else word for index, word in enumerate(words)]
