"""A link that proves nothing by itself counts once a person says why, and no longer than that."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.services import (
    Cell,
    EvidenceLink,
    Given,
    Incoming,
    Missing,
    NoteRequired,
    RequirementRow,
    Services,
)
from dashboard.store.tables import ClaimRecord, ConfirmationRecord
from tests.dashboard.services.making import AT, made, verifying
from verifier import Report
from verifier.model import Achievement, Alignment

ASKED = RequirementRow(skill_id="https://skills.example/sql", skill_name="SQL", issuer_tier="unknown")
OTHER = "https://elsewhere.example/query-languages"
DOCUMENT = {"id": "urn:x", "alignment": [{"targetUrl": OTHER}]}


class Desk:
    """One person with one credential, whose skill has the name that is asked and another identifier."""

    def __init__(self, database_url: str, home: Path) -> None:
        self.answer, self.target = b"ok ", OTHER
        self.services = Services.open(
            home, database_url=database_url, verifying=verifying(self._verify), now=lambda: AT
        )
        self.job = self.services.jobs.create("Analyst", [ASKED])
        batch = self.services.intake.receive(
            [Incoming(filename="a.json", data=b"a")], job_id=self.job, given=Given(name="Ada Example")
        )
        self.services.work.wait(batch, 30)
        [row] = self.services.candidates.rows(self.job)
        self.person = row.applicant_id

    def _verify(self, source: Any, **given: Any) -> Report:
        report = made(type(source)(self.answer, source.filename), **given)
        assert report.credential
        alignment = Alignment(target_name="SQL", target_url=self.target, pointer="/alignment/0")
        achievement = Achievement(name="Course", alignments=(alignment,))
        credential = replace(report.credential, document=DOCUMENT, achievements=(achievement,))
        return replace(report, credential=credential)

    def check(self, answer: bytes) -> None:
        self.answer = answer
        self.services.work.recheck_applicant(self.person)
        for batch in self.services.work.batches():
            self.services.work.wait(batch.batch_id, 30)

    @property
    def cell(self) -> Cell:
        [cell] = self.services.candidates.detail(self.person).cells
        return cell

    @property
    def link(self) -> EvidenceLink:
        [link] = self.cell.evidence
        return link

    @property
    def met(self) -> int:
        [row] = self.services.candidates.rows(self.job)
        return row.required_met

    def confirm(self, reason: str = "the syllabus is SQL") -> None:
        line = self.cell.requirement.requirement_id
        self.services.candidates.confirm(self.person, self.job, line, self.link.confirms, reason, actor="hr")

    def withdraw(self, reason: str = "a mistake") -> None:
        line = self.cell.requirement.requirement_id
        self.services.candidates.withdraw_confirmation(
            self.person, self.job, line, self.link.confirms, reason, actor="hr"
        )

    def infer(self) -> None:
        """As though the skill that is asked had been read out of free text."""
        with self.services._core.database.write() as session:
            claim = session.scalars(select(ClaimRecord)).one()
            skill = {**claim.body["skill"], "id": ASKED.skill_id}
            claim.body = {**claim.body, "skill": skill, "link": "inferred"}

    def kept(self) -> int:
        with self.services._core.database.read() as session:
            return len(session.scalars(select(ConfirmationRecord)).all())


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(database_url, tmp_path / "home")
    yield opened
    opened.services.close()


def test_a_related_link_counts_once_a_person_says_so(desk: Desk) -> None:
    assert (desk.cell.state, desk.met, desk.link.confirmable) == ("related_only", 0, True)
    desk.confirm()
    assert (desk.cell.state, desk.met, desk.link.confirmable) == ("met", 1, False)
    assert desk.link.confirmed
    assert (desk.link.confirmed.actor, desk.link.confirmed.at) == ("hr", AT)
    assert desk.link.confirmed.reason == "the syllabus is SQL"


def test_an_inferred_link_counts_once_a_person_says_so(desk: Desk) -> None:
    desk.infer()
    assert (desk.cell.state, desk.cell.reason, desk.link.confirmable) == ("related_only", "inferred", True)
    desk.confirm()
    assert (desk.cell.state, desk.link.link, desk.met) == ("met", "inferred", 1)


def test_a_withdrawn_confirmation_counts_no_longer_and_can_be_made_anew(desk: Desk) -> None:
    desk.confirm()
    desk.withdraw()
    assert (desk.cell.state, desk.met, desk.link.confirmed) == ("related_only", 0, None)
    desk.confirm("asked the college")
    assert desk.cell.state == "met"


def test_evidence_that_is_rejected_later_takes_its_confirmation_along(desk: Desk) -> None:
    desk.confirm()
    desk.check(b"bad")
    assert (desk.cell.state, desk.met) == ("rejected_evidence", 0)
    assert desk.link.confirmed  # still to be seen, and to be withdrawn
    desk.check(b"ok ")
    assert desk.cell.state == "met"


@pytest.mark.parametrize(("answer", "state"), [(b"bad", "rejected_evidence"), (b"far", "claimed")])
def test_what_is_not_verified_cannot_be_confirmed(desk: Desk, answer: bytes, state: str) -> None:
    desk.check(answer)
    assert (desk.cell.state, desk.link.confirmable) == (state, False)
    with pytest.raises(Missing):
        desk.confirm()
    assert desk.kept() == 0


def test_a_confirmation_is_about_the_skill_that_was_asked_not_about_the_line(desk: Desk) -> None:
    desk.confirm()
    line = replace(desk.cell.requirement, skill_id="https://skills.example/other")
    desk.services.jobs.save(desk.job, [line], note="another skill of that name")
    assert (desk.cell.state, desk.link.confirmed) == ("related_only", None)


def test_a_reason_is_required(desk: Desk) -> None:
    with pytest.raises(NoteRequired):
        desk.confirm("  ")
    desk.confirm()
    with pytest.raises(NoteRequired):
        desk.withdraw("")
    assert desk.cell.state == "met"


def test_what_is_not_there_cannot_be_confirmed_or_withdrawn(desk: Desk) -> None:
    line, link = desk.cell.requirement.requirement_id, desk.link.confirms
    other = desk.services.jobs.create("Gardener", [ASKED])
    candidates = desk.services.candidates
    for person, job, requirement, piece in (
        ("gone", desk.job, line, link),
        (desk.person, other, line, link),
        (desk.person, desk.job, "gone", link),
        (desk.person, desk.job, line, "gone"),
    ):
        with pytest.raises(Missing):
            candidates.confirm(person, job, requirement, piece, "why")
        with pytest.raises(Missing):
            candidates.withdraw_confirmation(person, job, requirement, piece, "why")
    desk.confirm()
    with pytest.raises(Missing):
        desk.confirm()  # it counts already
    assert desk.kept() == 1


def test_both_stand_in_the_log_and_its_chain_holds(desk: Desk) -> None:
    desk.confirm("Ada showed her work")
    desk.withdraw("not enough")
    newest, first = desk.services.activity.rows(action="confirmation.")
    assert (first.action, newest.action) == ("confirmation.made", "confirmation.withdrawn")
    assert (first.subject, first.actor) == (desk.person, "hr")
    assert "Ada" not in str(first.detail)
    assert newest.detail["reason"] == "not enough"
    assert desk.services.activity.verify().intact


def test_a_deleted_person_takes_their_confirmations_along(desk: Desk) -> None:
    desk.confirm()
    desk.services.candidates.delete(desk.person)
    assert desk.kept() == 0


def test_a_person_moved_away_is_not_met_elsewhere_by_it(desk: Desk) -> None:
    desk.confirm()
    other = desk.services.jobs.create("Gardener", [ASKED])
    desk.services.candidates.move(desk.person, other)
    assert desk.cell.state == "related_only"


def test_an_export_says_who_confirmed_it_and_hides_the_name_in_the_reason(desk: Desk) -> None:
    desk.confirm("Ada showed it")
    for names, reason in ((True, "Ada showed it"), (False, "▮▮▮ showed it")):
        data = desk.services.exports.candidate_csv(desk.person, names=names, reason="handed out").data
        [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert row["Confirmed by a person"] == f"hr, 2026-09-01: {reason}"
