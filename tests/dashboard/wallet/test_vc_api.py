"""A wallet that speaks the exchange of VC API is asked, answers, and is judged by what it had to answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.services import Exchange, ExchangeState, Mark
from dashboard.wallet import openid4vp, vc_api
from tests.dashboard.wallet.asking import (
    EMPLOYER,
    START,
    STRANGER,
    Answer,
    Employer,
    badge,
    presentation,
)


def test_an_interaction_leads_to_both_protocols(employer: Employer) -> None:
    exchange = employer.ask()
    url = vc_api.interaction_url(EMPLOYER, exchange)
    assert url.endswith("?iuv=1")
    offered = employer.send("GET", url, headers={"Accept": "application/json"}).json()
    assert offered["protocols"] == {
        "vcapi": f"{EMPLOYER}/wallet/{exchange.exchange_id}/exchange",
        "oid4vp-1.0": openid4vp.link(EMPLOYER, exchange),
    }


def test_a_person_who_opens_it_is_told_to_use_a_wallet(employer: Employer) -> None:
    page = employer.send("GET", vc_api.interaction_url(EMPLOYER, employer.ask()))
    assert page.headers["content-type"].startswith("text/html")
    assert "Open" in page.text or "open" in page.text


def test_the_first_message_gets_the_request_with_its_reason(employer: Employer) -> None:
    exchange = employer.ask()
    asked = employer.exchange(exchange, {}).json()["verifiablePresentationRequest"]
    assert (asked["challenge"], asked["domain"]) == (exchange.nonce, "employer.example")
    assert asked["query"][0]["credentialQuery"]["reason"] == "For the interview"
    assert employer.get(exchange.exchange_id).state is ExchangeState.WAITING


def test_a_presentation_is_verified_with_its_answer(employer: Employer) -> None:
    exchange = employer.ask()
    employer.exchange(exchange, {})
    answer = employer.exchange(exchange, {"verifiablePresentation": presentation(exchange)})
    assert (answer.status_code, answer.json()) == (200, {})
    [item] = employer.arrived(exchange)
    assert (item.mark, item.code, item.contained) == (Mark.VERIFIED, "verified", 1)


def by_a_stranger(exchange: Exchange) -> object:
    return presentation(exchange, badge(), by=STRANGER)


def altered(exchange: Exchange) -> object:
    return {**presentation(exchange), "holder": STRANGER.did}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda exchange: presentation(exchange, challenge="another"), "other_request"),
        (lambda exchange: presentation(exchange, domain="other.example"), "other_request"),
        (lambda exchange: presentation(exchange, at=START - timedelta(hours=1)), "presentation_stale"),
        (by_a_stranger, "holder_mismatch"),
        (altered, "invalid_signature"),
    ],
    ids=["other challenge", "other domain", "made before", "somebody else's credential", "altered"],
)
def test_a_forged_presentation_is_kept_and_named(employer: Employer, answer: Answer, code: str) -> None:
    exchange = employer.ask()
    assert employer.exchange(exchange, {"verifiablePresentation": answer(exchange)}).status_code == 200
    [item] = employer.arrived(exchange)
    assert (item.mark, item.code) == (Mark.PROBLEM, code)


@pytest.mark.parametrize(
    "message", [[], "no", 7, {"verifiablePresentation": {}}, {"verifiablePresentation": []}]
)
def test_what_is_no_message_is_refused(employer: Employer, message: object) -> None:
    exchange = employer.ask()
    assert employer.exchange(exchange, message).status_code == 400
    assert employer.everything() == 0
