"""kill -9 at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard.services import BatchState, Services
from dashboard.store import Database, journal
from dashboard.store.tables import Item, ReportRecord
from tests.dashboard.services.making import verifying

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
FILES = 120


def run_until_killed(home: Path, begun: int, *arguments: str) -> str:
    """Let a process begin so many verifications, then kill it: the batch that it made, if it did."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(HERE / "crashing.py"), str(home), *arguments]
    batch_id = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        while begun > 0:
            line = process.stdout.readline()
            assert line, "the process ended by itself"
            begun -= line == "begun\n"
            batch_id = line.split()[1] if line.startswith("batch ") else batch_id
        process.send_signal(signal.SIGKILL)
    return batch_id


def assert_nothing_lost_nothing_doubled(home: Path, batch_id: str) -> int:
    """The number of items that are done."""
    database = Database(f"sqlite:///{home / 'skillproof.db'}")
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Item.batch_id == batch_id)) == FILES
        done = session.scalar(select(func.count()).where(Item.state == "done")) or 0
        assert session.scalar(select(func.count(ReportRecord.id))) == done
        assert session.scalar(select(func.count(ReportRecord.item_id.distinct()))) == done
        assert journal.walk(session).broken_at is None
    assert database.integrity() == ()
    database.close()
    return done


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_batch_that_is_killed_again_and_again_ends_whole(tmp_path: Path) -> None:
    batch_id = run_until_killed(tmp_path, 20, str(FILES))
    assert 0 < assert_nothing_lost_nothing_doubled(tmp_path, batch_id) < FILES  # in the middle of it
    for begun in (1, 17, 30):
        run_until_killed(tmp_path, begun)
        assert_nothing_lost_nothing_doubled(tmp_path, batch_id)
    services = Services.open(tmp_path, verifying=verifying())
    try:
        progress = services.work.wait(batch_id, 30)
    finally:
        services.close()
    assert progress.state is BatchState.FINISHED
    assert (progress.counts.verified, progress.counts.received) == (FILES, FILES)
    assert_nothing_lost_nothing_doubled(tmp_path, batch_id)
