"""Decisions need a note, deletion leaves nobody behind, comparison shows who is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.services import DecisionWord, Given, Incoming, Missing, NoteRequired, RequirementRow, Services


def ids(services: Services) -> list[str]:
    return [row.applicant_id for row in services.candidates.rows(services.jobs.sample_id())]


def test_a_decision_needs_a_note_and_is_remembered(loaded: Services) -> None:
    [first, *_] = ids(loaded)
    with pytest.raises(NoteRequired):
        loaded.candidates.decide(first, DecisionWord.SHORTLISTED, "  ")
    loaded.candidates.decide(first, DecisionWord.SHORTLISTED, "has all six")
    loaded.candidates.decide(first, DecisionWord.DECLINED, "withdrew", actor="hr")
    detail = loaded.candidates.detail(first)
    assert detail.row.decision is DecisionWord.DECLINED
    assert [(one.decision, one.note, one.actor) for one in detail.decisions] == [
        ("declined", "withdrew", "hr"), ("shortlisted", "has all six", "local"),
    ]  # fmt: skip
    logged = loaded.activity.rows(action="decision.made")
    assert [row.detail for row in logged] == [{"decision": "declined"}, {"decision": "shortlisted"}]


def test_a_reveal_is_logged_with_its_reason(loaded: Services) -> None:
    [first, *_] = ids(loaded)
    with pytest.raises(NoteRequired):
        loaded.candidates.reveal(first, "")
    assert loaded.candidates.reveal(first, "interview").name == "Ada Example"
    [line] = loaded.activity.rows(action="name.revealed", subject=first)
    assert line.detail == {"reason": "interview"}


def test_comparison_lists_who_is_gone_and_where_people_differ(loaded: Services) -> None:
    people = ids(loaded)
    compared = loaded.candidates.compare([*people[:3], "gone"])
    assert compared.removed == ("gone",)
    assert [row.name for row in compared.people] == ["Ada Example", "Bruno Muster", "Carla Beispiel"]
    required = [row.requirement.required for row in compared.rows]
    assert required == sorted(required, reverse=True)
    by_name = {row.requirement.skill_name: row for row in compared.rows}
    assert by_name["SQL"].differs
    assert not by_name["Critical Thinking"].differs
    assert [cell.state for cell in by_name["SQL"].cells] == ["met", "met", "no_evidence"]


def test_nobody_is_compared_against_a_job_that_is_not_theirs(loaded: Services) -> None:
    """They were never laid against it: "no evidence" would be a statement about them."""
    ada, bruno, carla, *_ = ids(loaded)
    job = loaded.jobs.sample_id()
    loaded.candidates.move(bruno, loaded.jobs.create("Another", [RequirementRow(skill_name="SQL")]))
    loaded.candidates.move(carla, None)
    compared = loaded.candidates.compare([ada, bruno, carla], job_id=job)
    assert [row.applicant_id for row in compared.people] == [ada]
    assert compared.elsewhere == (bruno, carla)
    with pytest.raises(ValueError, match="two to five"):
        loaded.candidates.compare([bruno, carla], job_id=job)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_comparison_takes_two_to_five(loaded: Services, count: int) -> None:
    with pytest.raises(ValueError, match="two to five"):
        loaded.candidates.compare(ids(loaded)[:count])


def test_one_person_twice_is_one(loaded: Services) -> None:
    [first, *_] = ids(loaded)
    with pytest.raises(ValueError, match="two to five"):
        loaded.candidates.compare([first, first])


def test_another_identity_changes_whose_it_is(loaded: Services) -> None:
    hugo = next(row for row in loaded.candidates.rows() if row.name == "Hugo Mustermann")
    ada = loaded.candidates.detail(ids(loaded)[0])
    loaded.candidates.set_given(hugo.applicant_id, ada.given)
    loaded.work.wait(loaded.work.batches()[0].batch_id, 60)
    [card] = loaded.candidates.detail(hugo.applicant_id).credentials
    assert (card.theirs.outcome, card.verdict) == ("passed", "verified")


def test_a_person_moved_to_another_job_is_laid_against_it(loaded: Services) -> None:
    [first, *_] = ids(loaded)
    job = loaded.jobs.create("Gardener")
    loaded.candidates.move(first, job)
    detail = loaded.candidates.detail(first)
    assert (detail.row.required_total, detail.cells) == (0, ())
    loaded.candidates.move(first, None)
    assert loaded.candidates.detail(first).job is None
    with pytest.raises(Missing):
        loaded.candidates.move(first, "gone")


def test_a_deleted_person_leaves_no_byte_in_the_store(tmp_path: Path) -> None:
    services = Services.open(tmp_path / "home")
    given = Given(name="Canary Nightingale", emails=("canary@nightingale.example",))
    marker = b"canary-document-of-nightingale"
    batch = services.intake.receive([Incoming(filename="canary-file.json", data=marker)], given=given)
    services.work.wait(batch)
    [row] = services.candidates.rows()
    services.candidates.decide(row.applicant_id, DecisionWord.DECLINED, "note on nightingale")
    services.candidates.delete(row.applicant_id)
    with pytest.raises(Missing):
        services.candidates.detail(row.applicant_id)
    with pytest.raises(Missing):
        services.work.progress(batch)
    services.close()
    path = tmp_path / "home" / "skillproof.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes().lower()
    assert b"nightingale" not in content
    assert b"canary" not in content


def test_bytes_that_somebody_else_handed_in_too_are_kept(services: Services) -> None:
    shared = Incoming(filename="shared.json", data=b"shared")
    for _ in range(2):
        services.work.wait(services.intake.receive([shared]))
    first, second = services.candidates.rows()
    services.candidates.delete(first.applicant_id)
    [item] = services.candidates.detail(second.applicant_id).unreadable
    assert services.evidence.raw(item.item_id).data == b"shared"


@pytest.mark.parametrize("applicant", ["", "gone", "' OR 1=1 --"])
def test_a_link_that_names_no_candidate_says_so(services: Services, applicant: str) -> None:
    with pytest.raises(Missing):
        services.candidates.detail(applicant)
    with pytest.raises(Missing):
        services.candidates.delete(applicant)
    with pytest.raises(Missing):
        services.candidates.decide(applicant, DecisionWord.DECLINED, "note")


def test_credentials_stand_in_the_order_handed_in_also_after_a_recheck(loaded: Services) -> None:
    [first, *_] = ids(loaded)
    handed_in = [
        row.item_id
        for row in loaded.work.items(loaded.work.batches()[0].batch_id)
        if row.applicant_id == first
    ]
    loaded.work.recheck((handed_in[0],))
    loaded.work.wait(loaded.work.batches()[0].batch_id, 60)
    assert [card.item_id for card in loaded.candidates.detail(first).credentials] == handed_in
