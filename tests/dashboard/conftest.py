"""An open store in a folder of its own, and a verification that needs no cryptography."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.services import Services
from dashboard.store import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with its tables, and nobody working on it."""
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Services over an empty store."""
    opened = Services.open(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services with the sample verified: for tests that only look."""
    opened = Services.open(tmp_path_factory.mktemp("sample"))
    opened.work.wait(opened.intake.load_sample(), 60)
    yield opened
    opened.close()


@pytest.fixture
def noon() -> datetime:
    """A time for rows."""
    return datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
