"""When something of ours fails: a sentence, whose move it is, a reference; nothing is lost or told."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.components import failure
from dashboard.services import DecisionWord, Download, Missing, Services
from dashboard.settings import DATABASE_NAME
from tests.dashboard.finished import with_sample
from tests.dashboard.views import stores
from tests.dashboard.views.places import PLACES, addresses, newcomer, open_place
from tests.dashboard.views.seeing import problems, said

SECRET = "Ada Example"  # what a fault of ours may have in its message
REFERENCE = re.compile(r"Reference `([0-9a-f]{8})`")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = with_sample(tmp_path_factory.mktemp("faults"))
    yield opened
    opened.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an empty store in it, that the app opens by itself."""
    Services.open(tmp_path).close()
    monkeypatch.setenv("SKILLPROOF_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    with suppress(Exception):  # not every one of these can be opened
        session.store().close()
    st.cache_resource.clear()


def sql(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize("place", PLACES)
def test_whatever_a_screen_asks_may_fail(
    sample: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(session, "store", lambda: stores.Faulty(sample, asked.append))
    links, app = addresses(sample), newcomer()
    asked.clear()  # of the first screen
    open_place(app, place, links)
    screens = [one for one in asked if one != "members.any"]  # who is here is asked before there is one
    for failing in dict.fromkeys(screens):
        faulty = stores.failing_at(failing, KeyError(SECRET), sample)
        monkeypatch.setattr(session, "store", lambda faulty=faulty: faulty)
        caplog.clear()
        text = said(open_place(app, place, links))
        assert "**We failed, not the file.**" in text, failing
        assert "**Our move.**" in text
        lines = [line.getMessage() for line in caplog.records if line.name == failure.LOG.name]
        assert REFERENCE.findall(text) == [line.split()[1].rstrip(":") for line in lines]
        assert all("KeyError at " in line for line in lines)
        assert SECRET not in caplog.text


def test_a_click_that_fails_is_told_on_the_screen_it_was_made_on(
    sample: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = stores.failing_at("work.recheck_applicant", OSError(SECRET), sample)
    monkeypatch.setattr(session, "store", lambda: faulty)
    app = open_place(newcomer(), "candidate", addresses(sample))
    app.button(key="candidate-again").click().run()
    assert problems(app) == []
    assert "We failed, not the file" in said(app)
    assert "Save decision" in said(app)
    assert "We failed" not in said(app.run())


def test_what_somebody_deleted_meanwhile_is_called_gone(
    sample: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = stores.failing_at("work.recheck_applicant", Missing("candidate"), sample)
    monkeypatch.setattr(session, "store", lambda: faulty)
    app = open_place(newcomer(), "candidate", addresses(sample))
    app.button(key="candidate-again").click().run()
    assert "That is not in the store any more" in said(app)


def test_a_download_that_fails_is_logged_without_what_is_in_it(caplog: pytest.LogCaptureFixture) -> None:
    def make() -> Download:
        raise ValueError(SECRET)

    with pytest.raises(failure.NotMade) as caught:
        failure.made(make)()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert SECRET not in caplog.text + str(caught.value)
    assert str(caught.value) in caplog.text


def one_person(home: Path) -> tuple[AppTest, str]:
    stores.with_people(session.store(), stores.files_of("ada-example")[:1])
    person = session.store().candidates.rows()[0].applicant_id
    return open_place(newcomer(), "candidate", {"id": person}), person


def decide(app: AppTest, person: str) -> str:
    control = next(one for one in app.segmented_control if one.key == f"decision-{person}")
    control.set_value(DecisionWord.SHORTLISTED)
    app.text_area(key="decision-note-0").set_value("proved SQL")
    app.button(key="decision-save").click().run()
    assert problems(app) == []
    return said(app)


def test_while_the_store_is_locked_a_decision_is_refused_in_words_and_made_afterwards(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.database.PRAGMAS", ("PRAGMA busy_timeout = 20",))
    app, person = one_person(home)
    with closing(sqlite3.connect(home / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        text = decide(app, person)
        assert "The store did not answer" in text
        assert "what was asked last was not done" in text
        other.execute("ROLLBACK")
    assert session.store().candidates.detail(person).decisions == ()
    decide(app, person)
    assert len(session.store().candidates.detail(person).decisions) == 1


def test_on_a_full_disk_nothing_is_half_saved(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    full = "PRAGMA max_page_count = 1"  # SQLite takes it for "as large as it is now"
    monkeypatch.setattr("dashboard.store.database.PRAGMAS", ("PRAGMA foreign_keys = ON", full))
    app = newcomer()
    next(one for one in app.segmented_control if str(one.key).endswith("-way")).set_value("text").run()
    app.text_area[0].set_value(SECRET * 100_000).run()
    next(one for one in app.button if str(one.key).endswith("-check")).click().run()
    assert problems(app) == []
    assert "It is busy, full or not writable just now." in said(app)
    assert SECRET not in caplog.text
    assert session.store().work.batches() == ()


def test_a_store_of_a_later_version_says_so_on_every_screen(home: Path) -> None:
    sql(home, "UPDATE alembic_version SET version_num = '9999'")
    app = newcomer()
    for place in ("verify", "candidates", "issuers"):
        text = said(open_place(app, place, {"job": ""}))
        assert "The store was made by a later version" in text
        assert "**Your move.**" in text


def test_a_damaged_store_is_named(home: Path) -> None:
    (home / DATABASE_NAME).write_bytes(b"not a database at all" * 400)
    for name in ("-wal", "-shm"):
        (home / (DATABASE_NAME + name)).unlink(missing_ok=True)
    text = said(newcomer())
    assert "The store is damaged" in text
    assert "python -m dashboard restore FILE" in text
