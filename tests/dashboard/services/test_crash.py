"""kill -9 at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
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


def run_until_killed(home: Path, seconds: float, *arguments: str) -> str:
    """Let a process work for a while after its first line, then kill it: that line."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(HERE / "crashing.py"), str(home), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)  # noqa: S603
    with process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    return line


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
    moments = random.Random(20260901)  # noqa: S311 # moments to kill at, the same every time
    batch_id = run_until_killed(tmp_path, 0.05, str(FILES))
    assert 0 < assert_nothing_lost_nothing_doubled(tmp_path, batch_id) < FILES  # in the middle of it
    for _ in range(3):
        run_until_killed(tmp_path, moments.uniform(0.0, 0.25))
        assert_nothing_lost_nothing_doubled(tmp_path, batch_id)
    services = Services.open(tmp_path, verifying=verifying())
    try:
        progress = services.work.wait(batch_id, 30)
    finally:
        services.close()
    assert progress.state is BatchState.FINISHED
    assert (progress.counts.verified, progress.counts.received) == (FILES, FILES)
    assert_nothing_lost_nothing_doubled(tmp_path, batch_id)
