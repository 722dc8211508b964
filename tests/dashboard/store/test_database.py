"""What the database promises: durable, whole, patient, and refused when damaged."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from dashboard.store import Database, StoreDamaged, StoreUnavailable
from dashboard.store.tables import Item, Vacancy


def vacancy(at: datetime, name: str = "v1") -> Vacancy:
    return Vacancy(id=name, title="Analyst", version=1, created_at=at, updated_at=at)


def pragma(database: Database, name: str) -> object:
    with database.engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def test_commits_are_durable_and_keys_are_enforced(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL is durable by default")
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2  # FULL
    assert pragma(database, "foreign_keys") == 1
    assert pragma(database, "busy_timeout") == 5_000


def test_times_come_back_as_utc(database: Database, noon: datetime) -> None:
    with database.write() as session:
        session.add(vacancy(noon.astimezone(timezone(timedelta(hours=2)))))
    with database.read() as session:
        read = session.scalars(select(Vacancy)).one()
    assert (read.created_at, read.created_at.tzinfo) == (noon, UTC)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="zone"), database.write() as session:
        session.add(vacancy(datetime(2026, 9, 1)))  # naive on purpose


def test_what_fails_leaves_nothing_behind(database: Database, noon: datetime) -> None:
    def fail() -> None:
        with database.write() as session:
            session.add(vacancy(noon))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as session:
        assert session.scalars(select(Vacancy)).all() == []


def test_an_item_without_a_batch_cannot_be_written(database: Database, noon: datetime) -> None:
    orphan = Item(
        id="i", batch_id="none", applicant_id="none", position=0, filename="f", kind="file",
        sha256="0" * 64, queued_at=noon,
    )  # fmt: skip
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(orphan)


def test_writers_wait_for_each_other(database: Database, noon: datetime) -> None:
    def write(number: int) -> None:
        with database.write() as session:
            count = len(session.scalars(select(Vacancy)).all())  # reads first: would deadlock if deferred
            session.add(vacancy(noon, f"v{number}-{count}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        names = session.scalars(select(Vacancy.id)).all()
    assert sorted(int(name.partition("-")[2]) for name in names) == list(range(12))


def test_a_damaged_store_is_refused(tmp_path: Path, noon: datetime) -> None:
    path = tmp_path / "store.db"
    database = Database(f"sqlite:///{path}")
    database.open()
    with database.write() as session:
        session.add_all(vacancy(noon, f"v{number}") for number in range(500))
    database.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * (4096 * 6)
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Database(f"sqlite:///{path}").open()


def test_something_else_in_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(StoreDamaged):
        Database(f"sqlite:///{path}").open()


def test_a_locked_store_is_unavailable_not_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    first = Database(f"sqlite:///{path}")
    first.open()
    first.close()
    monkeypatch.setattr("dashboard.store.database.PRAGMAS", ("PRAGMA busy_timeout = 20",))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        locked = Database(f"sqlite:///{path}")
        with pytest.raises(StoreUnavailable), locked.write() as session:
            session.scalars(select(Vacancy)).all()
        locked.close()
        other.execute("ROLLBACK")


def test_the_store_of_a_later_version_is_refused(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreDamaged, match="later version"):
        database.open()


def test_a_fault_is_told_without_the_statement(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.execute(text("SELECT 'Canary' FROM nowhere"))

    with pytest.raises(Exception, match=r"\w+") as caught:
        fail()
    if database.is_sqlite:
        assert isinstance(caught.value, StoreUnavailable)
        assert "Canary" not in repr(caught.value)
