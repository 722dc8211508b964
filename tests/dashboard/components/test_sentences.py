"""The sentences that components make from values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard import grids
from dashboard.components import candidate_grid, matrix, requirements, results, sources
from dashboard.services import CandidateRow, Counts, DecisionWord, Mark, RegistryRow, Services


def row(**changes: object) -> CandidateRow:
    values: dict[str, object] = {
        "applicant_id": "1",
        "pseudonym": "Candidate 1",
        "name": "",
        "label": "",
        "job_id": None,
        "required_met": 0,
        "required_total": 0,
        "preferred_met": 0,
        "preferred_total": 0,
        "verified_skills": 0,
        "counts": Counts(),
        "oldest_check": None,
        "decision": DecisionWord.UNDECIDED,
        "changed": False,
        "sample": False,
        "line": "",
    }
    return CandidateRow(**{**values, **changes})  # type: ignore[arg-type]  # a row made of whatever the test names


def test_a_batch_in_one_sentence(sample: Services) -> None:
    progress = sample.work.batches()[0]
    assert results.finding(progress) == (
        "27 items received: 16 verified, 7 problem found, 3 could not check, 1 issuer not on your list"
    )


def test_a_candidate_in_one_sentence(sample: Services) -> None:
    person = sample.candidates.rows(sample.jobs.sample_id())[0]
    assert (
        requirements.headline(sample.candidates.detail(person.applicant_id).cells)
        == "6 of 6 required verified"
    )


def test_a_comparison_in_one_sentence(sample: Services) -> None:
    job = sample.jobs.sample_id()
    ids = [person.applicant_id for person in sample.candidates.rows(job)[:2]]
    assert "requirements proved by all of them" in matrix.finding(sample.candidates.compare(ids, job_id=job))


def test_the_grid_in_one_sentence() -> None:
    rows = [
        row(required_met=2, required_total=2),
        row(counts=Counts(problem=1)),
        row(counts=Counts(unreadable=1)),
    ]
    assert candidate_grid.summary(rows) == (
        "3 candidates · 1 proves everything required · 1 with a problem · 1 with open points"
    )


@pytest.mark.parametrize(
    ("only", "changes"),
    [
        ("all_met", {"required_met": 1, "required_total": 1}),
        ("some_open", {"counts": Counts(not_checked=1)}),
        ("problem", {"counts": Counts(problem=1)}),
        ("unlisted", {"counts": Counts(issuer_unknown=1)}),
        ("shortlisted", {"decision": DecisionWord.SHORTLISTED}),
        ("changed", {"changed": True}),
    ],
)
def test_a_filter_keeps_what_it_names_and_nothing_else(only: str, changes: dict[str, object]) -> None:
    assert grids.is_shown(row(**changes), only)
    assert not grids.is_shown(row(), only)


def test_a_job_without_requirements_is_met_by_nobody() -> None:
    assert not grids.is_shown(row(), "all_met")
    assert grids.of_total(0, 0) == "–"


def test_the_verdict_mix_leaves_out_what_is_not_there() -> None:
    assert grids.verdict_mix(Counts(verified=3, problem=1)) == "✓ 3  ✗ 1"
    assert set(Counts().by_mark()) == set(Mark)


@pytest.mark.parametrize(
    ("answer", "failure", "sentence"),
    [
        (None, None, "not asked yet"),
        (1, None, "answered 1 Sep 2026, 00:00 UTC"),
        (2, 1, "answered 2 Sep 2026, 00:00 UTC · did not answer 1 Sep 2026, 00:00 UTC"),
        (1, 2, "answered 1 Sep 2026, 00:00 UTC · ✗ at its last try: did not answer 2 Sep 2026, 00:00 UTC"),
        (None, 2, "never answered · ✗ at its last try: did not answer 2 Sep 2026, 00:00 UTC"),
    ],
)
def test_a_registry_says_how_fresh_it_is(answer: int | None, failure: int | None, sentence: str) -> None:
    times = [datetime(2026, 9, day, tzinfo=UTC) if day else None for day in (answer, failure)]
    registry = RegistryRow(name="A", url="https://a.example", last_answer=times[0], last_failure=times[1])
    assert sources.freshness(registry) == sentence
