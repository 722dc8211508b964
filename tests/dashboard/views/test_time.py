"""What time does to credentials is on the screens: valid when they applied, changed, due again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import DecisionWord, Incoming, Services
from tests.dashboard.finished import blank_home
from tests.dashboard.services.making import AT, made, verifying
from verifier import Report


class Desk:
    """Services over a clock and an answer that a test moves."""

    def __init__(self, home: Path) -> None:
        self.now, self.answer = AT, b"ok "
        self.services = Services.open(blank_home(home), verifying=verifying(self._verify), now=self._clock)
        batch = self.services.intake.receive([Incoming(filename="a.json", data=b"a")])
        self.services.work.wait(batch, 30)
        self.batch = batch
        self.item, self.person = (
            (row.item_id, row.applicant_id) for row in self.services.work.items(batch)
        ).__next__()

    def _clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def _verify(self, source: Any, **given: Any) -> Report:
        return made(type(source)(self.answer, source.filename), **given)

    def check(self, answer: bytes) -> None:
        self.answer = answer
        self.services.work.recheck([self.item])
        self.services.work.wait(self.batch, 30)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    monkeypatch.setattr(session, "store", lambda: opened.services)
    yield opened
    opened.services.close()


def shown(app: AppTest) -> str:
    assert [error.value for error in app.exception] == []
    return "\n".join(text.value for text in (*app.markdown, *app.caption, *app.text))


def on(app: AppTest, view: str, **params: str) -> str:
    app.run()
    app.switch_page(view)
    for name, value in params.items():
        app.query_params[name] = value
    return shown(app.run())


@pytest.mark.parametrize("view", [session.CANDIDATES, session.CANDIDATE])
def test_a_change_after_the_shortlist_is_told_with_both_days(app: AppTest, desk: Desk, view: str) -> None:
    desk.services.candidates.decide(desk.person, DecisionWord.SHORTLISTED, "fits")
    assert "was :green-badge" not in on(app, view, id=desk.person)
    desk.check(b"bad")
    said = on(app, view, id=desk.person)
    assert "was :green-badge[✓ Verified] on 1 Sep 2026, now :red-badge[✗ Problem found]" in said


def test_what_is_due_is_counted_and_asked_again_with_a_click(app: AppTest, desk: Desk) -> None:
    desk.check(b"far")
    desk.now += timedelta(days=400)
    assert "1 check is due again" in on(app, session.CANDIDATES)
    before = len(desk.services.evidence.view(desk.item).history)
    app.button(key="recheck-due").click().run()
    desk.services.work.wait(desk.batch, 30)
    assert len(desk.services.evidence.view(desk.item).history) == before + 1


def test_the_evidence_says_whether_it_was_valid_when_they_applied(
    app: AppTest, sample_store: Services
) -> None:
    rows = sample_store.work.items(sample_store.work.batches()[0].batch_id)
    by_file = {row.filename.rpartition("/")[2]: row.item_id for row in rows}
    assert "When they applied" in on(app, session.VERIFY, cred=by_file["sql.json"])
    assert ":red[✗] No, 1 Sep 2026: it had ended before" in on(
        app, session.VERIFY, cred=by_file["sql-expired.json"]
    )
    assert "When they applied" not in on(app, session.VERIFY, cred=by_file["older.zip"])


def test_the_evidence_leads_from_the_file_to_who_approved_its_issuer(
    app: AppTest, sample_store: Services
) -> None:
    rows = sample_store.work.items(sample_store.work.batches()[0].batch_id)
    said = on(app, session.VERIFY, cred=next(row.item_id for row in rows if row.code == "verified"))
    assert "1. The file matches its signature" in said
    assert "Approved by hr@employer.example" in said
    unlisted = next(row.item_id for row in rows if row.code == "issuer_unknown")
    assert "that decision is yours" in on(app, session.VERIFY, cred=unlisted)


def test_the_evidence_lays_the_document_beside_the_eu_standard(app: AppTest, sample_store: Services) -> None:
    rows = sample_store.work.items(sample_store.work.batches()[0].batch_id)
    on(app, session.VERIFY, cred=next(row.item_id for row in rows if row.code == "verified"))
    assert any("of 11 mandatory elements" in one.label for one in app.expander)


def test_the_day_of_the_application_is_stated_on_the_candidates_page(app: AppTest, desk: Desk) -> None:
    on(app, session.CANDIDATE, id=desk.person)
    app.date_input(key=f"applied-on-{desk.person}").set_value(date(2026, 8, 20)).run()
    app.button(key="applied-save").click().run()
    assert [error.value for error in app.exception] == []
    detail = desk.services.candidates.detail(desk.person)
    assert (detail.applied_on, detail.applied_stated) == (date(2026, 8, 20), True)
