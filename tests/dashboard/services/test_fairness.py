"""Group data is laid beside the decisions for one look, and nothing of it stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.services import DecisionWord, Incoming, Missing, Services
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import verifying


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Services]:
    with closing(Services.open(blank_home(tmp_path), verifying=verifying())) as opened:
        yield opened


def people(desk: Services, count: int) -> tuple[str, list[str]]:
    """A job with so many people, the first half on the shortlist: its id, their pseudonyms."""
    job = desk.jobs.create("Analyst")
    for number in range(count):
        incoming = [Incoming(filename=f"{number}", data=f"ok {number}".encode())]
        desk.work.wait(desk.intake.receive(incoming, job_id=job))
    rows = desk.candidates.rows(job)
    for row in rows[: count // 2]:
        desk.candidates.decide(row.applicant_id, DecisionWord.SHORTLISTED, "fits")
    return job, [row.pseudonym for row in rows]


def test_rates_ratio_and_test_are_shown_with_a_warning_for_small_groups(desk: Services) -> None:
    job, names = people(desk, 8)
    groups = ["red", "red", "red", "blue", "red", "blue", "blue", ""]
    table = "person,group\n" + "".join(f"{n},{g}\n" for n, g in zip(names, groups, strict=True))
    panel = desk.candidates.impact(job, (table + "Nobody,red\n").encode("utf-8-sig"))
    blue, red = panel.groups
    assert (blue.group, blue.people, blue.selected) == ("blue", 3, 1)
    assert (red.rate, red.impact_ratio, red.p_value) == (0.75, 1.0, None)
    assert blue.impact_ratio == pytest.approx(4 / 9)
    assert blue.p_value is not None
    assert blue.below_four_fifths
    assert panel.small
    assert (panel.unknown, panel.unmatched) == (1, 1)
    desk.close()


def test_nothing_of_the_table_stays(desk: Services, tmp_path: Path) -> None:
    job, [name, *_] = people(desk, 2)
    desk.candidates.impact(job, f"person,group\n{name},canary-group\n".encode())
    [line] = desk.activity.rows(action="impact.looked_at")
    assert (line.subject, line.detail) == (job, {"step": "shortlisted"})
    desk.close()
    with closing(sqlite3.connect(tmp_path / "skillproof.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"canary-group" not in (tmp_path / "skillproof.db").read_bytes()


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"person\nx\n",
        b"name;region\nx;y\n",
        b"\xff",
        b"x" * 6_000_000,
        b'person,group\n"' + b"a" * 200_000,
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(desk: Services, table: bytes) -> None:
    job = desk.jobs.create("Analyst")
    with pytest.raises(ValueError, match=r"^The table .*\."):
        desk.candidates.impact(job, table)
    desk.close()


def test_two_groups_for_one_person_are_refused(desk: Services) -> None:
    job, [name, *_] = people(desk, 2)
    with pytest.raises(ValueError, match="two groups"):
        desk.candidates.impact(job, f"person,group\n{name},a\n{name.lower()},b\n".encode())
    desk.close()


def test_an_unknown_step_or_job_is_named(desk: Services) -> None:
    job = desk.jobs.create("Analyst")
    with pytest.raises(ValueError, match="no step"):
        desk.candidates.impact(job, b"person,group\n", step="hired")
    with pytest.raises(Missing):
        desk.candidates.impact("gone", b"person,group\n")
    desk.close()


def test_the_audit_has_every_step_and_runs_nothing(desk: Services) -> None:
    job, names = people(desk, 4)
    table = desk.exports.groups_template(job).data.decode("utf-8-sig")
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == names
    filled = "person,group\n" + "".join(f"{name},=1+1\n" for name in names)
    audit = desk.exports.impact_csv(job, filled.encode()).data.decode()
    assert {line.split(",")[0] for line in audit.splitlines()[1:]} == {
        "shortlisted",
        "not_declined",
        "all_required_met",
    }
    assert ",'=1+1," in audit
    desk.close()
