"""Issuers at an https URL: the pinned key wins, and only the issuer's own origin is asked."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from verifier.dids import DidUnreachable
from verifier.dids.jwks import choose, issuer_keys
from verifier.errors import (
    KeyUnavailable,
    MalformedDidDocument,
    MalformedKey,
    Unreachable,
    UnsupportedKey,
    VerificationMethodNotFound,
)
from verifier.flow import Fetch, Fetched, drive
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import keys
from verifier.proofs.keys import PublicKey

ISSUER = "https://college.example"
KID = "https://college.example/keys/1"


def jwk(number: int, **more: Any) -> JsonObject:

    raw = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)).public_key().public_bytes_raw()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode(),
        **more,
    }


def found(
    pinned: tuple[JsonObject, ...] = (),
    kid: str | None = None,
    *,
    issuer: str = ISSUER,
    may_fetch: bool = True,
    pages: dict[str, Any] | None = None,
) -> tuple[PublicKey, ...]:
    def answer(fetch: Fetch) -> Fetched:
        if pages is None or fetch.url not in pages:
            raise Unreachable(fetch.url, "no such host")
        return Fetched(url=fetch.url, body=json.dumps(pages[fetch.url]).encode())

    return drive(issuer_keys(issuer, pinned, kid, Limits(), may_fetch=may_fetch), answer)


def test_a_pinned_key_wins_and_nothing_is_asked() -> None:
    assert found((jwk(1, kid=KID),), KID, pages={KID: jwk(2)}) == (keys.from_jwk(jwk(1)),)
    assert found((jwk(1), jwk(2, kid="b")), "a") == (keys.from_jwk(jwk(1)),)
    assert len(found((jwk(1), jwk(2, kid="b")))) == 2
    with pytest.raises(VerificationMethodNotFound):
        found((jwk(1, kid="a"),), "b", pages={KID: jwk(2)})


@pytest.mark.parametrize(
    ("issuer", "may_fetch"),
    [
        (ISSUER, False),
        ("http://college.example", True),
        ("https://127.0.0.1", True),
        ("did:web:a.example", True),
    ],
)
def test_nothing_is_asked_where_nothing_may_be(issuer: str, may_fetch: bool) -> None:
    with pytest.raises(KeyUnavailable):
        found(issuer=issuer, may_fetch=may_fetch)


def test_the_address_in_kid_is_asked_on_the_issuers_own_origin() -> None:
    assert found(kid=KID, pages={KID: jwk(1)}) == (keys.from_jwk(jwk(1)),)
    assert found(kid=KID, pages={KID: jwk(1, kid=KID)}) == (keys.from_jwk(jwk(1)),)
    assert found(kid=KID + "#a", pages={KID: {"keys": [jwk(1, kid=KID + "#a"), jwk(2, kid="b")]}}) == (
        keys.from_jwk(jwk(1)),
    )
    with pytest.raises(VerificationMethodNotFound):
        found(kid=KID, pages={KID: jwk(1, kid="https://college.example/keys/2")})


@pytest.mark.parametrize(
    "kid",
    [
        "https://evil.example/keys/1",
        "https://college.example.evil.example/keys/1",
        "https://college.example:8443/keys/1",
        "https://college.example@evil.example/keys/1",
        "https://college.example/../keys/1",
        "https://127.0.0.1/keys/1",
    ],
)
def test_an_address_elsewhere_is_not_asked(kid: str) -> None:
    with pytest.raises(VerificationMethodNotFound):
        found(kid=kid, pages={kid: jwk(1)})


def test_an_address_that_does_not_answer_says_nothing() -> None:
    with pytest.raises(DidUnreachable):
        found(kid=KID)
    with pytest.raises(DidUnreachable):
        found(kid="a")


def test_metadata_gives_keys_directly_or_at_an_address() -> None:
    tenant = "https://college.example/tenant/1"
    where = "https://college.example/.well-known/jwt-vc-issuer/tenant/1"
    page = {"issuer": tenant, "jwks": {"keys": [jwk(1, kid="a")]}}
    assert found(kid="a", issuer=tenant, pages={where: page}) == (keys.from_jwk(jwk(1)),)
    sets = "https://college.example/jwks.json"
    by_address: dict[str, Any] = {where: {"issuer": tenant, "jwks_uri": sets}, sets: {"keys": [jwk(1)]}}
    assert found(issuer=tenant, pages=by_address) == (keys.from_jwk(jwk(1)),)


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        ({"issuer": "https://other.example", "jwks": {"keys": []}}, MalformedDidDocument),
        ({"jwks": {"keys": []}}, MalformedDidDocument),
        ({"issuer": ISSUER}, MalformedDidDocument),
        ({"issuer": ISSUER, "jwks": {}, "jwks_uri": "https://college.example/jwks"}, MalformedDidDocument),
        ({"issuer": ISSUER, "jwks_uri": "https://evil.example/jwks"}, KeyUnavailable),
        ({"issuer": ISSUER, "jwks": {}}, VerificationMethodNotFound),
        ({"issuer": ISSUER, "jwks": {"keys": ["text"]}}, MalformedKey),
    ],
)
def test_metadata_that_is_not_the_issuers_gives_no_key(
    page: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        found(pages={"https://college.example/.well-known/jwt-vc-issuer": page})


def test_a_set_with_a_secret_or_with_one_name_twice_is_refused() -> None:
    with pytest.raises(MalformedKey):
        choose([jwk(1), {"kty": "oct", "k": "AAAA"}], None)
    with pytest.raises(MalformedKey):
        choose([jwk(1), jwk(2, d="AAAA")], None)
    with pytest.raises(MalformedKey):
        choose([jwk(1, kid="a"), jwk(2, kid="a")], "a")
    with pytest.raises(MalformedKey):
        choose([jwk(1, kid=1)], None)
    with pytest.raises(MalformedKey):
        choose([jwk(1)] * 101, None)


def test_a_key_of_another_kind_is_passed_over_unless_it_is_the_one_named() -> None:
    other = {"kty": "OKP", "crv": "X25519", "x": "AAAA", "kid": "x"}
    assert choose([other, jwk(1, use="enc"), jwk(2)], None) == (keys.from_jwk(jwk(2)),)
    with pytest.raises(UnsupportedKey):
        choose([other, jwk(2)], "x")
    with pytest.raises(MalformedKey):
        choose([jwk(1, use="enc", kid="e")], "e")


@pytest.mark.parametrize(
    "beside", [jwk(1, key_ops=["sign"]), jwk(1, x="AA"), {"kty": "RSA", "n": "AQAB", "e": "AQAB"}]
)
def test_a_key_that_nobody_named_and_nobody_can_use_stands_in_no_ones_way(beside: JsonObject) -> None:
    assert choose([beside, jwk(2)], None) == (keys.from_jwk(jwk(2)),)


def test_a_set_of_keys_that_are_not_understood_accuses_nobody() -> None:
    newer = {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"}
    with pytest.raises(UnsupportedKey):
        choose([newer], None)
    with pytest.raises(UnsupportedKey):
        choose([jwk(1, x="AA"), newer], "a")
