"""Cancel, resume, re-check, and what happens when a verification fails on us."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.services import (
    BatchState,
    Given,
    Incoming,
    IssuerRow,
    Mark,
    Missing,
    Services,
    StoreUnavailable,
)
from dashboard.store import Database
from dashboard.store.filing import file_verdict
from dashboard.store.queue import LEASE, MAX_ATTEMPTS, lease
from dashboard.store.tables import ApplicantRecord, Batch, Item
from tests.dashboard.services.making import made, slowly, verifying
from verifier import Report


@pytest.fixture
def opened() -> Iterator[list[Services]]:
    """Services to close at the end."""
    all_opened: list[Services] = []
    yield all_opened
    for one in all_opened:
        one.close()


def files(count: int) -> list[Incoming]:
    return [Incoming(filename=f"{number}.json", data=f"{number}".encode()) for number in range(count)]


def test_cancel_keeps_what_is_done_and_resume_does_the_rest(tmp_path: Path, opened: list[Services]) -> None:
    desk = Services.open(tmp_path, verifying=verifying(slowly(0.02)))
    opened.append(desk)
    batch = desk.intake.receive(files(60))
    desk.work.cancel(batch)
    stopped = desk.work.wait(batch)
    assert stopped.state is BatchState.CANCELLED
    assert 0 < stopped.counts.pending < 60 or stopped.counts.pending == 60
    assert stopped.counts.received == 60
    desk.work.resume(batch)
    finished = desk.work.wait(batch)
    assert (finished.state, finished.counts.verified) == (BatchState.FINISHED, 60)


def test_progress_survives_another_process_opening_the_store(tmp_path: Path, opened: list[Services]) -> None:
    first = Services.open(tmp_path, verifying=verifying(slowly(0.02)))
    opened.append(first)
    batch = first.intake.receive(files(20))
    second = Services.open(tmp_path, verifying=verifying(slowly(0.02)))
    opened.append(second)
    assert second.work.wait(batch).counts.verified == 20
    assert len(first.work.items(batch)) == 20


def test_a_fault_of_ours_blames_nobody_and_the_others_go_on(
    tmp_path: Path, opened: list[Services], caplog: pytest.LogCaptureFixture
) -> None:
    def failing(source: Any, **given: Any) -> Report:
        if source.data == b"1":
            raise RuntimeError("secret content of the file")
        return made(source, **given)

    desk = Services.open(tmp_path, verifying=verifying(failing))
    opened.append(desk)
    with caplog.at_level(logging.DEBUG):
        batch = desk.intake.receive(files(3), given=Given(name="Ada Canary"))
        progress = desk.work.wait(batch)
    assert (progress.counts.verified, progress.counts.not_checked) == (2, 1)
    [row] = desk.work.items(batch, mark=Mark.NOT_CHECKED)
    assert row.code == "internal_error"
    assert desk.evidence.view(row.item_id).card.code == "internal_error"
    logged = caplog.text
    assert row.item_id in logged
    assert "secret" not in logged
    assert "Canary" not in logged


def test_a_recheck_adds_a_verdict_and_takes_none_away(tmp_path: Path, opened: list[Services]) -> None:
    answers = iter([b"far", b"ok ", b"bad"])

    def changing(source: Any, **given: Any) -> Report:
        return made(type(source)(next(answers), source.filename), **given)

    desk = Services.open(tmp_path, verifying=verifying(changing))
    opened.append(desk)
    batch = desk.intake.receive(files(1))
    desk.work.wait(batch)
    [row] = desk.work.items(batch)
    for _ in range(2):
        desk.work.recheck([row.item_id])
        desk.work.wait(batch)
    view = desk.evidence.view(row.item_id)
    assert [one.code for one in view.history] == ["invalid_signature", "verified", "status_unreachable"]
    assert view.card.changed_from == "verified"
    assert desk.candidates.rows()[0].changed


def test_without_raw_files_a_recheck_says_why_it_cannot_be(
    tmp_path: Path, opened: list[Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLPROOF_KEEP_RAW", "0")
    desk = Services.open(tmp_path, verifying=verifying())
    opened.append(desk)
    batch = desk.intake.receive(files(1))
    desk.work.wait(batch)
    [row] = desk.work.items(batch)
    with pytest.raises(Missing):
        desk.evidence.raw(row.item_id)
    desk.work.recheck([row.item_id])
    desk.work.wait(batch)
    assert desk.work.items(batch)[0].code == "raw_not_kept"


def one_item(database: Database, noon: datetime) -> None:
    with database.write() as session:
        session.add(ApplicantRecord(id="a", pseudonym="Candidate A", created_at=noon))
        session.add(Batch(id="b", actor="local", created_at=noon))
        session.flush()
        session.add(
            Item(
                id="i",
                batch_id="b",
                applicant_id="a",
                position=0,
                filename="f",
                kind="file",
                sha256="0" * 64,
                queued_at=noon,
            )
        )


def test_an_item_is_held_by_one_until_the_lease_runs_out(database: Database, noon: datetime) -> None:
    one_item(database, noon)
    with database.write() as session:
        assert lease(session, "first", noon)
    with database.write() as session:
        assert lease(session, "second", noon + LEASE) is None
    with database.write() as session:
        taken = lease(session, "second", noon + LEASE + timedelta(seconds=1))
    assert taken is not None
    assert taken.attempts == 2


def test_a_verdict_of_a_lost_lease_is_not_filed(database: Database, noon: datetime) -> None:
    one_item(database, noon)
    result = verifying()
    with database.write() as session:
        late = lease(session, "late", noon)
    with database.write() as session:
        current = lease(session, "current", noon + LEASE * 2)
    assert late is not None
    assert current is not None
    verdict = result.run(current, b'{"version": 1, "name": "n", "issuers": []}')
    with database.write() as session:
        assert file_verdict(session, late, verdict, noon) is None
    with database.write() as session:
        assert file_verdict(session, current, verdict, noon) is not None
    with database.write() as session:
        assert file_verdict(session, current, verdict, noon) is None


def test_an_item_that_kills_its_worker_again_and_again_is_given_up(
    database: Database, noon: datetime
) -> None:
    one_item(database, noon)
    now = noon
    for _ in range(MAX_ATTEMPTS):
        with database.write() as session:
            assert lease(session, "dies", now)
        now += LEASE * 2
    with database.write() as session:
        last = lease(session, "lives", now)
    assert last is not None
    called: list[Any] = []

    def watched(source: Any, **_: Any) -> Report:
        called.append(source)
        return made(source)

    assert verifying(watched).run(last, b'{"issuers": []}').code == "worker_lost"
    assert called == []


def test_an_item_whose_verdict_could_not_be_filed_is_taken_again(database: Database, noon: datetime) -> None:
    one_item(database, noon)
    with database.write() as session:
        assert lease(session, "owner", noon)
    with database.write() as session:
        again = lease(session, "owner", noon)  # its own lease has not run out
    assert again is not None
    assert again.attempts == 2


def test_a_store_that_cannot_be_written_says_so_and_work_goes_on_afterwards(
    tmp_path: Path, opened: list[Services], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "dashboard.store.database.PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 50")
    )
    desk = Services.open(tmp_path, verifying=verifying(slowly(0.02)))
    opened.append(desk)
    batch = desk.intake.receive(files(8), given=Given(name="Ada Canary"))
    with closing(sqlite3.connect(tmp_path / "skillproof.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            desk.intake.receive(files(1))
        other.execute("ROLLBACK")
    assert desk.work.wait(batch).counts.verified == 8
    assert len(desk.work.batches()) == 1
    assert "Canary" not in caplog.text


def test_a_bug_of_ours_in_a_worker_does_not_end_it(
    tmp_path: Path, opened: list[Services], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = iter([True])

    def failing(*arguments: Any) -> object:
        if next(failures, False):
            raise ZeroDivisionError("secret content of the file")
        return file_verdict(*arguments)

    monkeypatch.setattr("dashboard.services.workers.IDLE", 0.01)
    monkeypatch.setattr("dashboard.services.workers.file_verdict", failing)
    monkeypatch.setenv("SKILLPROOF_WORKERS", "1")
    desk = Services.open(tmp_path, verifying=verifying())
    opened.append(desk)
    assert desk.work.wait(desk.intake.receive(files(3))).counts.verified == 3
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text


class Held:
    """A verification that waits in its first call, and remembers what each was made against."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.against: list[tuple[Any, Any]] = []

    def __call__(self, source: Any, *, trust: Any, applicant: Any, **given: Any) -> Report:
        self.against.append((trust[0], applicant))
        self.begun.set()
        assert self.go_on.wait(30)
        return made(source, **given)


def refuse(desk: Services) -> None:
    entry = IssuerRow(issuer_id="did:web:college.example", name="College", decision="refuse")
    desk.issuers.put(entry, reason="a forgery was found", approver="A. Approver")


def tell_who(desk: Services) -> None:
    [row] = desk.candidates.rows()
    desk.candidates.set_given(row.applicant_id, Given(emails=("ada@applicants.example",)))


@pytest.mark.parametrize("change", [refuse, tell_who])
def test_a_verdict_is_never_filed_against_what_changed_while_it_was_made(
    tmp_path: Path, opened: list[Services], change: Callable[[Services], None]
) -> None:
    held = Held()
    desk = Services.open(tmp_path, verifying=verifying(held))
    opened.append(desk)
    batch = desk.intake.receive(files(1))
    assert held.begun.wait(30)
    change(desk)
    held.go_on.set()
    assert desk.work.wait(batch).counts.verified == 1
    before, after = held.against
    assert before != after
    [item] = desk.work.items(batch)
    assert len(desk.evidence.view(item.item_id).history) == 1
