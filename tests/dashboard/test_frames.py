"""Frames: one row a line of the screen, no name where none is asked for, no fact that nothing proves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import frames
from dashboard.services import Mark, Services


@pytest.fixture
def job(sample: Services) -> str:
    """The sample's job."""
    found = sample.jobs.sample_id()
    assert found is not None
    return found


def test_the_grid_has_a_row_a_person_and_a_column_a_mark(sample: Services, job: str) -> None:
    table = frames.candidates(sample.candidates.rows(job), names=False)
    assert len(table) == 15
    assert table[[mark.value for mark in Mark]].to_numpy().sum() == 27
    assert table["person"].str.startswith("Candidate ").all()
    assert "Ada Example" in set(frames.candidates(sample.candidates.rows(job), names=True)["person"])
    assert str(table["oldest_check"].dtype).endswith("UTC]")


def test_an_empty_grid_keeps_its_columns() -> None:
    table = frames.candidates((), names=True)
    assert len(table) == 0
    assert {"person", "required_met", "oldest_check"} <= set(table.columns)


def test_people_of_one_name_are_told_apart(sample: Services) -> None:
    compared = sample.candidates.compare([row.applicant_id for row in sample.candidates.rows()][:2])
    twins = replace(compared, people=tuple(replace(row, name="Ada") for row in compared.people))
    heads = list(frames.comparison(twins, names=True).columns[2:])
    assert heads == [f"Ada ({row.pseudonym})" for row in twins.people]


def test_differences_only_leaves_out_what_is_equal(sample: Services) -> None:
    people = [row.applicant_id for row in sample.candidates.rows()][:2]
    compared = sample.candidates.compare(people)
    every = frames.comparison(compared, names=False)
    some = frames.comparison(compared, names=False, differences=True)
    assert 0 < len(some) < len(every)


def test_coverage_and_log_are_rows(sample: Services, job: str) -> None:
    coverage = sample.candidates.coverage(job)
    assert frames.coverage(coverage).iloc[:, 2:].sum(axis=1).eq(15).all()
    log = frames.activity(sample.activity.rows())
    assert log["seq"].is_monotonic_decreasing
