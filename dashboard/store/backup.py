"""Copies of the one-machine store: made while it is in use, judged before they are put back."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from dashboard.store.database import Database
from dashboard.store.home import Lock


class BackupRefused(RuntimeError):
    """The copy was not made, or not put back; the store is as it was."""


def back_up(database: Database, target: Path) -> None:
    """Write a whole copy to `target` while the store stays in use. Raises `BackupRefused`."""
    source = file_of(database)
    if target.exists():
        raise BackupRefused(f"{target} is there already and is not overwritten")
    if not source.exists():
        raise BackupRefused(f"there is no store at {source}")
    draft = target.with_name(target.name + ".part")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)  # as private as the store
    os.close(descriptor)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(draft)) as copy:
        origin.backup(copy)
    _require_whole(draft)
    draft.replace(target)


def restore(database: Database, source: Path, now: datetime) -> Path | None:
    """Put the copy in `source` in the store's place: where the replaced store now lies, if there was one.

    Raises `BackupRefused` when the copy is not whole or somebody works on the store.
    """
    if not source.is_file():
        raise BackupRefused(f"{source} is not there")
    _require_whole(source)
    target = file_of(database)
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = Lock(target.parent)
    if not lock.take():
        raise BackupRefused("Skillproof is running: stop it first")
    try:
        return _replace(database, source, target, now)
    finally:
        lock.release()


def file_of(database: Database) -> Path:
    """The file of a one-machine store; `BackupRefused` for a server's database."""
    name = database.url.database
    if not database.is_sqlite or not name or name == ":memory:":
        raise BackupRefused("this store is a server's database: use its own tools, e.g. pg_dump")
    return Path(name)


def _replace(database: Database, source: Path, target: Path, now: datetime) -> Path | None:
    database.close()
    aside: Path | None = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%S}")
        with closing(sqlite3.connect(target)) as origin, closing(sqlite3.connect(aside)) as copy:
            origin.backup(copy)  # with what still stands in the write-ahead log
    draft = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(draft)) as copy:
        origin.backup(copy)
    if sys.platform != "win32":
        draft.chmod(0o600)
    for left in ("-wal", "-shm"):  # of the replaced store: they do not belong to the copy
        target.with_name(target.name + left).unlink(missing_ok=True)
    draft.replace(target)
    return aside


def _require_whole(path: Path) -> None:
    copy = Database(f"sqlite:///{path}")
    try:
        problems = copy.integrity()
        if problems:
            raise BackupRefused(f"{path} is not whole: {problems[0]}")
        if not copy.revision():
            raise BackupRefused(f"{path} is not a copy of this store")
    finally:
        copy.close()
