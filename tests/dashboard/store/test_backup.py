"""A copy of a store in use is whole, and only a whole copy is put back."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.store import Database
from dashboard.store.backup import BackupRefused, back_up, file_of, restore
from dashboard.store.home import Lock
from dashboard.store.tables import Vacancy


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A one-machine database: a server's has its own tools."""
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    opened.open()
    yield opened
    opened.close()


def add(database: Database, noon: datetime, name: str) -> None:
    with database.write() as session:
        session.add(Vacancy(id=name, title="Analyst", version=1, created_at=noon, updated_at=noon))


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.scalars(select(Vacancy.id)))


def test_a_restored_copy_is_what_was_backed_up(database: Database, tmp_path: Path, noon: datetime) -> None:
    add(database, noon, "before")
    back_up(database, tmp_path / "copy.db")
    add(database, noon, "after")
    aside = restore(database, tmp_path / "copy.db", noon)
    assert names(database) == ["before"]
    assert aside is not None
    replaced = Database(f"sqlite:///{aside}")
    assert names(replaced) == ["after", "before"]
    replaced.close()


def test_a_copy_made_while_others_write_is_whole(database: Database, tmp_path: Path, noon: datetime) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            add(database, noon, f"v{number:05}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(database, tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        copy = Database(f"sqlite:///{tmp_path / f'copy{number}.db'}")
        found = names(copy)
        assert copy.integrity() == ()
        assert found == [f"v{one:05}" for one in range(len(found))]
        copy.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
def test_a_copy_is_as_private_as_the_store(database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_nothing_is_overwritten_by_a_backup(database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"precious")
    with pytest.raises(BackupRefused, match="not overwritten"):
        back_up(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"precious"


@pytest.mark.parametrize("content", [b"", b"not a database" * 999, b"SQLite format 3\0" + b"\0" * 9_000])
def test_what_is_not_a_whole_copy_is_not_put_back(
    database: Database, tmp_path: Path, noon: datetime, content: bytes
) -> None:
    add(database, noon, "kept")
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(BackupRefused):
        restore(database, tmp_path / "copy.db", noon)
    with pytest.raises(BackupRefused):
        restore(database, tmp_path / "absent.db", noon)
    assert names(database) == ["kept"]


def test_a_store_in_use_is_not_replaced(database: Database, tmp_path: Path, noon: datetime) -> None:
    back_up(database, tmp_path / "copy.db")
    lock = Lock(tmp_path)
    assert lock.take()
    with pytest.raises(BackupRefused, match="running"):
        restore(database, tmp_path / "copy.db", noon)
    lock.release()


def test_a_server_database_is_left_to_its_own_tools() -> None:
    with pytest.raises(BackupRefused, match="pg_dump"):
        file_of(Database("sqlite://"))  # in memory: no file either
