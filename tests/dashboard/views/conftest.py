"""The app as AppTest runs it, over stores of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services
from tests.dashboard.finished import blank_home, with_sample

ROOT = Path(__file__).resolve().parent.parent.parent.parent
APP = str(ROOT / "dashboard" / "app.py")
PATIENCE = 60  # seconds for one run on a busy machine
HOSTILE = "<img src=x onerror=alert(1)> **b** [x](javascript:alert(1)) :red[no] $x$ \u202e=1+1"


@pytest.fixture
def app() -> AppTest:
    """A new session on the app; the store is the one that SKILLPROOF_HOME names."""
    return AppTest.from_file(APP, default_timeout=PATIENCE)


def _store(folder: Path) -> Iterator[Services]:
    before = os.environ.get("SKILLPROOF_HOME")
    os.environ["SKILLPROOF_HOME"] = str(folder)
    st.cache_resource.clear()
    opened = session._open(str(folder))
    yield opened
    opened.close()
    st.cache_resource.clear()
    if before is None:
        del os.environ["SKILLPROOF_HOME"]
    else:
        os.environ["SKILLPROOF_HOME"] = before


def _store_with_sample(folder: Path) -> Iterator[Services]:
    with_sample(folder).close()
    yield from _store(folder)


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Services]:
    """Nothing in it."""
    yield from _store(blank_home(tmp_path))


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The sample, verified: for tests that only look."""
    yield from _store_with_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def changed_sample_store(tmp_path: Path) -> Iterator[Services]:
    """The sample, verified: for tests that change it."""
    yield from _store_with_sample(tmp_path)
