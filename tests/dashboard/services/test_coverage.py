"""The coverage counts in the database; what it counts is what the people show one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dashboard.services import Incoming, RequirementRow, Services
from tests.dashboard.services.making import AT, verifying


@pytest.fixture(params=[0, 7, 8, 90, 365, 366])
def aged(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Services, str, int]]:
    """One check of one person, so many days old."""
    days: int = request.param

    def now() -> datetime:
        return AT + timedelta(days=days, hours=23)

    services = Services.open(tmp_path, verifying=verifying(), now=now)
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    batch = services.intake.receive([Incoming(filename="a.json", data=b"a")], job_id=job)
    services.work.wait(batch)
    yield services, job, days
    services.close()


def test_an_age_falls_under_one_bound(aged: tuple[Services, str, int]) -> None:
    services, job, days = aged
    coverage = services.candidates.coverage(job)
    [row] = [row for row in coverage.ages if row.checks]
    bounds = {0: 7, 7: 7, 8: 30, 90: 90, 365: 365, 366: None}
    assert (row.at_most_days, row.checks, coverage.oldest_days) == (bounds[days], 1, days)


def test_people_are_counted_as_they_stand_one_by_one(sample: Services) -> None:
    job = sample.jobs.sample_id()
    assert job is not None
    people = [sample.candidates.detail(row.applicant_id) for row in sample.candidates.rows(job)]
    for row in sample.candidates.coverage(job).requirements:
        cells = [cell for one in people for cell in one.cells if cell.requirement == row.requirement]
        states = Counter(cell.state for cell in cells)
        assert {name: count for name, count in row.states.items() if count} == states
