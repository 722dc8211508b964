"""The report and the candidate's copy: what they say, whom they name, what goes with them."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from dashboard.exports.candidate_copy import _addresses
from dashboard.services import Download, Given, Incoming, Missing, RequirementRow, Services, Signer
from verifier import Uploaded, Verdict, verify

pytest.importorskip("typst", reason="typst is not installed: run the README's install line again")


def person(services: Services, name: str) -> str:
    return next(row.applicant_id for row in services.candidates.rows() if row.name == name)


def text_of(download: Download) -> str:
    pages = PdfReader(io.BytesIO(download.data)).pages
    return " ".join("".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def attached(download: Download) -> bytes:
    [receipt] = PdfReader(io.BytesIO(download.data)).attachments["receipt.json"]
    return bytes(receipt)


def test_the_report_says_what_is_proved_and_by_what(sample: Services) -> None:
    text = text_of(sample.papers.report(person(sample, "Dmitri Sample"), names=True))
    for said in (
        "Dmitri Sample · Data analyst, version 1",
        "Sample data, not for hiring",
        "1 of 6 required verified, 2 rejected evidence, 3 no evidence",
        "Is it genuine? ✓ 1 passed · ✗ 1 failed",
        "Rejected evidence",
        "Changed after it was signed",
        "invalid_signature",
        "Policy standard",
    ):
        assert said in text


def test_nothing_unproved_is_a_fact_in_it(sample: Services) -> None:
    text = text_of(sample.papers.report(person(sample, "Dmitri Sample"), names=True))
    assert "Nothing proves what this file says" in text
    assert "statistics-altered.json" in text
    altered, genuine = text.split("Credentials")[1].split("Working with SQL")
    assert "Is it theirs? – the file says so, nothing proves it" in altered
    assert altered.count("✓ passed") == 1  # it is well formed, and no more
    assert "Is it theirs? ✓ Theirs" in genuine


def test_without_names_the_report_names_nobody(sample: Services) -> None:
    for row in sample.candidates.rows()[2:5]:  # a problem, an open point, an issuer nobody listed
        download = sample.papers.report(row.applicant_id)
        text = text_of(download)
        assert row.pseudonym in text
        for word in (row.name, row.name.split()[0], "Northfield", "Musterstadt", "applicants.example"):
            assert word not in text
        assert b"northfield" not in attached(download)
        assert PdfReader(io.BytesIO(download.data)).metadata.author == "Skillproof"  # type: ignore[union-attr]


def test_the_copy_tells_the_candidate_what_would_help_and_who_was_asked(sample: Services) -> None:
    text = text_of(sample.papers.copy(person(sample, "Dmitri Sample")))
    for said in (
        "Dmitri Sample",
        "You have the right to comment",
        "no score and no outcome is computed",
        "You can help",
        "Could you send the file again exactly as the issuer gave it to you",
        "https://northfield-college.example/",
    ):
        assert said in text


def test_nobody_was_asked_by_a_check_without_a_network(sample: Services) -> None:
    known = sample.papers._known(person(sample, "Dmitri Sample"), names=True)
    views = {cred: replace(view, policy="offline") for cred, view in known.views.items()}
    assert any(view.consulted for view in views.values())
    said = str(list(_addresses(replace(known, views=views))))
    assert "nobody was asked about that" in said
    assert "https://" not in said


def test_the_copy_holds_no_decision_and_no_note(services: Services) -> None:
    services.work.wait(
        services.intake.receive([Incoming(filename="a.txt", data=b"no")], given=Given(name="Zoë")), 30
    )
    one = services.candidates.rows()[0].applicant_id
    services.candidates.decide(one, services.candidates.rows()[0].decision.DECLINED, "not a team player")
    text = text_of(services.papers.copy(one, reason="a test"))
    assert "Files that could not be read" in text
    assert not any(word in text for word in ("team player", "eclined"))


@pytest.mark.parametrize("kind", ["report", "copy"])
def test_the_attached_receipt_is_the_one_that_is_named(sample: Services, kind: str) -> None:
    one = person(sample, "Ada Example")
    download = sample.papers.report(one, names=True) if kind == "report" else sample.papers.copy(one)
    checked = sample.receipts.check(attached(download))
    assert checked.signer is Signer.OWN
    assert checked.receipt_id in text_of(download)
    assert "This paper itself is not signed" in text_of(download)
    assert len(checked.lines) == 5
    line = sample.activity.rows(action="export.made")[0]
    assert (line.subject, line.detail["receipt"]) == (one, checked.receipt_id)


def test_handed_in_as_an_application_it_proves_nothing(sample: Services) -> None:
    download = sample.papers.copy(person(sample, "Ada Example"))
    report = verify(Uploaded(download.data, "diploma.pdf"))
    assert report.verdict is not Verdict.VERIFIED
    assert {inner.verdict for inner in report.contained} <= {Verdict.UNREADABLE, Verdict.INDETERMINATE}
    assert "other_document" in {inner.code for inner in report.contained}


def test_hostile_texts_are_only_text(services: Services) -> None:
    hostile = '#panic("x") *b* \u202e<b>' + "x" * 400_000
    job = services.jobs.create(hostile, [RequirementRow(skill_name=hostile)])
    files = [Incoming(filename=f"{hostile[:200]}.json", data=b"{}")]
    services.work.wait(services.intake.receive(files, job_id=job, given=Given(name=hostile)), 30)
    one = services.candidates.rows(job)[0].applicant_id
    papers, why = services.papers, "a test"
    for download in (papers.report(one, names=True, reason=why), papers.copy(one, reason=why)):
        assert '#panic("x") *b* <b>' in text_of(download)


def test_nobody_has_no_paper(sample: Services) -> None:
    with pytest.raises(Missing):
        sample.papers.report("gone")
    with pytest.raises(Missing):
        sample.papers.copy("gone")
