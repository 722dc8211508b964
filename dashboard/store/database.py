"""The database behind the store: how it is opened, brought up to date, and judged whole."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError
from sqlalchemy.orm import Session

from dashboard.store.blobs import VAULT, vault

BUSY_TIMEOUT_MS = 5_000  # a writer waits for another; longer than any transaction of ours
PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers never wait for the writer
    "PRAGMA synchronous = FULL",  # a committed verdict survives a power cut
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA secure_delete = ON",  # a deleted person's bytes do not stay in free pages
)
ONE_WRITER = 0x5B111  # our number among the locks of a PostgreSQL database
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreDamaged(RuntimeError):
    """The database fails its own integrity check. Nothing is written to it; restore a backup."""


class StoreOfLaterVersion(StoreDamaged):
    """A later version of Skillproof made the tables. They are whole; this version does not know them."""


class StoreUnavailable(RuntimeError):
    """The database is locked, full, read-only or unreachable. Nothing of the transaction was kept."""


class Database:
    """An engine with two kinds of transaction: `read()` and `write()`."""

    def __init__(self, url: str, *, key: str = "", info: Mapping[str, Any] | None = None) -> None:
        """`key` seals files; `info` is what every session of this database brings with it."""
        self._info = {**(info or {}), VAULT: vault(key)}
        self.url = _with_driver(make_url(url))
        self.engine = create_engine(self.url, future=True)
        # SQLite lets one write; its own waiting is a lottery that threads of one process need not play.
        self._turn: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()
        self._writes = self.engine.execution_options(writes=True)
        if self.is_sqlite:
            _prepare_sqlite(self.engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the one-machine database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one moment; what it changes is thrown away."""
        with _told_plainly(), Session(self.engine, expire_on_commit=False, info=dict(self._info)) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed whole at the end, or not at all; one at a time on every database.

        So counts, chains and "the same bytes once" need no locks of their own. Verification, which takes
        the time, is never inside one.
        """
        with (
            _told_plainly(),
            self._turn,
            Session(self._writes, expire_on_commit=False, info=dict(self._info)) as session,
            session.begin(),
        ):
            if not self.is_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_WRITER})
            yield session

    def open(self) -> None:
        """Refuse a damaged file, then bring the tables up to date.

        Raises `StoreDamaged`, `StoreOfLaterVersion`, `StoreUnavailable`.
        """
        problems = self.integrity()
        if problems:
            raise StoreDamaged("; ".join(problems[:3]))
        try:
            with _told_plainly(), self._turn, self._writes.begin() as connection:
                command.upgrade(_alembic(connection), "head")
        except CommandError as error:
            raise StoreOfLaterVersion("it was made by a later version of Skillproof") from error

    def is_there(self) -> bool:
        """Whether there is a database to look at; a server's is."""
        return not self.is_sqlite or Path(self.url.database or "").is_file()

    def integrity(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its file; empty: whole. Raises `StoreUnavailable`."""
        if not self.is_sqlite:
            return ()
        try:
            with _told_plainly(), self.engine.connect() as connection:
                found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(5)"))]
                broken = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)
        except StoreDamaged as error:
            return (str(error),)
        problems = [line for line in found if line != "ok"]
        return (*problems, *(f"a row of {row[0]} points at nothing" for row in broken))

    def revision(self) -> str:
        """The migration that the tables stand at; "" before the first."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Faults of the database under one name, without the statement: it may hold personal data."""
    try:
        yield
    except (OperationalError, InternalError) as error:
        raise StoreUnavailable(type(error.orig).__name__) from None
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise  # its other kinds are faults of ours
        raise StoreDamaged(str(error.orig)) from None  # SQLite: "malformed", "not a database"


def _with_driver(url: URL) -> URL:
    """PostgreSQL through psycopg 3, however its address begins."""
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late for a consistent read
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes the lock at once: a reader that becomes a writer is refused without waiting.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
