"""The employer's list decides by exact identifier, within its scope, and is read strictly."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from verifier.flow import Fetch, Fetched, drive
from verifier.model import Achievement, Credential
from verifier.policy import Policy
from verifier.trust import Asked, Decision, IssuerList, Recognition, TrustSource

COLLEGE = "did:web:college.example"
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ISSUED = datetime(2026, 6, 1, tzinfo=UTC)


def no_answer(wish: Fetch) -> Fetched:
    raise AssertionError(f"an issuer list asked for {wish.url}")


def entry(**changes: Any) -> dict[str, Any]:
    return {"id": COLLEGE, "name": "Example College", "decision": "accept", **changes}


def written(*entries: Any, **changes: Any) -> bytes:
    document = {"version": 1, "name": "Acme trusted issuers", "issuers": list(entries), **changes}
    return json.dumps(document).encode()


def ask(data: bytes, issuer_id: str = COLLEGE, **about: Any) -> Recognition:
    about = {"types": ("VerifiableCredential", "OpenBadgeCredential"), "issued": ISSUED, **about}
    asked = Asked(
        credential=Credential(format="open_badges_3", **about),
        issuer_id=issuer_id,
        now=NOW,
        policy=Policy.standard(),
    )
    return drive(IssuerList.parse(data).recognise(asked), no_answer)


def achieved(*kinds: str) -> tuple[Achievement, ...]:
    return tuple(Achievement(achievement_type=kind) for kind in kinds)


def test_a_listed_issuer_is_recognised_under_the_name_of_the_list() -> None:
    answer = ask(written(entry(reason="accredited", approved_by="hr@acme.example")))
    assert answer == Recognition(
        decision=Decision.ACCEPT,
        source="Acme trusted issuers",
        name="Example College",
        reason="accredited",
        approved_by="hr@acme.example",
    )


@pytest.mark.parametrize(
    "look_alike",
    [
        "did:web:college.example.evil.example",
        "did:web:college.example:users:mallory",
        "did:web:College.example",
        "did:web:college.example#key-1",
        "did:web:xn--cllege-1ya.example",
        "https://college.example",
        " did:web:college.example",
        "did:web:colleg",
        "",
    ],
)
def test_an_identifier_that_only_looks_alike_is_unknown(look_alike: str) -> None:
    assert ask(written(entry()), look_alike).decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    ("scope", "about", "decision"),
    [
        ({}, {}, Decision.ACCEPT),
        (None, {}, Decision.ACCEPT),
        ({"types": ["*"], "achievement_types": ["*"]}, {}, Decision.ACCEPT),
        ({"types": ["OpenBadgeCredential"]}, {}, Decision.ACCEPT),
        ({"types": ["ClrCredential", "*"]}, {}, Decision.ACCEPT),
        ({"types": ["ClrCredential"]}, {}, Decision.OUT_OF_SCOPE),
        ({"types": ["VerifiableCredential"]}, {}, Decision.OUT_OF_SCOPE),
        ({"achievement_types": ["Certificate"]}, {"achievements": achieved("Certificate")}, Decision.ACCEPT),
        (
            {"achievement_types": ["Certificate"]},
            {"achievements": achieved("Certificate", "BachelorDegree")},
            Decision.OUT_OF_SCOPE,
        ),
        ({"achievement_types": ["Certificate"]}, {"achievements": achieved("")}, Decision.OUT_OF_SCOPE),
        ({"achievement_types": ["Certificate"]}, {}, Decision.OUT_OF_SCOPE),
        ({"valid_from": "2026-06-01T00:00:00Z", "valid_until": None}, {}, Decision.ACCEPT),
        ({"valid_until": "2026-06-01T00:00:00Z"}, {}, Decision.ACCEPT),
        ({"valid_from": "2026-06-01T00:00:01Z"}, {}, Decision.OUT_OF_SCOPE),
        ({"valid_until": "2026-05-31T23:59:59Z"}, {}, Decision.OUT_OF_SCOPE),
        ({"valid_until": "2027-01-01T00:00:00Z"}, {"issued": None}, Decision.OUT_OF_SCOPE),
        (
            {"valid_until": "2027-01-01T00:00:00Z"},
            {"issued": None, "valid_from": ISSUED},
            Decision.ACCEPT,
        ),
    ],
)
def test_an_issuer_is_accepted_within_its_scope_only(
    scope: Any, about: dict[str, Any], decision: Decision
) -> None:
    assert ask(written(entry(scope=scope)), **about).decision is decision


def test_a_refusal_has_no_scope() -> None:
    refused = entry(decision="refuse", scope={"valid_until": "2020-01-01T00:00:00Z"})
    assert ask(written(refused)).decision is Decision.REFUSE


@pytest.mark.parametrize(
    ("decisions", "decision"),
    [
        (("accept", "refuse"), Decision.REFUSE),
        (("refuse", "accept"), Decision.REFUSE),
        (("accept", "ask"), Decision.ASK),
        (("ask", "refuse", "accept"), Decision.REFUSE),
    ],
)
def test_an_identifier_listed_twice_gets_the_more_careful_answer(
    decisions: tuple[str, ...], decision: Decision
) -> None:
    assert ask(written(*(entry(decision=each) for each in decisions))).decision is decision


def test_an_identifier_may_have_a_scope_for_each_kind_of_achievement() -> None:
    data = written(
        entry(scope={"achievement_types": ["Degree"]}),
        entry(scope={"achievement_types": ["Certificate"]}, name="Example College, School of Crafts"),
    )
    answer = ask(data, achievements=achieved("Certificate"))
    assert (answer.decision, answer.name) == (Decision.ACCEPT, "Example College, School of Crafts")


def test_pinned_keys_belong_to_exactly_one_identifier() -> None:
    key = {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}
    found = IssuerList.parse(written(entry(jwks={"keys": [key]}), entry(id="https://college.example")))
    assert found.pinned_keys(COLLEGE) == (key,)
    assert found.pinned_keys("https://college.example") == ()
    assert found.pinned_keys("did:web:college") == ()


def test_a_list_is_a_trust_source_and_survives_pickling() -> None:
    found = IssuerList.parse(written(entry(jwks={"keys": [{"kty": "OKP"}]}, scope={"types": ["A"]})))
    assert isinstance(found, TrustSource)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 – our own bytes


def test_an_empty_list_knows_nobody_and_a_nameless_one_is_still_named() -> None:
    assert ask(written(name=None)) == Recognition(decision=Decision.UNKNOWN, source="issuer list")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "issuer list"),
        (b"[]", "issuer list"),
        (b'{"version": 1, "version": 1}', "version"),
        (written(version=2), "version 1"),
        (written(version=True), "version 1"),
        (b'{"issuers": []}', "version 1"),
        (written(issuers={}), "issuers"),
        (written(isuers=[]), "isuers"),
        (written(name=7), "name"),
        (written("did:web:college.example"), "issuer 1"),
        (written(entry(), {"decision": "accept"}), "issuer 2"),
        (written(entry(id="")), "issuer 1"),
        (written(entry(id="did:web:college.example ")), "issuer 1"),
        (written(entry(decision="Accept")), COLLEGE),
        (written(entry(decision=None)), COLLEGE),
        (written(entry(decision=["accept"])), COLLEGE),
        (written(entry(decison="refuse")), "decison"),
        (written(entry(name=7)), COLLEGE),
        (written(entry(scope=[])), "scope"),
        (written(entry(scope={"valid_untill": None})), "valid_untill"),
        (written(entry(scope={"types": []})), "types"),
        (written(entry(scope={"types": "*"})), "types"),
        (written(entry(scope={"achievement_types": [""]})), "achievement_types"),
        (written(entry(scope={"achievement_types": [7]})), "achievement_types"),
        (written(entry(scope={"valid_from": "2026-01-01"})), "valid_from"),
        (written(entry(scope={"valid_until": 2026})), "valid_until"),
        (
            written(
                entry(scope={"valid_from": "2026-01-02T00:00:00Z", "valid_until": "2026-01-01T00:00:00Z"})
            ),
            "ends before",
        ),
        (written(entry(jwks=[])), "JWK set"),
        (written(entry(jwks={"keys": {}})), "JWK set"),
        (written(entry(jwks={"keys": ["x"]})), "JWK set"),
        (written(entry(jwks={"keys": [{"crv": "Ed25519"}]})), "JWK set"),
        (written(entry(jwks={"keys": [{"kty": "OKP", "d": "AAAA"}]})), "private key"),
    ],
)
def test_a_mistake_in_the_list_is_named(data: bytes, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        IssuerList.parse(data)
