"""The activity log shows every edit, deletion and insertion."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from sqlalchemy import text

from dashboard.store import Database, journal


def write(database: Database, noon: datetime, count: int) -> None:
    for number in range(count):
        with database.write() as session:
            journal.append(
                session, at=noon, actor="local", action="decision.made", subject=f"a{number}",
                detail={"decision": "shortlisted"},
            )  # fmt: skip


def walk(database: Database) -> journal.Chain:
    with database.read() as session:
        return journal.walk(session)


def test_an_untouched_log_is_whole(database: Database, noon: datetime) -> None:
    assert walk(database).broken_at is None
    write(database, noon, 5)
    assert (walk(database).length, walk(database).broken_at) == (5, None)


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE log SET actor = 'somebody' WHERE seq = 3", 3),
        ("""UPDATE log SET detail = '{"decision": "declined"}' WHERE seq = 2""", 2),
        ("UPDATE log SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", 1),
        ("DELETE FROM log WHERE seq = 2", 2),
        ("DELETE FROM log WHERE seq = 5", 5),
        ("DELETE FROM log", 1),
        ("INSERT INTO log SELECT 6, at, actor, action, subject, detail, digest FROM log WHERE seq = 5", 6),
    ],
)
def test_tampering_is_found_where_it_was_done(
    database: Database, noon: datetime, tampering: str, broken_at: int
) -> None:
    write(database, noon, 5)
    with database.write() as session:
        session.execute(text(tampering))
    assert walk(database).broken_at == broken_at


def test_a_line_that_was_not_committed_leaves_no_gap(database: Database, noon: datetime) -> None:
    write(database, noon, 2)

    def fail() -> None:
        with database.write() as session:
            journal.append(session, at=noon, actor="local", action="batch.received")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    write(database, noon, 1)
    assert (walk(database).length, walk(database).broken_at) == (3, None)


def test_many_writers_make_one_chain(database: Database, noon: datetime) -> None:
    threads = [threading.Thread(target=write, args=(database, noon, 5)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (walk(database).length, walk(database).broken_at) == (40, None)
