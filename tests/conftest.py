"""What every test may lean on: a fixed clock, no network, and the shared cases where they are present."""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no failure: work is bounded by counters, and measured by benchmarks.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MAIN = sys.modules["__main__"]
TERM_START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk over thousands of tests again and again: they stay to the end."""
    gc.freeze()


@pytest.fixture
def now() -> datetime:
    """The clock of every test."""
    return TERM_START


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The corpora of real and hostile credentials."""
    folder = SHARED / "cases"
    if not folder.is_dir():
        pytest.skip("../shared/cases is not here")
    return folder


@pytest.fixture(scope="session")
def shared_frameworks() -> Path:
    """ESCO, O*NET, crosswalk, EQF and ELM data."""
    folder = SHARED / "frameworks"
    if not folder.is_dir():
        pytest.skip("../shared/frameworks is not here")
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for anything but this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test reached for the network: {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit puts its script in the place of `__main__`; a spawned process would begin by running that."""
    yield
    sys.modules["__main__"] = MAIN
