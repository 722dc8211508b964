"""People: the grid, one person requirement by requirement, comparison, coverage, decisions, deletion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services import blind as masking
from dashboard.services import confirming, coverage
from dashboard.services.alerting import alerts
from dashboard.services.comparing import compare
from dashboard.services.core import Core, found, note_of, plain
from dashboard.services.deleting import delete_people
from dashboard.services.evidence import microcredentials
from dashboard.services.fairness import ImpactPanel, panel_of
from dashboard.services.jobs import job_detail
from dashboard.services.people import (
    CandidateDetail,
    CandidateRow,
    ClaimRow,
    Comparison,
    Coverage,
    DecisionWord,
)
from dashboard.services.reading import (
    candidate_row,
    candidate_rows,
    card_of,
    cell_of,
    cred_of,
    decisions_of,
    given_of,
    items_of,
)
from dashboard.services.standing import SKILL, count_stale, lay, restate
from dashboard.services.validity import applied_on
from dashboard.services.values import Alert, Given, Mark
from dashboard.services.work import Work
from dashboard.store.tables import (
    ApplicantRecord,
    Batch,
    ClaimRecord,
    CredentialRecord,
    Decision,
    Item,
    Vacancy,
)


class Candidates:
    """What is known of the people behind the credentials."""

    def __init__(self, core: Core, work: Work) -> None:
        self._core, self._work = core, work

    def rows(self, job_id: str | None = None, *, blind: bool = False) -> tuple[CandidateRow, ...]:
        """Everybody of one job (None: everybody), in the order received: never ranked here."""
        with self._core.database.read() as session:
            shown = candidate_rows(session, job_id)
            return tuple(masking.row(one) for one in shown) if blind else shown

    def behind(self, job_id: str | None = None) -> int:
        """How many people of one job (None: of all) still stand as an earlier version of it had them."""
        with self._core.database.read() as session:
            return count_stale(session, job_id)

    def row(self, applicant_id: str) -> CandidateRow:
        """One person as in the grid. Raises `Missing`."""
        with self._core.database.read() as session:
            return candidate_row(session, applicant_id)

    def detail(self, applicant_id: str, *, blind: bool = False) -> CandidateDetail:
        """Everything about one person; `blind` hides who they are (`services.blind`). Raises `Missing`."""
        with self._core.database.read() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            job = job_detail(session, person.vacancy_id) if person.vacancy_id else None
            lines = job.requirements if job else ()
            cells = lay(session, person).cells if job else []
            claims = _claims(session, applicant_id)
            held = _credentials(session, applicant_id)
            shown = CandidateDetail(
                row=candidate_row(session, applicant_id),
                given=given_of(person),
                job=job,
                cells=tuple(cell_of(cell, line) for cell, line in zip(cells, lines, strict=True)),
                credentials=tuple(card_of(record) for record in held),
                skills=tuple(claim for claim in claims if claim.mark is Mark.VERIFIED),
                unverified=tuple(claim for claim in claims if claim.mark is not Mark.VERIFIED),
                unreadable=items_of(session, applicant_id, Mark.UNREADABLE),
                pending=items_of(session, applicant_id, Mark.PENDING),
                decisions=decisions_of(session, applicant_id),
                microcredentials=microcredentials(session, held),
                applied_on=applied_on(person)[0],
                applied_stated=applied_on(person)[1],
            )
            return masking.detail(shown, masking.mask_of(session, applicant_id)) if blind else shown

    def alerts(self, job_id: str | None = None, *, blind: bool = False) -> tuple[Alert, ...]:
        """What says something else now of people on the shortlist; deciding anew settles it."""
        with self._core.database.read() as session:
            found_now = alerts(session, job_id)
            return tuple(masking.alert(one) for one in found_now) if blind else found_now

    def compare(
        self, applicant_ids: Sequence[str], *, job_id: str | None = None, blind: bool = False
    ) -> Comparison:
        """2 to 5 people against one job (None: the first person's).

        `blind` hides who they are. Ids that name nobody are listed in `removed`, people of another job in
        `elsewhere`: neither are compared. Raises
        `ValueError` for another number, or where there is no job.
        """
        with self._core.database.read() as session:
            shown = compare(session, applicant_ids, job_id)
            if not blind:
                return shown
            masks = tuple(masking.mask_of(session, one.applicant_id) for one in shown.people)
            return masking.comparison(shown, masks)

    def coverage(self, job_id: str) -> Coverage:
        """All people of a job against its requirements. Raises `Missing`."""
        with self._core.database.read() as session:
            return coverage.of_job(session, job_id, self._core.now())

    def impact(
        self, job_id: str, table: bytes, *, step: str = "shortlisted", actor: str = "local"
    ) -> ImpactPanel:
        """Whether a step treats groups alike, by a CSV of `person` (pseudonym, id or name) and `group`.

        Steps: `shortlisted`, `not_declined`, `all_required_met`. The table is not kept; that somebody looked
        is logged. Raises `ValueError` with a sentence for a table that cannot be used, `Missing`.
        """
        with self._core.database.write() as session:
            found(session.get(Vacancy, job_id), "job")
            shown, _ = panel_of(candidate_rows(session, job_id), table, step)
            self._core.log(session, actor, "impact.looked_at", job_id, step=step)
            return shown

    def decide(self, applicant_id: str, decision: DecisionWord, note: str, *, actor: str = "local") -> None:
        """Record a decision. Raises `NoteRequired` for a blank note, `Missing`."""
        note = note_of(note)
        now = self._core.now()
        with self._core.database.write() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            person.decision, person.decided_at = decision.value, now
            session.add(
                Decision(applicant_id=applicant_id, decision=decision.value, note=note, actor=actor, at=now)
            )
            session.flush()
            restate(session, applicant_id)
            self._core.log(session, actor, "decision.made", applicant_id, decision=decision.value)

    def note(self, applicant_id: str, note: str, *, actor: str = "local") -> None:
        """Write something down beside the decisions, deciding nothing. Raises `NoteRequired`, `Missing`."""
        note = note_of(note)
        with self._core.database.write() as session:
            found(session.get(ApplicantRecord, applicant_id), "candidate")
            now = self._core.now()
            session.add(Decision(applicant_id=applicant_id, decision="", note=note, actor=actor, at=now))
            self._core.log(session, actor, "note.made", applicant_id)

    def confirm(
        self,
        applicant_id: str,
        job_id: str,
        requirement_id: str,
        link: str,
        reason: str,
        *,
        actor: str = "local",
    ) -> None:
        """Let evidence count that only points at what is asked; `link` is its `EvidenceLink.confirms`.

        Raises `NoteRequired` for a blank reason, `Missing` where there is nothing (more) to confirm.
        """
        reason = note_of(reason)
        with self._core.database.write() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            cells = lay(session, person).cells if person.vacancy_id == job_id else []
            named = {"requirement_id": requirement_id, "link": link}
            item = confirming.add(
                session, person, cells, **named, reason=reason, actor=actor, at=self._core.now()
            )
            restate(session, applicant_id)
            about = {"job": job_id, "requirement": requirement_id, "item": item, "link": link}
            self._core.log(session, actor, "confirmation.made", applicant_id, **about)

    def withdraw_confirmation(
        self,
        applicant_id: str,
        job_id: str,
        requirement_id: str,
        link: str,
        reason: str,
        *,
        actor: str = "local",
    ) -> None:
        """Take a confirmation back. The reason goes into the log: name nobody in it.

        Raises `NoteRequired` for a blank reason, `Missing` where nothing is confirmed.
        """
        reason = note_of(reason)
        with self._core.database.write() as session:
            confirming.remove(session, applicant_id, job_id, requirement_id, link)
            restate(session, applicant_id)
            about = {"job": job_id, "requirement": requirement_id, "link": link, "reason": plain(reason)}
            self._core.log(session, actor, "confirmation.withdrawn", applicant_id, **about)

    def reveal(self, applicant_id: str, reason: str, *, actor: str = "local") -> CandidateRow:
        """The person by name, logged with the reason. Raises `NoteRequired`, `Missing`."""
        reason = note_of(reason)
        with self._core.database.write() as session:
            found(session.get(ApplicantRecord, applicant_id), "candidate")
            self._core.log(session, actor, "name.revealed", applicant_id, reason=plain(reason))
            return candidate_row(session, applicant_id)

    def set_given(self, applicant_id: str, given: Given, *, actor: str = "local") -> None:
        """Change what is established about the person and check everything of theirs again."""
        with self._core.database.write() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            person.name = plain(given.name.strip())
            person.emails = [plain(email.strip()) for email in given.emails if email.strip()]
            person.phones = [plain(phone.strip()) for phone in given.phones if phone.strip()]
            person.dids = [plain(did.strip(), 2_000) for did in given.dids if did.strip()]
            self._core.log(session, actor, "candidate.changed", applicant_id)
            self._work.ask_again(session, Item.applicant_id == applicant_id, actor)
        self._core.wake.set()

    def set_applied(self, applicant_id: str, day: date | None, *, actor: str = "local") -> None:
        """Say when the person applied; None: nobody knows. Raises `Missing`."""
        with self._core.database.write() as session:
            found(session.get(ApplicantRecord, applicant_id), "candidate").applied_on = day
            self._core.log(session, actor, "candidate.applied", applicant_id, on=str(day or ""))

    def move(self, applicant_id: str, job_id: str | None, *, actor: str = "local") -> None:
        """Consider the person for another job."""
        with self._core.database.write() as session:
            person = found(session.get(ApplicantRecord, applicant_id), "candidate")
            if job_id is not None:
                found(session.get(Vacancy, job_id), "job")
            person.vacancy_id = job_id
            session.flush()
            restate(session, applicant_id)
            self._core.log(session, actor, "candidate.moved", applicant_id, job=job_id or "")

    def delete(self, applicant_id: str, *, actor: str = "local") -> None:
        """Delete the person with credentials, reports and decisions; the log keeps that, not who."""
        with self._core.database.write() as session:
            found(session.get(ApplicantRecord, applicant_id), "candidate")
            delete_people(session, (applicant_id,))
            self._core.log(session, actor, "candidate.deleted", applicant_id)


def _credentials(session: Session, applicant_id: str) -> list[CredentialRecord]:
    """Single credentials, and members that could not be read; what only wraps them is left out.

    In the order handed in: which check ended first, or was made again, is no order for a reader.
    """
    query = (
        select(CredentialRecord)
        .join(Item, Item.id == CredentialRecord.item_id)
        .join(Batch, Batch.id == Item.batch_id)
        .where(CredentialRecord.applicant_id == applicant_id)
        .order_by(Batch.created_at, Item.position, CredentialRecord.id)
    )
    return [
        record
        for record in session.scalars(query)
        if record.kind == "credential" or (record.kind == "unreadable" and record.path)
    ]


def _claims(session: Session, applicant_id: str) -> tuple[ClaimRow, ...]:
    mine = ClaimRecord.applicant_id == applicant_id, ClaimRecord.kind == SKILL
    query = select(ClaimRecord).where(*mine).order_by(ClaimRecord.id)
    return tuple(
        ClaimRow(
            cred=cred_of(record.item_id, record.path),
            skill_id=record.skill_id,
            skill_name=record.skill_name,
            framework=record.framework,
            level=record.level,
            mark=Mark(record.mark),
            code=record.code,
        )
        for record in session.scalars(query)
    )
