"""How things come in: files, pasted text, links, the sample. Each becomes an item before any work starts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.board import PACE
from dashboard.services.core import Core, found
from dashboard.services.deleting import delete_sample
from dashboard.services.issuers import import_entry
from dashboard.services.jobs import create_job
from dashboard.services.receiving import Receipt, add_batch, add_person, people_of
from dashboard.services.sample import read_sample
from dashboard.services.tables_of_people import read_people
from dashboard.services.values import Given, Grouping, Incoming
from dashboard.store.tables import ApplicantRecord, Batch, Item, Vacancy

SAMPLE_REASON = "bundled sample, not for hiring"


class Intake:
    """Makes applicants and batches."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def load_sample(self, *, step_by_step: bool = False, actor: str = "local") -> str:
        """Load `sample_data/` through real verification, with its frozen clock and bundled web: the batch id.

        Idempotent: a second call gives the batch that is there. The sample's job is `jobs.sample_id()`.
        `step_by_step`: so slowly that each check can be watched.
        """
        with self._core.database.write() as session:
            there = session.scalar(select(Batch.id).where(Batch.sample))
            batch_id = there or self._add_sample(session, actor, step_by_step=step_by_step)
        self._core.wake.set()
        return batch_id

    def reset_sample(self, *, step_by_step: bool = False, actor: str = "local") -> str:
        """Delete the sample's people, job and issuers and load them anew: the new batch id."""
        with self._core.database.write() as session:
            delete_sample(session)
            self._core.board.hurry()  # what is in hand is nobody's any more
            self._core.log(session, actor, "sample.reset")
            batch_id = self._add_sample(session, actor, step_by_step=step_by_step)
        self._core.wake.set()
        return batch_id

    def sample_clock(self) -> datetime:
        """The frozen clock of the sample: "demo clock"."""
        return read_sample(self._core.settings.sample_data).clock

    def receive(
        self,
        incoming: Sequence[Incoming],
        *,
        job_id: str | None = None,
        grouping: Grouping = Grouping.ONE_PERSON,
        applicant_id: str | None = None,
        given: Given | None = None,
        applied_on: date | None = None,
        purpose: str = "",
        actor: str = "local",
    ) -> str:
        """Commit `incoming` as one batch and start on it: the batch id.

        With `applicant_id` everything belongs to that person (raises `Missing` if gone); else `grouping`
        decides who is made, and `given` is what is known of the one person. `applied_on` is the day of the
        applications (None: nobody said). The same bytes from the same person are taken once and named in
        `Progress.duplicates`. Raises `ValueError` when `incoming` is empty.
        """
        if not incoming:
            raise ValueError("nothing was handed in")
        with self._core.database.write() as session:
            if applicant_id:
                person = found(session.get(ApplicantRecord, applicant_id), "candidate")
                receipts = [Receipt(applicant_id=person.id, incoming=tuple(incoming))]
                job_id = person.vacancy_id
            else:
                _require_job(session, job_id)
                receipts = people_of(
                    self._core,
                    session,
                    incoming,
                    grouping=grouping,
                    given=given or Given(),
                    job_id=job_id,
                    applied_on=applied_on,
                )
            batch_id = add_batch(self._core, session, receipts, job_id=job_id, purpose=purpose, actor=actor)
        self._core.wake.set()
        return batch_id

    def receive_table(self, data: bytes, *, job_id: str | None = None, actor: str = "local") -> str:
        """Commit a CSV of people (columns `name` or `person`, `email`, `link`, `applied`): the batch id.

        One row a link; `applied` is a day like 2026-03-31 and may be absent.

        Raises `ValueError` with a sentence for the reader when the table cannot be used.
        """
        people = read_people(data)
        with self._core.database.write() as session:
            _require_job(session, job_id)
            receipts = [
                Receipt(
                    applicant_id=add_person(
                        self._core, session, person.given, job_id=job_id, applied_on=person.applied_on
                    ),
                    incoming=tuple(Incoming(filename=link, url=link) for link in person.links),
                )
                for person in people
            ]
            batch_id = add_batch(self._core, session, receipts, job_id=job_id, purpose="", actor=actor)
        self._core.wake.set()
        return batch_id

    def pasted(self, text: str) -> Incoming:
        """Pasted text as something to receive: a link when it is one web address, else the text's bytes."""
        wanted = text.strip()
        if wanted.lower().startswith(("https://", "http://")) and not any(c.isspace() for c in wanted):
            return Incoming(filename=wanted, url=wanted)
        return Incoming(filename="pasted text", data=wanted.encode("utf-8", "replace"))

    def _add_sample(self, session: Session, actor: str, *, step_by_step: bool) -> str:
        sample = read_sample(self._core.settings.sample_data)
        job = json.loads(sample.job)
        job_id = create_job(self._core, session, job["name"], job["requirements"], actor=actor, sample=True)
        for entry in json.loads(sample.issuers)["issuers"]:
            import_entry(
                self._core,
                session,
                entry,
                reason=SAMPLE_REASON,
                approver=SAMPLE_REASON,
                actor=actor,
                sample=True,
            )
        receipts = []
        for person in sample.people:
            given = Given(name=person.name, emails=person.emails, phones=person.phones, dids=person.dids)
            applicant = add_person(
                self._core,
                session,
                given,
                job_id=job_id,
                line=person.line,
                sample=True,
                applied_on=sample.clock.date(),
            )
            files = tuple(Incoming(filename=path.name, data=path.read_bytes()) for path in person.files)
            receipts.append(Receipt(applicant_id=applicant, incoming=files))
        batch_id = add_batch(
            self._core, session, receipts, job_id=job_id, purpose="sample", actor=actor, sample=True
        )
        if step_by_step:  # before the commit: then the workers come
            items = session.scalars(select(Item.id).where(Item.batch_id == batch_id))
            self._core.board.slow_down(items, PACE)
        return batch_id


def _require_job(session: Session, job_id: str | None) -> None:
    if job_id is not None:
        found(session.get(Vacancy, job_id), "job")
