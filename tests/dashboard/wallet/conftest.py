"""An employer whom a wallet can reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.services import exchanges
from tests.dashboard.wallet.asking import EMPLOYER, Employer


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches the checks of the demo here."""
    monkeypatch.setattr(exchanges, "PACE", 0.0)


@pytest.fixture
def employer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Employer]:
    """A store of its own, at a public address."""
    monkeypatch.setenv("SKILLPROOF_PUBLIC_URL", EMPLOYER + "/")
    opened = Employer(tmp_path / "home")
    yield opened
    opened.services.close()
