"""A wallet that speaks OpenID4VP is asked, answers, and is judged by what it had to answer."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.services import Exchange, ExchangeState, Mark
from dashboard.wallet import openid4vp
from dashboard.wallet.answers import Unusable
from tests.dashboard.wallet.asking import (
    EMPLOYER,
    STRANGER,
    WALLET,
    Answer,
    Employer,
    badge,
    claims_of,
    presentation,
    sd_jwt,
    unbound,
)


def requested(employer: Employer, exchange: Exchange) -> dict[str, object]:
    link = parse_qs(urlsplit(openid4vp.link(EMPLOYER, exchange)).query)
    answer = employer.send("GET", link["request_uri"][0])
    assert answer.headers["content-type"] == "application/oauth-authz-req+jwt"
    claims = claims_of(answer.text)
    assert claims["client_id"] == link["client_id"][0]
    return claims


def test_the_request_names_who_asks_and_what_for(employer: Employer) -> None:
    exchange = employer.ask()
    claims = requested(employer, exchange)
    assert claims["client_id"] == f"redirect_uri:{claims['response_uri']}"
    assert (claims["response_type"], claims["response_mode"]) == ("vp_token", "direct_post")
    assert claims["nonce"] == exchange.nonce
    assert claims["dcql_query"]["credential_sets"] == [  # type: ignore[index]  # JSON
        {"options": [["sd_jwt_vc"], ["jwt_vc"], ["ldp_vc"]]}
    ]
    assert "redirect_uri" not in claims  # §8.2: must not stand beside response_uri


def test_a_phone_can_read_the_code(employer: Employer) -> None:
    assert len(openid4vp.link(EMPLOYER, employer.ask())) < 400


def test_a_bound_credential_is_verified_with_its_answer(employer: Employer) -> None:
    exchange = employer.ask()
    answer = employer.respond(exchange, {"sd_jwt_vc": [sd_jwt(exchange)]})
    assert (answer.status_code, answer.json()) == (200, {})
    [item] = employer.arrived(exchange)
    assert (item.mark, item.code) == (Mark.VERIFIED, "verified")
    checks = {check.check: check for check in employer.services.evidence.view(item.item_id).checks}
    assert checks["presentation"].findings[0].code == "request_answered"


def test_presentations_of_every_format_are_taken(employer: Employer) -> None:
    exchange = employer.ask()
    audience = openid4vp.client_id(EMPLOYER, exchange)
    document = WALLET.presentation([badge()])
    header = {"typ": "vp+jwt", "cty": "vp"}
    as_jwt = WALLET.jwt(document, header=header, nonce=exchange.nonce, aud=audience)
    token = {
        "sd_jwt_vc": [sd_jwt(exchange)],
        "ldp_vc": [presentation(exchange, domain=audience)],
        "jwt_vc": [as_jwt],
    }
    employer.respond(exchange, token)
    items = employer.arrived(exchange)
    assert [item.code for item in items] == ["verified"] * 3
    assert len({item.applicant_id for item in items}) == 1


def test_every_credential_of_a_presentation_gets_its_own_row(employer: Employer) -> None:
    exchange = employer.ask()
    audience = openid4vp.client_id(EMPLOYER, exchange)
    both = presentation(exchange, badge(), badge(STRANGER), domain=audience)
    employer.respond(exchange, {"ldp_vc": [both]})
    [item] = employer.arrived(exchange)
    cards = employer.services.candidates.detail(item.applicant_id).credentials
    assert [card.code for card in cards if card.kind == "credential"] == ["verified", "holder_mismatch"]
    shown = employer.services.work.presented([item.item_id])
    assert [card.code for card in shown[item.item_id]] == ["verified", "holder_mismatch"]


def test_what_is_no_presentation_has_no_rows_inside(employer: Employer) -> None:
    exchange = employer.ask()
    employer.respond(exchange, {"sd_jwt_vc": [sd_jwt(exchange)]})
    [item] = employer.arrived(exchange)
    assert employer.services.work.presented([item.item_id]) == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda exchange: sd_jwt(exchange, nonce="another"), "key_binding_invalid"),
        (lambda exchange: sd_jwt(exchange, audience="https://other.example"), "key_binding_invalid"),
        (lambda exchange: sd_jwt(exchange, audience=EMPLOYER), "key_binding_invalid"),
        (lambda exchange: sd_jwt(exchange, by=STRANGER), "invalid_signature"),
        (unbound, "key_binding_missing"),
    ],
    ids=["other nonce", "other audience", "audience without prefix", "other key", "no key binding"],
)
def test_a_forged_answer_is_kept_and_named(employer: Employer, answer: Answer, code: str) -> None:
    exchange = employer.ask()
    assert employer.respond(exchange, {"sd_jwt_vc": [answer(exchange)]}).status_code == 200
    [item] = employer.arrived(exchange)
    assert item.code == code
    assert item.mark is not Mark.VERIFIED


def test_an_answer_to_another_request_answers_this_one_not(employer: Employer) -> None:
    first, second = employer.ask(), employer.ask()
    employer.respond(second, {"sd_jwt_vc": [sd_jwt(first)]})
    [item] = employer.arrived(second)
    assert item.code == "key_binding_invalid"
    assert employer.get(first.exchange_id).state is ExchangeState.WAITING


def test_a_bare_credential_is_no_presentation(employer: Employer) -> None:
    exchange = employer.ask()
    employer.respond(exchange, {"ldp_vc": [badge()]})
    [item] = employer.arrived(exchange)
    assert (item.mark, item.code) == (Mark.NOT_CHECKED, "presentation_absent")


def test_a_later_check_judges_the_same_answer(employer: Employer) -> None:
    exchange = employer.ask()
    employer.respond(exchange, {"sd_jwt_vc": [sd_jwt(exchange)]})
    [item] = employer.arrived(exchange)
    employer.now += timedelta(days=40)
    employer.services.work.recheck([item.item_id])
    [again] = employer.arrived(exchange)
    assert (again.code, again.checked_at) == ("verified", employer.now)


def test_a_holder_who_will_not_is_taken_at_their_word(employer: Employer) -> None:
    exchange = employer.ask()
    form = {"error": "access_denied", "state": exchange.exchange_id}
    assert employer.send("POST", f"/wallet/{exchange.exchange_id}/response", data=form).status_code == 200
    assert employer.get(exchange.exchange_id).state is ExchangeState.DECLINED
    assert employer.everything() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"vp_token",
        b"vp_token=nonsense",
        b"vp_token=[]",
        b"vp_token={}",
        b'vp_token={"mdoc":["x"]}',
        b'vp_token={"ldp_vc":[]}',
        b'vp_token={"ldp_vc":{}}',
        b'vp_token={"ldp_vc":[7]}',
        b'vp_token={"ldp_vc":[{}]}',
        b'vp_token={"ldp_vc":[""]}',
        b'vp_token={"ldp_vc":["a"],"ldp_vc":["b"]}',
        b'vp_token={"ldp_vc":[{"a":NaN}]}',
        b'vp_token={"ldp_vc":[{"a":1e999}]}',
        b'vp_token={"ldp_vc":["a"]}&vp_token={"ldp_vc":["b"]}',
        b'vp_token={"ldp_vc":["a"]}&state=another',
        b"vp_token=" + b"[" * 100_000,
        b"vp_token=%FF",
        b"&".join(b"a%d=1" % number for number in range(30)),
        b"\xff\xfe",
        b"vp_token=" + json.dumps({"ldp_vc": ["a"] * 51}).encode(),
    ],
)
def test_what_is_no_answer_is_refused_whole(employer: Employer, body: bytes) -> None:
    exchange = employer.ask()
    with pytest.raises(Unusable):
        openid4vp.answer(body, exchange)
