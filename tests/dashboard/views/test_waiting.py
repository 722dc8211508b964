"""While files are checked: what is asked is listed before it is answered, and ticked as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Given, Grouping, Incoming, ItemRow, Services
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import Turnstile, verifying

CHECKS = 3  # of the turnstile's verification


@pytest.fixture
def turnstile() -> Turnstile:
    return Turnstile()


@pytest.fixture
def desk(tmp_path: Path, turnstile: Turnstile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """One worker, whose every check waits."""
    monkeypatch.setenv("SKILLPROOF_WORKERS", "1")
    services = Services.open(blank_home(tmp_path), verifying=verifying(turnstile))
    monkeypatch.setattr(session, "store", lambda: services)
    yield services
    turnstile.let_through(100)
    services.close()


def received(services: Services, count: int) -> str:
    files = [Incoming(filename=f"{number}.json", data=b"ok %d" % number) for number in range(count)]
    return services.intake.receive(files, grouping=Grouping.ONE_PERSON, given=Given(name="Ada Example"))


def opened(app: AppTest, **address: str) -> AppTest:
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def texts(app: AppTest) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.text) for element in kind)


def ticks(app: AppTest) -> list[str]:
    """The line of marks of each item in work, as HTML of ours."""
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if body.startswith("<ul")]


def test_the_questions_are_listed_before_they_are_answered(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch = received(desk, 12)
    turnstile.until_begun()
    opened(app, batch=batch)
    said = "\n".join(text.value for text in app.caption)
    assert "**Form** – Is it a well-formed credential?" in said
    assert said.index("**Form**") < said.index("**Signature**") < said.index("**Applicant**")
    app.button(key="batch-cancel").click().run()
    assert desk.work.progress(batch).counts.pending == 12


def test_an_item_in_work_lists_its_checks_and_ticks_those_that_are_made(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch = received(desk, 2)
    turnstile.until_begun()
    [line] = ticks(opened(app, batch=batch))
    assert 'Form<span class="sp-unseen">: being checked.' in line
    assert line.count(": waiting.") == 2
    assert "→ Being checked" in texts(app)
    assert "waiting for its turn" in texts(app)
    assert "Asking college.example" in texts(app)
    turnstile.let_through()
    turnstile.until_begun()
    [line] = ticks(app.run())
    assert 'Form<span class="sp-unseen">: passed.' in line
    assert 'Signature<span class="sp-unseen">: being checked.' in line
    assert "0 of 2 checked" in "".join(element.proto.body for element in app.get("html"))


def test_the_ticks_are_there_after_a_reload_and_on_another_page(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch = received(desk, 2)
    turnstile.until_begun()
    turnstile.let_through()
    turnstile.until_begun()
    [line] = ticks(opened(app, batch=batch))
    app.switch_page(session.CANDIDATES).run()
    app.switch_page(session.VERIFY)
    assert ticks(opened(app, batch=batch)) == [line]


def verified(desk: Services, turnstile: Turnstile) -> tuple[str, ItemRow]:
    """A batch of one file that has its verdict, and the file."""
    batch = received(desk, 1)
    turnstile.let_through(CHECKS)
    desk.work.wait(batch)
    [row] = desk.work.items(batch)
    return batch, row


def test_nothing_of_the_work_is_left_once_there_is_a_verdict(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch, _row = verified(desk, turnstile)
    opened(app, batch=batch)
    assert ticks(app) == []
    assert "Being checked" not in texts(app)
    assert "✓ Verified" in texts(app)


def test_a_check_again_is_planned_then_ticked_and_says_what_changed(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch, row = verified(desk, turnstile)
    opened(app, cred=row.item_id)
    assert "What changed" not in [heading.value for heading in app.header]
    for _ in range(CHECKS):
        turnstile.until_begun()  # of the first time
    app.button(key="ev-again").click().run()
    turnstile.until_begun()
    app.run()
    assert app.button(key="ev-again").disabled
    assert "**Is it a well-formed credential?** being checked" in texts(app)
    assert "**Is it unchanged since it was signed?** waiting" in texts(app)
    turnstile.let_through()
    turnstile.until_begun()
    app.run()
    assert "**Is it a well-formed credential?** Passed" in texts(app)
    turnstile.let_through(2)
    desk.work.wait(batch)
    app.run()
    assert [error.value for error in app.exception] == []
    assert "What changed" in [heading.value for heading in app.header]
    assert "Nothing: every check says what it said on 1 Sep 2026, 09:00 UTC." in texts(app)


def test_who_hides_the_issuer_is_not_told_whom_is_asked(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    _batch, row = verified(desk, turnstile)
    for _ in range(CHECKS):
        turnstile.until_begun()
    desk.work.recheck([row.item_id])
    turnstile.until_begun()
    assert "Asking college.example" in texts(opened(app, cred=row.item_id))
    assert "college.example" not in texts(opened(app, cred=row.item_id, blind="1"))


@pytest.mark.parametrize(("demo", "label"), [("", "Check again"), ("1", "Check this live")])
def test_the_demo_offers_the_check_of_one_credential_live(
    app: AppTest, sample_store: Services, demo: str, label: str
) -> None:
    row = sample_store.work.items(sample_store.work.batches()[0].batch_id)[0]
    opened(app, cred=row.item_id, demo=demo)
    assert app.button(key="ev-again").label == label


def test_every_screen_says_that_files_are_being_checked_and_says_it_no_longer_once_they_are(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch = received(desk, 2)
    turnstile.until_begun()
    app.run()
    app.switch_page(session.CANDIDATES).run()
    assert "2 files are being checked." in texts(app)
    turnstile.let_through(2 * CHECKS)
    desk.work.wait(batch)
    app.run()
    assert "being checked." not in texts(app)


def test_a_stopped_batch_says_so_and_promises_no_time(
    app: AppTest, desk: Services, turnstile: Turnstile
) -> None:
    batch = received(desk, 3)
    turnstile.let_through(CHECKS)
    for _ in range(CHECKS + 1):
        turnstile.until_begun()
    desk.work.cancel(batch)
    turnstile.let_through(CHECKS)  # what is in hand is finished
    desk.work.wait(batch)
    opened(app, batch=batch)
    [bar] = app.get("progress")
    assert bar.proto.text == "Stopped: 2 of 3 checked"


def test_a_cancelled_batch_keeps_nobody_waiting(app: AppTest, desk: Services, turnstile: Turnstile) -> None:
    batch = received(desk, 2)
    turnstile.until_begun()
    desk.work.cancel(batch)
    app.run()
    assert "being checked." not in texts(app)
