"""The coverage counts in the database; what it counts is what the people show one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.services import Incoming, RequirementRow, Services
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import AT, made, verifying
from verifier import Report, Uploaded
from verifier.model import Issuer


@pytest.fixture(params=[0, 7, 8, 90, 365, 366])
def aged(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Services, str, int]]:
    """One check of one person, so many days old."""
    days: int = request.param

    def now() -> datetime:
        return AT + timedelta(days=days, hours=23)

    services = Services.open(blank_home(tmp_path), verifying=verifying(), now=now)
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


def test_what_is_counted_by_issuer_is_all_that_was_handed_in(tmp_path: Path) -> None:
    """Sixty applicants who sign for themselves are sixty issuers; none may fall out of the sum."""

    def signed_by_themselves(source: Uploaded, **given: Any) -> Report:
        report = made(source, **given)
        assert report.credential is not None
        issuer = Issuer(id=f"did:example:{source.filename}")
        return replace(report, credential=replace(report.credential, issuer=issuer))

    services = Services.open(blank_home(tmp_path), verifying=verifying(signed_by_themselves))
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    files = [Incoming(filename=f"{number}.json", data=f"{number}".encode()) for number in range(60)]
    services.work.wait(services.intake.receive(files, job_id=job))
    coverage = services.candidates.coverage(job)
    services.close()
    assert len(coverage.issuers) == 60
    assert sum(row.total for row in coverage.issuers) == 60
