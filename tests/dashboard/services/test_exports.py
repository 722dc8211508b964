"""Downloads of the services: words, no names unless asked for, small counts hidden, each one logged."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services import Download, Given, Incoming, Missing, NoteRequired, RequirementRow, Services
from dashboard.services.exports import FEWEST_SHOWN, suppressed

NAMES = ("Ada", "Example", "applicants.example")


def rows_of(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(download.data.decode("utf-8-sig"), newline="")))


def text_of(download: Download) -> str:
    with zipfile.ZipFile(io.BytesIO(download.data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def job_of(services: Services) -> str:
    job = services.jobs.sample_id()
    assert job is not None
    return job


def people(services: Services) -> list[str]:
    return [row.applicant_id for row in services.candidates.rows(job_of(services))]


def test_the_grid_is_written_in_words_and_without_names(sample: Services) -> None:
    download = sample.exports.candidates_csv(job_of(sample))
    rows = rows_of(download)
    assert len(rows) == 15
    assert rows[0]["Required met"] == "6"
    assert rows[0]["Verified"] == "5"
    assert rows[0]["Decision"] == "Undecided"
    assert not any(name in download.data.decode() for name in NAMES)
    assert rows_of(sample.exports.candidates_csv(job_of(sample), names=True))[0]["Person"] == "Ada Example"


def test_a_workbook_of_one_person_holds_summary_requirements_credentials_and_checks(sample: Services) -> None:
    text = text_of(sample.exports.candidate_xlsx(people(sample)[0]))
    for word in ("Summary", "Requirements", "Credentials", "Checks", "Data analyst, version 1", "standard"):
        assert word in text
    assert "Ada Example" not in text


def test_every_table_says_when_it_was_checked_and_by_which_policy(sample: Services) -> None:
    one, two, *_ = people(sample)
    for download in (
        sample.exports.candidates_csv(job_of(sample)),
        sample.exports.candidate_csv(one),
        sample.exports.comparison_csv((one, two)),
        sample.exports.coverage_csv(job_of(sample)),
        sample.systems.greenhouse(job_of(sample)),
    ):
        for row in rows_of(download):
            assert "standard" in row.values()
            assert "2026-09-01T09:00:00Z" in row.values()


def test_the_policy_is_that_of_the_check_and_not_of_today(loaded: Services) -> None:
    core = loaded.exports._core
    loaded.exports._core = replace(core, settings=replace(core.settings, offline=True))
    one = loaded.candidates.rows()[0].applicant_id
    assert rows_of(loaded.exports.candidate_csv(one))[0]["Policy"] == "standard"
    assert "offline" not in text_of(loaded.exports.candidate_xlsx(one))


def test_what_nothing_proves_is_not_exported_as_a_fact(sample: Services) -> None:
    dmitri = next(row for row in sample.candidates.rows() if row.name == "Dmitri Sample")
    rows = rows_of(sample.exports.candidate_csv(dmitri.applicant_id))
    rejected = [row for row in rows if row["State"] == "Rejected evidence"]
    assert rejected
    for row in rejected:
        assert (row["Level held"], row["Evidence"], row["Reason"]) == ("", "", "invalid_signature")


def test_no_check_of_an_unproved_file_is_exported_as_a_yes(sample: Services) -> None:
    dmitri = next(row for row in sample.candidates.rows() if row.name == "Dmitri Sample")
    assert "the file says so, nothing proves it" in text_of(
        sample.exports.candidate_xlsx(dmitri.applicant_id)
    )


def test_a_comparison_has_a_column_for_each_person(sample: Services) -> None:
    rows = rows_of(sample.exports.comparison_csv(people(sample)[:3], names=True))
    assert rows[0] == {
        "Requirement": "SQL", "Must have": "yes",
        "Ada Example": "Met", "Bruno Muster": "Met", "Carla Beispiel": "No evidence",
        "Oldest check (UTC)": "2026-09-01T09:00:00Z", "Policy": "standard",
    }  # fmt: skip
    assert "Level short" in text_of(sample.exports.comparison_xlsx(people(sample)[:3]))


def test_the_workbook_of_a_comparison_holds_what_it_rests_on(sample: Services) -> None:
    text = text_of(sample.exports.comparison_xlsx(people(sample)[2:5]))
    for word in (
        "Comparison",
        "Requirements",
        "Credentials",
        "Checks",
        "signature_valid",
        "invalid_signature",
    ):
        assert word in text
    assert not any(name in text for name in ("Dmitri", "Northfield", "statistics-altered"))
    assert "Dmitri Sample" in text_of(sample.exports.comparison_xlsx(people(sample)[2:5], names=True))


def test_small_counts_are_hidden_in_coverage(sample: Services) -> None:
    for row in rows_of(sample.exports.coverage_csv(job_of(sample))):
        counts = list(row.values())[2:]
        assert not {"1", "2", "3", "4"} & set(counts)


@given(st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_a_hidden_count_cannot_be_told_from_the_total(counts: list[int]) -> None:
    words = suppressed(counts)
    hidden = [count for count, word in zip(counts, words, strict=True) if not word.isdigit()]
    assert all(int(word) == 0 or int(word) >= FEWEST_SHOWN for word in words if word.isdigit())
    alone = len([count for count in counts if count]) == 1
    assert len(hidden) != 1 or alone


def test_raw_files_come_with_their_checksums(sample: Services) -> None:
    download = sample.exports.raw_zip(people(sample)[0])
    with zipfile.ZipFile(io.BytesIO(download.data)) as archive:
        assert len(archive.namelist()) == 6
        assert archive.testzip() is None
    with pytest.raises(Missing):
        sample.exports.raw_zip("gone")


def test_every_export_is_logged(sample: Services) -> None:
    before = len(sample.activity.rows(action="export.made"))
    download = sample.exports.activity_csv()
    assert len(sample.activity.rows(action="export.made")) == before + 1
    assert download.filename.endswith("-activity.csv")
    assert sample.activity.verify().intact


def test_a_hostile_name_is_only_text_in_every_export(services: Services, tmp_path: Path) -> None:
    job = services.jobs.create("=cmd|calc")
    hostile = Given(name='=HYPERLINK("http://x.example")\u202e' + "x" * 400_000)
    for number in range(2):
        files = [Incoming(filename="=1+1.json", data=b"{}%d" % number)]
        services.work.wait(services.intake.receive(files, job_id=job, given=hostile))
    ids = [row.applicant_id for row in services.candidates.rows(job)]
    [person, _] = rows_of(services.exports.candidates_csv(job, names=True, reason="a test"))
    assert person["Person"].startswith("'=HYPERLINK")
    assert len(person["Person"]) < 400
    for download in (
        services.exports.candidates_xlsx(job, names=True, reason="a test"),
        services.exports.candidate_xlsx(ids[0], names=True, reason="a test"),
        services.exports.comparison_xlsx(ids, names=True, reason="a test"),
    ):
        text = text_of(download)
        assert "<f>" not in text
        assert "\u202e" not in text


def naming(services: Services, job: str, one: str) -> list[Callable[..., Download]]:
    """Everything that says who somebody is."""
    exports, systems = services.exports, services.systems
    return [
        partial(exports.candidates_csv, job, names=True, reason="a test"),
        partial(exports.candidates_xlsx, job, names=True, reason="a test"),
        partial(exports.candidate_csv, one, names=True, reason="a test"),
        partial(exports.candidate_xlsx, one, names=True, reason="a test"),
        partial(exports.comparison_csv, [one, "gone"], names=True, reason="a test"),
        partial(exports.comparison_xlsx, [one, "gone"], names=True, reason="a test"),
        partial(exports.raw_zip, one),
        partial(services.papers.report, one, names=True),
        partial(services.papers.copy, one),
        partial(services.receipts.hand_out_candidate, one, names=True),
        partial(systems.ler_rs, one),
        partial(systems.greenhouse, job),
        partial(systems.greenhouse_of, one),
        partial(systems.mapped, "Lever", job),
    ]


def test_names_of_real_people_leave_with_a_logged_reason_alone(services: Services) -> None:
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    files = [Incoming(filename="a.json", data=b"{}")]
    services.work.wait(services.intake.receive(files, job_id=job, given=Given(name="Real One")))
    [row] = services.candidates.rows(job)
    for make in naming(services, job, row.applicant_id):
        with pytest.raises(NoteRequired):
            make(reason=" ")
    assert services.activity.rows(action="export.made") == ()
    for make in naming(services, job, row.applicant_id):
        make(reason="invitation by mail")
    logged = services.activity.rows(action="name.exported")
    assert len(logged) == len(services.activity.rows(action="export.made")) == 14
    assert {line.detail["reason"] for line in logged} == {"invitation by mail"}
    assert {line.subject for line in logged} == {job, row.applicant_id}


def test_whoever_was_told_a_name_with_a_reason_needs_no_second_one(services: Services) -> None:
    batch = services.intake.receive([Incoming(filename="a", data=b"{}")], given=Given(name="Real One"))
    services.work.wait(batch)
    [row] = services.candidates.rows()
    services.candidates.reveal(row.applicant_id, "interview", actor="m1")
    assert b"Real One" in services.exports.candidates_csv(None, names=True, actor="m1").data
    with pytest.raises(NoteRequired):
        services.exports.candidates_csv(None, names=True, actor="m2")


def test_the_report_of_a_credential_is_logged_like_every_file(sample: Services) -> None:
    item = sample.candidates.detail(people(sample)[0]).credentials[0].item_id
    sample.evidence.report_json(item, actor="m1")
    line = sample.activity.rows(action="export.made")[0]
    assert (line.actor, line.subject, line.detail["file"]) == ("m1", item, "report.json")
