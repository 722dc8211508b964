"""The sample goes through real verification and comes out as its own file says."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.services import Incoming, IssuerRow, Mark, Missing, Services
from tests.dashboard.finished import with_sample

ROOT = Path(__file__).resolve().parents[3]


def test_every_sample_file_gets_the_verdict_that_its_list_promises(sample: Services) -> None:
    people = json.loads((ROOT / "sample_data" / "applicants.json").read_bytes())["applicants"]
    promised = {
        (person["name"], Path(file["path"]).name): (file["verdict"], file["code"])
        for person in people
        for file in person["files"]
    }
    batch = sample.work.batches()[0]
    found = {
        (row.applicant, row.filename): (row.verdict, row.code) for row in sample.work.items(batch.batch_id)
    }
    assert found == promised


def test_loading_twice_gives_the_same_batch(sample: Services) -> None:
    first = sample.work.batches()[0].batch_id
    assert sample.intake.load_sample() == first
    assert len(sample.candidates.rows()) == 15


def test_the_job_is_laid_against_everybody(sample: Services) -> None:
    rows = {row.name: row for row in sample.candidates.rows(sample.jobs.sample_id())}
    assert (rows["Ada Example"].required_met, rows["Ada Example"].required_total) == (6, 6)
    assert (rows["Bruno Muster"].required_met, rows["Bruno Muster"].required_total) == (4, 6)
    carla = sample.candidates.detail(rows["Carla Beispiel"].applicant_id)
    short = [cell for cell in carla.cells if cell.state == "level_short"]
    assert [(cell.asked, cell.held) for cell in short] == [("EQF 6", "EQF 5")]


def test_a_met_requirement_leads_to_its_evidence(sample: Services) -> None:
    ada = sample.candidates.rows(sample.jobs.sample_id())[0]
    for cell in sample.candidates.detail(ada.applicant_id).cells:
        if cell.state == "met":
            view = sample.evidence.view(cell.evidence[0].cred)
            assert view.card.mark is Mark.VERIFIED
            assert view.card.applicant_id == ada.applicant_id


def test_an_altered_level_is_not_shown_as_held(sample: Services) -> None:
    rows = {row.name: row for row in sample.candidates.rows()}
    dmitri = sample.candidates.detail(rows["Dmitri Sample"].applicant_id)
    rejected = [cell for cell in dmitri.cells if cell.state == "rejected_evidence"]
    assert rejected
    assert all(not cell.held and not cell.evidence[0].level for cell in rejected)


def test_the_evidence_of_a_contained_credential_is_its_own(sample: Services) -> None:
    rows = {row.name: row for row in sample.candidates.rows()}
    liam = sample.candidates.detail(rows["Liam Demo"].applicant_id)
    inner = [card for card in liam.credentials if "." in card.cred]
    assert len(inner) == 5
    view = sample.evidence.view(inner[0].cred)
    assert [check.check for check in view.checks][:3] == ["structure", "proof", "issuer"]
    outer = sample.evidence.view(inner[0].item_id)
    assert [card.cred for card in outer.contained] == [
        card.cred for card in inner if card.item_id == inner[0].item_id
    ]
    assert view.document is not None


def test_genuine_and_theirs_are_two_statements(sample: Services) -> None:
    cards = {
        row.name: sample.candidates.detail(row.applicant_id).credentials for row in sample.candidates.rows()
    }
    [hugo] = cards["Hugo Mustermann"]
    assert (hugo.genuine.outcome, hugo.theirs.outcome) == ("passed", "failed")
    [keiko] = cards["Keiko Mihon"]
    assert (keiko.genuine.outcome, keiko.theirs.code) == ("passed", "bearer")
    [greta] = cards["Greta Fiktiv"]
    assert (greta.genuine.outcome, greta.mark) == ("passed", Mark.ISSUER_UNKNOWN)


@pytest.mark.parametrize("cred", ["nobody", "nobody.0", "", ".", "../etc", "0" * 5_000])
def test_an_evidence_link_that_names_nothing_says_so(sample: Services, cred: str) -> None:
    with pytest.raises(Missing):
        sample.evidence.view(cred)


def test_a_path_outside_a_report_names_nothing(sample: Services) -> None:
    item = sample.work.items(sample.work.batches()[0].batch_id)[0].item_id
    for path in ("9", "0.0.0", "-1", "٠", "x"):
        with pytest.raises(Missing):
            sample.evidence.view(f"{item}.{path}")


def test_coverage_names_what_nobody_proves_first(sample: Services) -> None:
    job = sample.jobs.sample_id()
    assert job is not None
    coverage = sample.candidates.coverage(job)
    met = [row.states["met"] for row in coverage.requirements]
    assert met == sorted(met)
    assert all(sum(row.states.values()) == coverage.people == 15 for row in coverage.requirements)
    assert {"ESCO", "O*NET"} == {row.label for row in coverage.frameworks}


def test_adding_the_unknown_issuer_changes_the_cell(loaded: Services) -> None:
    [batch] = (row.batch_id for row in loaded.work.batches())
    [unknown] = loaded.issuers.unlisted()
    assert (unknown.claimed, unknown.credentials, unknown.people) == ("Quickstart Bootcamp", 1, 1)
    assert unknown.sample
    entry = IssuerRow(issuer_id=unknown.issuer_id, name="Quickstart", decision="accept", sample=True)
    assert loaded.issuers.put(entry, reason="visited them", approver="hr@employer.example") == 1
    assert loaded.work.wait(batch, 60).counts.issuer_unknown == 0
    greta = next(row for row in loaded.candidates.rows() if row.name == "Greta Fiktiv")
    assert greta.changed
    assert greta.required_met > 0
    [card] = loaded.candidates.detail(greta.applicant_id).credentials
    assert (card.mark, card.issuer_listed, card.changed_from) == (
        Mark.VERIFIED, "Quickstart", "indeterminate",
    )  # fmt: skip
    history = loaded.evidence.view(card.cred).history
    assert [row.code for row in history] == ["verified", "issuer_unknown"]
    earlier = loaded.evidence.view(card.cred, report_id=history[1].report_id)
    assert next(check for check in earlier.checks if check.check == "trust").outcome == "indeterminate"


def test_a_sample_issuer_is_not_believed_for_hiring(loaded: Services) -> None:
    assert json.loads(loaded.issuers.file().data)["issuers"] == []
    assert all(row.sample for row in loaded.issuers.rows())


def test_resetting_the_sample_leaves_nothing_of_the_old_one(loaded: Services) -> None:
    [first] = (row.batch_id for row in loaded.work.batches())
    before = {row.applicant_id for row in loaded.candidates.rows()}
    second = loaded.intake.reset_sample()
    assert loaded.work.wait(second, 60).counts.done == loaded.work.progress(second).counts.received
    after = {row.applicant_id for row in loaded.candidates.rows()}
    assert (len(after), before & after) == (15, set())
    with pytest.raises(Missing):
        loaded.work.progress(first)
    assert loaded.activity.verify().intact


def test_a_claim_that_another_version_kept_proves_nothing_until_a_recheck(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    services = with_sample(tmp_path)
    batch = services.work.batches()[0].batch_id
    with closing(sqlite3.connect(tmp_path / "skillproof.db")) as connection:
        connection.execute("UPDATE claims SET body = '{}'")
        connection.commit()
    ada = services.candidates.rows()[0]
    assert {cell.state for cell in services.candidates.detail(ada.applicant_id).cells} == {"no_evidence"}
    assert "another version" in caplog.text
    services.work.recheck_applicant(ada.applicant_id)
    services.work.wait(batch, 60)
    assert services.candidates.rows()[0].required_met == 6
    services.close()


def test_what_is_decided_for_the_sample_does_not_count_in_hiring(loaded: Services) -> None:
    [batch] = (row.batch_id for row in loaded.work.batches())
    [unknown] = loaded.issuers.unlisted()
    entry = IssuerRow(
        issuer_id=unknown.issuer_id, name="Quickstart", decision="accept", sample=unknown.sample
    )
    loaded.issuers.put(entry, reason="visited them", approver="hr@employer.example")
    loaded.work.wait(batch, 60)
    assert loaded.issuers.unlisted() == ()
    badge = (ROOT / "sample_data" / "applicants" / "greta-fiktiv" / "bootcamp.json").read_bytes()
    received = loaded.intake.receive([Incoming(data=badge, filename="bootcamp.json")])
    loaded.work.wait(received, 60)
    [waiting] = loaded.issuers.unlisted()
    assert (waiting.issuer_id, waiting.people, waiting.sample) == (unknown.issuer_id, 1, False)


def test_what_nothing_proves_is_no_yes_to_whose_it_is_and_who_signed_it(sample: Services) -> None:
    rows = {row.name: row for row in sample.candidates.rows()}
    held = sample.candidates.detail(rows["Dmitri Sample"].applicant_id).credentials
    altered, genuine = sorted(held, key=lambda card: card.proved)
    assert (altered.proved, altered.theirs.outcome, genuine.theirs.outcome) == (False, "unproved", "passed")
    said = {check.check: check.outcome for check in sample.evidence.view(altered.cred).checks}
    assert (said["structure"], said["proof"], said["issuer"]) == ("passed", "failed", "unproved")
    assert "passed" not in {said[check] for check in ("validity", "trust", "binding")}
    assert {check.outcome for check in sample.evidence.view(genuine.cred).checks} == {"passed"}
