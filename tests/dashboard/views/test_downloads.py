"""The export menus, and a receipt checked again on the Trust screen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services, papers
from dashboard.settings import CHECKOUT

from .test_actions import one_person, open_view


def offers(app: AppTest) -> dict[str, Any]:
    """The download buttons by their key."""
    return {str(one.proto.id).rpartition("download-")[2]: one.proto for one in app.get("download_button")}


def candidate(services: Services, name: str = "Dmitri Sample") -> str:
    return next(row.applicant_id for row in services.candidates.rows() if row.name == name)


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """By key, what each download button of the last run makes its file with."""
    found: dict[str, Callable[[], bytes]] = {}
    button = st.download_button

    def noted(label: str, data: Callable[[], bytes], *rest: Any, **how: Any) -> bool:
        found[how["key"]] = data
        return button(label, data, *rest, **how)

    monkeypatch.setattr(st, "download_button", noted)
    return found


@pytest.mark.parametrize(
    "screen", ["candidates", "candidate", "evidence", "comparison", "coverage", "job", "issuers", "activity"]
)
def test_each_file_is_made_in_a_thread_that_knows_no_session(
    app: AppTest, sample_store: Services, makers: dict[str, Callable[[], bytes]], screen: str
) -> None:
    job = sample_store.jobs.sample_id() or ""
    one, other = candidate(sample_store), candidate(sample_store, "Ada Example")
    cred = sample_store.candidates.detail(one).credentials[0].cred
    page, address = {
        "candidates": (session.CANDIDATES, {"job": job}),
        "candidate": (session.CANDIDATE, {"id": one}),
        "evidence": (session.CANDIDATE, {"id": one, "cred": cred}),
        "comparison": (session.COMPARE, {"ids": f"{one},{other}", "job": job}),
        "coverage": (session.COVERAGE, {"job": job}),
        "job": (session.JOBS, {"job": job}),
        "issuers": (session.TRUST, {}),
        "activity": (session.TRUST, {"part": "activity"}),
    }[screen]
    open_view(app, page, **address)
    assert makers
    with ThreadPoolExecutor(max_workers=1) as thread:
        for key, make in makers.items():
            assert thread.submit(make).result(), key


def test_what_names_somebody_waits_for_the_switch(app: AppTest, sample_store: Services) -> None:
    open_view(app, session.CANDIDATE, id=candidate(sample_store))
    before = offers(app)
    assert not before["receipt.json"].disabled
    assert before["files.zip"].disabled
    app.toggle(key="export-candidate-names").set_value(True).run()
    assert not offers(app)["files.zip"].disabled


def test_without_typst_the_menu_says_what_to_install(
    app: AppTest, sample_store: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "can_draw", lambda: False)
    open_view(app, session.CANDIDATE, id=candidate(sample_store))
    assert "report.pdf" not in offers(app)
    assert any("install line of the README" in text.value for text in app.text)


def test_with_a_key_that_is_none_the_menu_offers_nothing_signed(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    (empty_store._core.settings.home / "receipt-key.pem").write_bytes(b"no key")
    open_view(app, session.CANDIDATE, id=one)
    assert not {"receipt.json", "report.pdf", "copy-for-candidate.pdf"} & set(offers(app))
    assert "candidate.csv" in offers(app)
    assert any("is no private key in PEM" in text.value for text in app.text)
    open_view(app, session.TRUST, part="receipts")
    assert any("No receipt can be signed" in text.value for text in app.text)


def test_the_public_key_is_shown(app: AppTest, sample_store: Services) -> None:
    open_view(app, session.TRUST, part="receipts")
    did = sample_store.receipts.key().did
    assert did in [code.value for code in app.code]


def test_a_receipt_is_checked_on_the_screen(app: AppTest, sample_store: Services) -> None:
    made = sample_store.receipts.of_candidate(candidate(sample_store))
    [badge, *_] = sorted((CHECKOUT / "sample_data" / "applicants").glob("dmitri*/*"))
    open_view(app, session.TRUST, part="receipts")
    app.file_uploader(key="receipt-file").upload("receipt.json", made.data, "application/json")
    app.file_uploader(key="receipt-compare").upload(badge.name, badge.read_bytes(), "application/json")
    app.run()
    said = " ".join(text.value for text in app.markdown)
    assert "Unaltered since it was signed. Signed by this installation" in said
    assert "The file that was checked, with the outcome" in said


def test_an_altered_receipt_is_told(app: AppTest, sample_store: Services) -> None:
    made = sample_store.receipts.of_candidate(candidate(sample_store)).data
    open_view(app, session.TRUST, part="receipts")
    forged = made.replace(b"invalid_signature", b"verified")
    app.file_uploader(key="receipt-file").upload("receipt.json", forged, "application/json")
    app.run()
    assert any("Altered since it was signed" in text.value for text in app.markdown)
    app.file_uploader(key="receipt-file").upload("receipt.json", b"{}", "application/json")
    app.run()
    assert any("Not a receipt" in text.value for text in app.markdown)
