"""A wallet is asked from the screen, and the screen says honestly who can answer and how it ended."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services, exchanges
from dashboard.wallet import demo_holder


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches the checks of the demo here."""
    monkeypatch.setattr(exchanges, "PACE", 0.0)


def markdown(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown)


def at(app: AppTest, **params: str) -> AppTest:
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def param(app: AppTest, name: str) -> str:
    """One query parameter; the app's own come as lists."""
    value = app.query_params[name]
    return value if isinstance(value, str) else str(value[0])


def control(app: AppTest, end: str) -> Any:
    """The segmented control whose key ends so."""
    return next(one for one in app.get("segmented_control") if str(one.key).endswith(end))


def asking(app: AppTest) -> AppTest:
    """The first screen with its fifth way in."""
    app.run()
    control(app, "-way").set_value("wallet")
    return at(app)


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def press(app: AppTest, label: str) -> AppTest:
    button(app, label).click()
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def test_without_a_public_address_no_code_is_drawn(app: AppTest, empty_store: Services) -> None:
    asking(app)
    assert "SKILLPROOF_PUBLIC_URL" in markdown(app)
    assert "Ask a wallet" not in [one.label for one in app.button]


@pytest.mark.parametrize("protocol", ["openid4vp", "vc_api"])
def test_the_demo_holder_answers_and_the_screen_shows_what_came(
    app: AppTest, empty_store: Services, protocol: str
) -> None:
    press(asking(app), "Try it with the demo holder")
    empty_store.work.wait(empty_store.work.batches()[0].batch_id, 60)
    assert app.query_params["exchange"]
    assert not app.get("image")  # a code that no phone can follow would be a lie
    control(app, "wallet-protocol").set_value(protocol)
    press(app, "Let the demo holder answer")
    batch = param(app, "batch")
    assert "exchange" not in app.query_params
    assert empty_store.work.wait(batch, 60).counts.verified == 1
    at(app)
    assert any(one.value == "Wanda Vorlage" for one in app.text)


def test_with_a_public_address_a_code_and_its_link_are_drawn(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SKILLPROOF_PUBLIC_URL", "https://employer.example")
    services: Services = request.getfixturevalue("empty_store")
    press(asking(app), "Ask a wallet")
    asked = param(app, "exchange")
    assert app.get("image")
    assert app.code[0].value.startswith(
        "openid4vp://?client_id=redirect_uri%3Ahttps%3A%2F%2Femployer.example"
    )
    assert "Let the demo holder answer" not in [one.label for one in app.button]
    press(app, "Cancel")
    assert "cancelled" in markdown(app)
    assert services.exchanges.get(asked).state == "cancelled"


def test_a_reload_keeps_the_request_in_the_demo_too(app: AppTest, empty_store: Services) -> None:
    empty_store.intake.load_sample()
    asked = empty_store.exchanges.open(job_id=empty_store.jobs.sample_id(), purpose="why")
    at(app, demo="1", exchange=asked)
    assert param(app, "exchange") == asked
    assert "batch" not in app.query_params
    assert button(app, "Let the demo holder answer")


def test_a_link_to_what_was_answered_leads_to_what_came(app: AppTest, empty_store: Services) -> None:
    empty_store.intake.load_sample()
    asked = empty_store.exchanges.open(job_id=empty_store.jobs.sample_id())
    demo_holder.answer_by_openid4vp(empty_store, empty_store.exchanges.get(asked))
    at(app, exchange=asked)
    assert param(app, "batch") == empty_store.exchanges.get(asked).batch_id


def test_a_link_to_nothing_says_so(app: AppTest, empty_store: Services) -> None:
    at(app, exchange="nothing")
    assert "not in this store" in markdown(app)


def test_a_holder_who_declined_is_reported(app: AppTest, empty_store: Services) -> None:
    asked = empty_store.exchanges.open(purpose="why")
    empty_store.exchanges.decline(asked)
    at(app, exchange=asked)
    assert "nothing will be shown" in markdown(app)


def test_a_purpose_is_text_whatever_it_says(app: AppTest, empty_store: Services) -> None:
    empty_store.intake.load_sample()
    hostile = "<img src=x> **b** [x](javascript:alert(1))"
    asked = empty_store.exchanges.open(job_id=empty_store.jobs.sample_id(), purpose=hostile)
    at(app, exchange=asked)
    assert any(one.value == hostile for one in app.text)
    assert hostile not in markdown(app)


def test_a_candidate_may_be_asked_too(app: AppTest, sample_store: Services) -> None:
    ada = sample_store.candidates.rows(sample_store.jobs.sample_id())[0].applicant_id
    app.run()
    app.switch_page(session.CANDIDATE)
    at(app, id=ada)
    control(app, f"in-{ada}-0-way").set_value("wallet")
    at(app)
    press(app, "Ask a wallet")
    asked = param(app, "exchange")
    assert sample_store.exchanges.get(asked).sample
