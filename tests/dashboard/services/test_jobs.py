"""Jobs keep every version, refuse what is half said, and lay everybody against what is saved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.services import Missing, RequirementRow, Services, jobs
from dashboard.services.workers import STALE_AT_ONCE, Workers

SQL = RequirementRow(skill_id="http://data.europa.eu/esco/skill/1", skill_name="SQL", framework="ESCO")
FRENCH = RequirementRow(skill_name="French", required=False, level_scheme="CEFR", level_value="B2")


def test_a_job_comes_back_as_it_was_saved(services: Services) -> None:
    job = services.jobs.create(" Analyst ", [SQL, FRENCH])
    detail = services.jobs.detail(job)
    assert (detail.title, detail.version) == ("Analyst", 1)
    assert detail.requirements == (
        replace(SQL, requirement_id="r1"), replace(FRENCH, requirement_id="r2"),
    )  # fmt: skip


def test_every_save_is_a_version_and_lines_keep_their_id(services: Services) -> None:
    job = services.jobs.create("Analyst", [SQL, FRENCH])
    first = services.jobs.detail(job).requirements
    assert services.jobs.save(job, [first[1], replace(SQL, skill_id="urn:skill:2")], note="no SQL") == 2
    detail = services.jobs.detail(job)
    assert [row.requirement_id for row in detail.requirements] == ["r2", "r3"]
    assert [(one.version, one.requirements) for one in detail.versions] == [(2, 2), (1, 2)]
    assert services.jobs.detail(job, version=1).requirements == first
    with pytest.raises(Missing):
        services.jobs.detail(job, version=9)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (RequirementRow(skill_name="  "), "skill_missing"),
        (RequirementRow(skill_name="x", skill_id="not an address"), "skill_id_invalid"),
        (RequirementRow(skill_name="x", level_scheme="EQF"), "level_incomplete"),
        (RequirementRow(skill_name="x", level_value="6"), "level_incomplete"),
        (RequirementRow(skill_name="x", max_age_days=0), "age_invalid"),
        (RequirementRow(skill_name="x", max_age_days=10**9), "age_invalid"),
        (RequirementRow(skill_name="x", issuer_tier="best"), "tier_invalid"),
        (RequirementRow(skill_name="sql"), "duplicate"),
    ],
)
def test_a_row_that_is_half_said_is_named_and_nothing_is_saved(
    services: Services, row: RequirementRow, code: str
) -> None:
    rows = [RequirementRow(skill_name="SQL"), row]
    assert services.jobs.problems(rows) == ((1, code),)
    with pytest.raises(ValueError, match=f"row 2: {code}"):
        services.jobs.create("Analyst", rows)
    assert services.jobs.rows() == ()


def test_a_job_file_is_read_as_it_was_written(services: Services) -> None:
    job = services.jobs.create("Analyst", [SQL, FRENCH])
    read = services.jobs.draft(services.jobs.file(job).data)
    assert (read.title, read.requirements) == ("Analyst", services.jobs.detail(job).requirements)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"version": 1}', b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_job_is_refused_in_a_sentence(services: Services, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^This file "):
        services.jobs.draft(data)


def test_what_a_screen_does_not_show_survives_a_save(loaded: Services) -> None:
    job = loaded.jobs.sample_id()
    assert job is not None
    before = loaded.jobs.file(job).data
    loaded.jobs.save(job, loaded.jobs.detail(job).requirements)
    after = loaded.jobs.file(job).data
    assert after.replace(b'"revision": 2', b'"revision": 1').count(b'"weight"') == before.count(b'"weight"')
    assert loaded.jobs.draft(after).requirements == loaded.jobs.draft(before).requirements
    assert loaded.candidates.rows(job)[0].required_met == 6


def test_a_new_version_is_laid_against_everybody(loaded: Services) -> None:
    job = loaded.jobs.sample_id()
    assert job is not None
    assert loaded.jobs.touches(job) == 15
    [sql] = [row for row in loaded.jobs.detail(job).requirements if row.skill_name == "SQL"]
    loaded.jobs.save(job, [sql])
    rows = loaded.candidates.rows(job)
    assert {row.required_total for row in rows} == {1}
    assert sum(row.required_met for row in rows) == 6
    assert STALE_AT_ONCE > 15  # the rest of a larger job follows in the background


def test_who_is_not_laid_against_a_new_version_yet_is_counted_apart(
    loaded: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "Nobody proves SQL" would be said of people who were not asked."""
    job = loaded.jobs.sample_id()
    assert job is not None
    monkeypatch.setattr(jobs, "RESTATED_AT_ONCE", 4)
    monkeypatch.setattr(Workers, "_lay_stale", lambda _self: 0)  # the rest stays as it is
    [sql] = [row for row in loaded.jobs.detail(job).requirements if row.skill_name == "SQL"]
    loaded.jobs.save(job, [sql])
    coverage = loaded.candidates.coverage(job)
    [line] = coverage.requirements
    assert (coverage.people, sum(line.states.values()), coverage.behind) == (15, 4, 11)
    assert loaded.candidates.behind(job) == loaded.candidates.behind() == 11


def test_a_job_with_people_is_not_deleted(loaded: Services) -> None:
    job = loaded.jobs.sample_id()
    assert job is not None
    with pytest.raises(ValueError, match="people"):
        loaded.jobs.delete(job)
    empty = loaded.jobs.create("Nobody")
    loaded.jobs.delete(empty)
    with pytest.raises(Missing):
        loaded.jobs.detail(empty)


def test_skills_are_suggested_from_what_is_known_by_identifier(services: Services) -> None:
    best = services.jobs.suggest("statistical analysis")[0]
    assert best.skill_name == "apply statistical analysis techniques"
    assert best.skill_id.startswith("http://data.europa.eu/esco/skill/")
    assert services.jobs.suggest("   ") == ()
    assert services.jobs.suggest("x" * 100_000) == ()


def test_a_version_says_what_it_changed(services: Services) -> None:
    job = services.jobs.create("Analyst", [SQL, FRENCH])
    sql, french = services.jobs.detail(job).requirements
    services.jobs.save(
        job, [replace(french, level_value="C1", must_hold=True), RequirementRow(skill_name="R")]
    )
    newest, first = services.jobs.detail(job).versions
    assert first.changes == ()
    assert [(one.kind, one.fields) for one in newest.changes] == [
        ("changed", ("level_value", "must_hold")),
        ("added", ()),
        ("removed", ()),
    ]
    assert newest.changes[2].before == sql


def test_saving_what_is_there_changes_nothing(services: Services) -> None:
    job = services.jobs.create("Analyst", [SQL, FRENCH])
    rows = services.jobs.detail(job).requirements
    assert services.jobs.changes(rows, rows) == ()


def test_a_job_offers_the_levels_of_its_own_scales_in_their_order(sample: Services) -> None:
    rows = sample.jobs.detail(sample.jobs.sample_id() or "").requirements
    offered = sample.jobs.levels(rows)
    rubric = [one for one in offered if one.scheme.startswith("rubric:")]
    assert [one.value.rpartition("#")[2] for one in rubric] == ["beginner", "capable", "proficient", "expert"]
    assert [one.label for one in rubric] == ["", "Capable", "", ""]
    assert [one.value for one in offered if one.scheme == "EQF"] == list("12345678")


def test_another_level_of_a_rubric_keeps_its_order_and_loses_the_old_name(loaded: Services) -> None:
    job = loaded.jobs.sample_id() or ""
    rows = list(loaded.jobs.detail(job).requirements)
    place = next(index for index, row in enumerate(rows) if row.level_label == "Capable")
    expert = loaded.jobs.levels(rows)[-1]
    rows[place] = replace(
        rows[place], level_value=expert.value, level_label=expert.label, level_order=expert.order
    )
    loaded.jobs.save(job, rows)
    kept = loaded.jobs.detail(job).requirements[place]
    assert (kept.level_value, kept.level_label) == (expert.value, "")
    assert kept.level_order == expert.order != ()
    assert loaded.candidates.rows(job)[0].required_met == 5  # Ada is proficient, not an expert


def test_only_the_issuers_that_a_line_names_count_for_it(loaded: Services) -> None:
    job = loaded.jobs.sample_id() or ""
    [sql] = [row for row in loaded.jobs.detail(job).requirements if row.skill_name == "SQL"]
    loaded.jobs.save(job, [replace(sql, issuers=("did:web:nobody.example",))])
    ada = loaded.candidates.rows(job)[0].applicant_id
    [cell] = loaded.candidates.detail(ada).cells
    assert (cell.state, cell.reason) == ("claimed", "issuer_not_accepted")
    loaded.jobs.save(job, [replace(sql, requirement_id=cell.requirement.requirement_id)])
    assert loaded.candidates.rows(job)[0].required_met == 1
    assert loaded.jobs.detail(job).requirements[0].issuers == ()
