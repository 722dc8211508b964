"""From a token's claims to a credential: both mappings, and every disagreement between the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuing import Json
from tests.issuing_documents import seconds
from tests.verifier.forging.scene import STRANGER, TOKENS
from verifier import Credential, Limits, formats
from verifier.formats import format_of
from verifier.formats.vc_jwt import unfold
from verifier.strict_json import numeric_date

LIMITS = Limits()


def read(token: str) -> Credential:
    return formats.read(token.encode(), LIMITS)


def complaints(token: str) -> list[tuple[str, str]]:
    credential = read(token)
    entry = format_of(credential)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(credential)]


def newer(header: Json | None = None, **claims: Any) -> str:
    return TOKENS.jwt(TOKENS.credential(), header=header, **claims)


def older(**claims: Any) -> str:
    return TOKENS.jwt(TOKENS.vc11(name=None), "1.1", **claims)


def test_both_models_are_read_without_a_complaint() -> None:
    assert complaints(newer()) == []
    assert complaints(older()) == []


def test_claims_of_the_older_mapping_come_back() -> None:
    document, credential = TOKENS.vc11(name=None), read(older())
    assert credential.id == document["id"]
    assert credential.issuer is not None
    assert credential.issuer.id == TOKENS.did
    assert credential.valid_from == datetime(2026, 6, 30, tzinfo=UTC)
    assert credential.valid_until == datetime(2031, 6, 30, tzinfo=UTC)
    assert credential.subjects[0].id == document["credentialSubject"]["id"]


@pytest.mark.parametrize(
    ("claims", "document"),
    [
        ({"vc": {"type": "A"}, "iss": "did:a"}, {"type": "A", "issuer": "did:a"}),
        ({"vc": {"issuer": "did:b"}, "iss": "did:a"}, {"issuer": "did:b"}),
        ({"vc": {"credentialSubject": {}}, "sub": "did:c"}, {"credentialSubject": {"id": "did:c"}}),
        (
            {"vc": {"credentialSubject": {"id": "did:d"}}, "sub": "did:c"},
            {"credentialSubject": {"id": "did:d"}},
        ),
        ({"vc": {"credentialSubject": [{}]}, "sub": "did:c"}, {"credentialSubject": [{}]}),
        ({"vc": {}, "jti": "urn:a", "nbf": 0}, {"id": "urn:a", "issuanceDate": "1970-01-01T00:00:00Z"}),
        ({"vc": {}, "exp": "soon", "jti": 5, "iss": 5}, {}),
        ({"vp": {}, "iss": "did:a", "exp": 5}, {"holder": "did:a"}),
        ({"vc": "text", "type": "A"}, {"vc": "text", "type": "A"}),
        ({"type": "A", "iss": "did:a"}, {"type": "A", "iss": "did:a"}),
    ],
)
def test_claims_are_mapped_where_the_credential_leaves_room(claims: Json, document: Json) -> None:
    assert unfold(claims) == document


@pytest.mark.parametrize(
    ("claims", "code", "pointer"),
    [
        ({"iss": STRANGER.did}, "claims_disagree", "/iss"),
        ({"sub": STRANGER.did}, "claims_disagree", "/sub"),
        ({"jti": "urn:uuid:9"}, "claims_disagree", "/jti"),
        ({"nbf": seconds("2026-06-29T00:00:00Z")}, "claims_disagree", "/nbf"),
        ({"exp": seconds("2032-06-30T00:00:00Z")}, "claims_disagree", "/exp"),
        ({"iss": 5}, "malformed", "/iss"),
        ({"sub": ["did:a"]}, "malformed", "/sub"),
        ({"jti": {}}, "malformed", "/jti"),
        ({"nbf": "2026-06-30T00:00:00Z"}, "malformed", "/nbf"),
        ({"exp": True}, "malformed", "/exp"),
        ({"exp": -1}, "malformed", "/exp"),
    ],
)
def test_a_claim_that_disagrees_is_named(claims: Json, code: str, pointer: str) -> None:
    assert (code, pointer) in complaints(newer(**claims))


def test_what_the_older_mapping_repeats_must_agree() -> None:
    document = TOKENS.vc11(name=None)
    whole = {name: value for name, value in document.items() if name != "expirationDate"}
    assert ("claims_disagree", "/iss") in complaints(older(vc=whole, iss=STRANGER.did))
    assert ("claims_disagree", "/nbf") in complaints(older(vc=whole, nbf=5))
    assert complaints(older(vc=whole)) == []


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": TOKENS.did},
        {"sub": TOKENS.credential()["credentialSubject"]["id"]},
        {"nbf": seconds("2026-06-30T00:00:00Z")},
        {"nbf": seconds("2026-06-30T00:00:00Z") + 0.5},
        {"exp": seconds("2031-06-30T00:00:00Z")},
        {"iat": 5},
        {"iss": None},
    ],
)
def test_a_claim_that_agrees_is_no_fault(claims: Json) -> None:
    assert complaints(newer(**claims)) == []


def test_a_date_that_is_none_is_named_once() -> None:
    token = TOKENS.jwt(TOKENS.credential(validUntil="soon"), exp=5)
    assert complaints(token) == [("malformed", "/validUntil")]


def test_two_sets_of_claims_are_named() -> None:
    assert ("malformed", "/credentialSubject") in complaints(older(credentialSubject={"id": "did:a"}))
    assert ("malformed", "/vp") in complaints(older(vp={"type": "VerifiablePresentation"}))


def test_the_earlier_end_counts() -> None:
    token = newer(exp=seconds("2027-01-01T00:00:00Z"))
    assert read(token).valid_until == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "typ", ["JWT", "jwt", "vc+jwt", "VC+JWT", "application/vc+jwt", "vc+ld+json+jwt", None]
)
def test_a_token_of_a_credential_may_say_so(typ: str | None) -> None:
    header = {"alg": "ES256", "kid": TOKENS.method} if typ is None else {"typ": typ}
    assert complaints(newer(header=header)) == []


@pytest.mark.parametrize("typ", ["at+jwt", "vp+jwt", "kb+jwt", "statuslist+jwt", "logout+jwt"])
def test_a_token_of_another_kind_is_no_credential(typ: str) -> None:
    assert ("token_type", "") in complaints(newer(header={"typ": typ}))


@given(st.none() | st.booleans() | st.text() | st.floats() | st.integers() | st.lists(st.integers()))
def test_any_value_is_a_date_or_none(value: Any) -> None:
    moment = numeric_date(value)
    assert moment is None or moment.tzinfo is UTC


def test_the_range_of_dates() -> None:
    assert numeric_date(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert numeric_date(253_402_300_799) == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    for value in (-1, 253_402_300_800, float("nan"), float("inf"), 10**400, True, "5"):
        assert numeric_date(value) is None
