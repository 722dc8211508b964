"""SD-JWT: what is shown is exactly what the issuer signed, and only the holder shows it (RFC 9901)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import (
    InvalidSignature,
    MalformedKey,
    NotParseable,
    TooLarge,
    Unreadable,
    UnsupportedKey,
    UnsupportedSuite,
    VerifierError,
    WorkLimit,
)
from verifier.model import SdJwtProof
from verifier.policy import Limits
from verifier.proofs import jose, keys, sd_jwt
from verifier.proofs.jose import AlgorithmForbidden
from verifier.proofs.sd_jwt import DisclosureInvalid, KeyBindingInvalid, KeyBindingMissing

LIMITS = Limits()
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ISSUER = ed25519.Ed25519PrivateKey.from_private_bytes(b"issuer demo key, not for trust!!")
HOLDER = ed25519.Ed25519PrivateKey.from_private_bytes(b"holder demo key, not for trust!!")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwk_of(private: ed25519.Ed25519PrivateKey) -> dict[str, Any]:
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(private.public_key().public_bytes_raw())}


def jwt(header: dict[str, Any], claims: Any, private: ed25519.Ed25519PrivateKey = ISSUER) -> str:
    text = ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "EdDSA", **header}, claims))
    return f"{text}.{b64(private.sign(text.encode()))}"


def disclosure(*parts: Any) -> str:
    return b64(json.dumps(["salt", *parts]).encode())


def digest(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest())


def read(claims: dict[str, Any], *disclosures: str) -> dict[str, Any]:
    issued = jwt({"typ": "dc+sd-jwt"}, claims)
    return sd_jwt.disclosed(sd_jwt.split("~".join([issued, *disclosures, ""]), LIMITS), LIMITS)


NAME, DEGREE, LANGUAGE = disclosure("name", "Ana"), disclosure("degree", {"grade": 1}), disclosure("Greek")


def test_what_is_disclosed_stands_where_it_was_signed() -> None:
    claims = {
        "iss": "https://college.example",
        "_sd_alg": "sha-256",
        "_sd": [digest(NAME), digest("a decoy")],
        "languages": ["English", {"...": digest(LANGUAGE)}, {"...": digest("another decoy")}],
    }
    assert read(claims, NAME, LANGUAGE) == {
        "iss": "https://college.example",
        "name": "Ana",
        "languages": ["English", "Greek"],
    }
    assert read(claims) == {"iss": "https://college.example", "languages": ["English"]}


def test_a_disclosure_may_hold_further_ones() -> None:
    outer = disclosure("person", {"_sd": [digest(NAME)], "list": [{"...": digest(LANGUAGE)}]})
    assert read({"_sd": [digest(outer)]}, outer, NAME, LANGUAGE) == {
        "person": {"name": "Ana", "list": ["Greek"]}
    }


HOSTILE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unreferenced": ({"_sd": [digest(NAME)]}, [NAME, DEGREE]),
    "twice": ({"_sd": [digest(NAME)]}, [NAME, NAME]),
    "digest twice in one object": ({"_sd": [digest(NAME), digest(NAME)]}, [NAME]),
    "digest in two objects": ({"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}}, [NAME]),
    "decoy in two places": ({"_sd": [digest("x")], "a": [{"...": digest("x")}]}, []),
    "collides with a claim": ({"name": "Bo", "_sd": [digest(NAME)]}, [NAME]),
    "collides with another": (
        {"_sd": [digest(NAME), digest(disclosure("name", "Bo"))]},
        [NAME, disclosure("name", "Bo")],
    ),
    "array element in an object": ({"_sd": [digest(LANGUAGE)]}, [LANGUAGE]),
    "claim in an array": ({"a": [{"...": digest(NAME)}]}, [NAME]),
    "placeholder with more": ({"a": [{"...": digest(LANGUAGE), "b": 1}]}, [LANGUAGE]),
    "placeholder outside an array": ({"a": {"...": digest(LANGUAGE)}}, [LANGUAGE]),
    "placeholder at the top": ({"...": digest(LANGUAGE)}, [LANGUAGE]),
    "_sd not an array": ({"_sd": digest(NAME)}, [NAME]),
    "digest not a text": ({"_sd": [5]}, []),
    "placeholder digest not a text": ({"a": [{"...": 5}]}, []),
    "_sd_alg not a text": ({"_sd_alg": 5}, []),
    "_sd_alg inside": ({"a": {"_sd_alg": "sha-256"}}, []),
    "digest under another hash": ({"_sd_alg": "sha-512", "_sd": [digest(NAME)]}, [NAME]),
}
for _bad in (
    disclosure(),
    disclosure("a", "b", "c"),
    disclosure(5, "value"),
    disclosure("_sd", []),
    disclosure("...", "x"),
    b64(b'[5,"name","Ana"]'),
    b64(b'{"name":"Ana"}'),
    b64(b"not JSON"),
    b64(b'["salt","name",{"a":1,"a":2}]'),
    b64(b'["salt","name",NaN]'),
    NAME + "=",
    NAME[:-1] + "+",
):
    HOSTILE[f"bad disclosure {_bad[:40]}"] = ({"_sd": [digest(_bad)]}, [_bad])
for _name in ("iss", "nbf", "exp", "cnf", "vct", "status", "_sd_alg", "credentialStatus", "validUntil"):
    _bad = disclosure(_name, 1)
    HOSTILE[f"{_name} left to the holder"] = ({"_sd": [digest(_bad)]}, [_bad])


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_issuer_did_not_sign_in_this_form_is_refused(name: str) -> None:
    claims, disclosures = HOSTILE[name]
    with pytest.raises(DisclosureInvalid):
        read(claims, *disclosures)


@pytest.mark.parametrize("name", ["md5", "sha-1", "SHA-256", "sha3-256"])
def test_an_unknown_hash_is_neither_a_yes_nor_a_no(name: str) -> None:
    with pytest.raises(UnsupportedSuite):
        read({"_sd_alg": name, "_sd": [digest(NAME)]}, NAME)


@pytest.mark.parametrize(("name", "function"), [("sha-384", hashlib.sha384), ("sha-512", hashlib.sha512)])
def test_longer_hashes_are_read(name: str, function: Callable[[bytes], Any]) -> None:
    claims = {"_sd_alg": name, "_sd": [b64(function(NAME.encode()).digest())]}
    assert read(claims, NAME) == {"name": "Ana"}


def test_disclosures_nested_without_end_stop_at_a_limit() -> None:
    inner = disclosure("end", 1)
    chain = [inner]
    for _ in range(20):
        inner = disclosure("next", {"_sd": [digest(inner)]})
        chain.append(inner)
    with pytest.raises(WorkLimit):
        read({"_sd": [digest(inner)]}, *chain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        jwt({}, {}),
        jwt({}, {}) + "~~",
        jwt({}, {}) + "~" + NAME,
        jwt({}, {}) + "~" + NAME + "~a.b",
        "~" + NAME + "~",
        "é~",
    ],
)
def test_what_is_not_an_sd_jwt_is_unreadable(text: str) -> None:
    for form in (text, text.encode()):
        with pytest.raises(Unreadable):
            sd_jwt.split(form, LIMITS)


def test_ten_thousand_disclosures_are_not_read() -> None:
    with pytest.raises(TooLarge):
        sd_jwt.split(jwt({}, {}) + "~" + f"{NAME}~" * 10_000, LIMITS)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["_sd", "...", "a", "_sd_alg"]), inner)))  # fmt: skip
def test_only_verifier_errors_escape(value: Any) -> None:
    text = disclosure("x", value)
    with contextlib.suppress(VerifierError):
        read({"_sd": [digest(text)], "a": value}, text)


# ------------------------------------------------------------------------------------- key binding


def presentation(
    *, header: dict[str, Any] | None = None, private: Any = HOLDER, drop: bool = False, **changes: Any
) -> SdJwtProof:
    """A presentation of a name by its holder, with `changes` to what the holder signs."""
    issued = jwt({"typ": "dc+sd-jwt"}, {"_sd": [digest(NAME)], "cnf": {"jwk": jwk_of(HOLDER)}})
    shown = f"{issued}~{NAME}~"
    claims = {
        "nonce": "n-1",
        "aud": "https://hire.example",
        "iat": int(NOW.timestamp()),
        "sd_hash": digest(shown),
    }
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    if drop:
        shown = f"{issued}~"
    return sd_jwt.split(shown + jwt(header or {"typ": "kb+jwt"}, claims, private), LIMITS)


def judge(
    proof: SdJwtProof, nonce: str | None = "n-1", audience: str | None = "https://hire.example"
) -> None:
    sd_jwt.verify_key_binding(
        proof,
        sd_jwt.holder_key(proof.jws.claims),
        nonce=nonce,
        audience=audience,
        now=NOW,
        max_age=timedelta(minutes=5),
        skew=timedelta(minutes=5),
    )


def test_a_presentation_by_its_holder_is_accepted() -> None:
    judge(presentation())
    judge(presentation(), nonce=None, audience=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "n-2"},
        {"nonce": None},
        {"nonce": 1},
        {"aud": "https://other.example"},
        {"aud": None},
        {"aud": ["https://hire.example", "https://other.example"]},
        {"sd_hash": None},
        {"sd_hash": digest("something else")},
        {"iat": None},
        {"iat": True},
        {"iat": "1"},
        {"iat": int(NOW.timestamp()) + 301},
        {"iat": int(NOW.timestamp()) - 601},
        {"header": {"typ": "JWT"}},
        {"header": {"kid": "x"}},
        {"drop": True},
    ],
    ids=str,
)
def test_a_presentation_for_another_occasion_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(KeyBindingInvalid):
        judge(presentation(**changes))


def test_a_presentation_by_somebody_else_is_refused() -> None:
    with pytest.raises(InvalidSignature):
        judge(presentation(private=ISSUER))
    with pytest.raises(AlgorithmForbidden):
        judge(presentation(header={"typ": "kb+jwt", "alg": "none"}))


def test_a_presentation_without_its_holder_proves_nothing() -> None:
    with pytest.raises(KeyBindingMissing):
        judge(sd_jwt.split(jwt({}, {"cnf": {"jwk": jwk_of(HOLDER)}}) + "~", LIMITS))


@pytest.mark.parametrize(
    ("confirmation", "refusal"),
    [
        (None, KeyBindingInvalid),
        ({}, KeyBindingInvalid),
        ("text", KeyBindingInvalid),
        ({"kid": "x"}, UnsupportedKey),
        ({"jwk": {"kty": "oct"}}, MalformedKey),
    ],
)
def test_the_holders_key_is_the_one_the_issuer_named(confirmation: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sd_jwt.holder_key({"cnf": confirmation})


# ------------------------------------------------------------------------------------- JSON, vectors


def test_the_json_serialisation_says_the_same() -> None:
    protected, payload, signature = jwt({"typ": "dc+sd-jwt"}, {"_sd": [digest(NAME)]}).split(".")
    flat: dict[str, Any] = {"protected": protected, "payload": payload, "signature": signature}
    for document in ({**flat, "header": {"disclosures": [NAME]}}, {**flat, "disclosures": [NAME]}):
        proof = sd_jwt.split_json(document, LIMITS)
        assert sd_jwt.disclosed(proof, LIMITS) == {"name": "Ana"}
        assert proof.presented == f"{protected}.{payload}.{signature}~{NAME}~"
    for header in ({"disclosures": NAME}, {"disclosures": [5]}, {"disclosures": [], "kb_jwt": 5}):
        with pytest.raises(NotParseable):
            sd_jwt.split_json({**flat, "header": header}, LIMITS)
    with pytest.raises(TooLarge):
        sd_jwt.split_json({**flat, "disclosures": [NAME] * 501}, LIMITS)


def cases(folder: Path) -> Iterator[tuple[dict[str, Any], SdJwtProof]]:
    for case in json.loads((folder / "standards/manifest.json").read_text()):
        if case["kind"].startswith("sd-jwt") or "sdjwt" in case["kind"]:
            data = (folder / "standards" / case["file"]).read_bytes()
            if case["file"].endswith(".json"):
                document = json.loads(data)
                document = json.loads(document) if isinstance(document, str) else document
                yield case, sd_jwt.split_json(document, LIMITS)
            else:
                yield case, sd_jwt.split(data, LIMITS)


# The generator of these two hashed a JSON text, where RFC 9901 §8.1 wants the compact serialisation.
KEY_BINDING_DIFFERS = {"sd-jwt-json_serialization_general", "sd-jwt-json_serialization_general-2"}


def verified(case: dict[str, Any], proof: SdJwtProof) -> dict[str, Any]:
    given_keys = case["keys"]
    jwk = given_keys.get("issuer_jwk") or given_keys["verification_method_document"]["publicKeyJwk"]
    jose.verify(proof.jws, keys.from_jwk(jwk))
    return sd_jwt.disclosed(proof, LIMITS)


def bound(case: dict[str, Any], proof: SdJwtProof) -> None:
    """Whether the holder's signature fits; the age of a vector says nothing."""
    sd_jwt.verify_key_binding(
        proof,
        sd_jwt.holder_key(proof.jws.claims),
        nonce=case["keys"]["nonce"],
        audience=case["keys"]["aud"],
        now=NOW,
        max_age=timedelta(days=3650),
        skew=timedelta(days=3650),
    )


@pytest.mark.shared
def test_sd_jwt_vectors(shared_cases: Path) -> None:
    seen = 0
    for case, proof in cases(shared_cases):
        if "media_type" in case["id"]:  # `typ` is for the reader of the format
            continue
        if case["expect"] != "valid":
            with pytest.raises(VerifierError):
                verified(case, proof)
            continue
        seen += 1
        claims = verified(case, proof)
        if expected := (case.get("expected_files") or {}).get("verified_claims"):
            assert claims == json.loads((shared_cases / "standards" / expected).read_text()), case["id"]
        if case["id"] in KEY_BINDING_DIFFERS:
            with pytest.raises(KeyBindingInvalid):
                bound(case, proof)
        elif proof.key_binding:
            bound(case, proof)
    assert seen >= 18
