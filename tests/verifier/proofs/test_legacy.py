"""Superseded suites: checked like any other; whether they count is the policy's matter."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.issuing_keys import Kind, SigningKey, b64url
from tests.issuing_proofs import rdfc
from verifier.errors import InvalidSignature, KeyMismatch, MalformedProof, VerifierError
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import LEGACY_SUITES, Limits, Policy
from verifier.proofs import CRYPTOSUITES, data_integrity, keys
from verifier.proofs.contexts import Contexts

V1 = "https://www.w3.org/2018/credentials/v1"
JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
CONTEXTS = Contexts.of({})

SIGNED: list[tuple[str, Kind, str]] = [
    ("Ed25519Signature2018", "Ed25519", "EdDSA"),
    ("RsaSignature2018", "RSA", "RS256"),
    ("JsonWebSignature2020", "Ed25519", "EdDSA"),
    ("JsonWebSignature2020", "P-256", "ES256"),
    ("JsonWebSignature2020", "P-384", "ES384"),
    ("JsonWebSignature2020", "RSA", "PS256"),
]


def issue(suite: str, kind: Kind, alg: str, header: JsonObject | None = None) -> JsonObject:
    document: JsonObject = {
        "@context": [V1, JWS_2020] if suite == "JsonWebSignature2020" else [V1],
        "id": "urn:uuid:5f0c2a37-0005-4000-8000-000000000001",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:college.example",
        "issuanceDate": "2019-03-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }
    proof = {
        "type": suite,
        "created": "2019-03-01T09:00:00Z",
        "verificationMethod": "did:web:college.example#key-1",
        "proofPurpose": "assertionMethod",
    }
    protected = b64url(json.dumps({"alg": alg, "b64": False, "crit": ["b64"], **(header or {})}).encode())
    parts = ({**proof, "@context": document["@context"]}, document)
    data = b"".join(hashlib.sha256(rdfc(copy.deepcopy(part), "P-256")).digest() for part in parts)
    signature = SigningKey.demo(kind, "college").sign_jws(protected.encode() + b"." + data, alg)
    return {**document, "proof": {**proof, "jws": f"{protected}..{b64url(signature)}"}}


def key_of(kind: Kind, name: str = "college") -> keys.PublicKey:
    return keys.from_jwk(SigningKey.demo(kind, name).jwk)


def verify(document: JsonObject, key: keys.PublicKey, contexts: Contexts = CONTEXTS) -> None:
    proof = EmbeddedProof(type=document["proof"]["type"], options=document["proof"], pointer="/proof")
    data_integrity.verify(document, proof, key, contexts, Limits())


def test_every_superseded_suite_can_be_checked_and_none_counts_by_default() -> None:
    assert CRYPTOSUITES.keys() >= LEGACY_SUITES
    assert Policy.standard().refused_suites == LEGACY_SUITES


@pytest.mark.parametrize(("suite", "kind", "alg"), SIGNED)
def test_what_an_issuer_signed_verifies_and_nothing_else(suite: str, kind: Kind, alg: str) -> None:
    document = issue(suite, kind, alg)
    verify(document, key_of(kind))
    document["credentialSubject"]["id"] = "did:example:somebody-else"
    with pytest.raises(InvalidSignature):
        verify(document, key_of(kind))


@pytest.mark.parametrize(
    "jws",
    [None, 7, "", "a.b", "a..b.c", "a.b.c", "..", "eyJhbGciOiJub25lIn0..", "!!..AA", "a" * 10_000 + "..AA"],
    ids=lambda value: str(value)[:20],
)
def test_a_value_that_is_no_detached_jws_is_malformed(jws: Any) -> None:
    document = issue("Ed25519Signature2018", "Ed25519", "EdDSA")
    document["proof"]["jws"] = jws
    with pytest.raises(MalformedProof):
        verify(document, key_of("Ed25519"))


@pytest.mark.parametrize(
    "header",
    [
        {"b64": True},
        {"crit": []},
        {"crit": ["b64", "exp"]},
        {"jwk": {}},
        {"jku": "https://x.example"},
        {"alg": None},
    ],
    ids=str,
)
def test_a_header_that_says_anything_else_is_malformed(header: JsonObject) -> None:
    with pytest.raises(MalformedProof):
        verify(issue("Ed25519Signature2018", "Ed25519", "EdDSA", header), key_of("Ed25519"))


@pytest.mark.parametrize("alg", ["none", "HS256", "ES256", "nOnE"])
def test_the_algorithm_follows_from_the_key(alg: str) -> None:
    document = issue("Ed25519Signature2018", "Ed25519", "EdDSA", {"alg": alg})
    with pytest.raises(KeyMismatch):
        verify(document, key_of("Ed25519"))


def test_a_value_of_a_later_suite_is_no_value_of_this_one() -> None:
    document = issue("Ed25519Signature2018", "Ed25519", "EdDSA")
    document["proof"]["proofValue"] = "z" + "1" * 64
    with pytest.raises(MalformedProof):
        verify(document, key_of("Ed25519"))


def test_another_key_is_refused() -> None:
    with pytest.raises(InvalidSignature):
        verify(issue("Ed25519Signature2018", "Ed25519", "EdDSA"), key_of("Ed25519", "stranger"))
    with pytest.raises(KeyMismatch):
        verify(issue("Ed25519Signature2018", "Ed25519", "EdDSA"), key_of("P-256"))


def test_a_badge_of_2022_still_verifies(shared_cases: Path) -> None:
    path = shared_cases / "education" / "plugfest" / "plugfest-1-ex-1.json"
    document = json.loads(path.read_text("utf-8"))
    folder = shared_cases / "standards" / "contexts"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    contexts = Contexts.of(
        {entry["url"]: (folder / entry["file"]).read_bytes() for entry in index if "plugfest" in entry["url"]}
    )
    key = keys.from_multikey(document["proof"]["verificationMethod"].partition("#")[2])
    verify(document, key, contexts)
    document["credentialSubject"]["achievement"]["name"] += "!"
    with pytest.raises(VerifierError):
        verify(document, key, contexts)
