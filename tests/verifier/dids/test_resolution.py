"""Identifiers: syntax first, then exactly one document, and a key only where that document has it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from verifier import dids
from verifier.dids import DidDocument, DidUnreachable
from verifier.dids.web import is_web_origin, url_of
from verifier.errors import (
    MalformedDid,
    MalformedDidDocument,
    MalformedKey,
    Unreachable,
    UnsupportedDidMethod,
    UnsupportedKey,
    VerificationMethodNotFound,
    VerifierError,
)
from verifier.flow import Fetch, Fetched, Purpose, drive
from verifier.policy import Limits
from verifier.proofs import keys

LIMITS = Limits()
DID_KEY = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
COLLEGE = "did:web:college.example"
X = base64.urlsafe_b64encode(
    ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
)
JWK = {"kty": "OKP", "crv": "Ed25519", "x": X.rstrip(b"=").decode()}

Answer = Callable[[Fetch], Fetched]


def served(pages: dict[str, Any]) -> Answer:
    """A web of `pages`; everything else does not answer."""

    def answer(fetch: Fetch) -> Fetched:
        assert fetch.purpose is Purpose.KEY
        if fetch.url not in pages:
            raise Unreachable(fetch.url, "no such host")
        page = pages[fetch.url]
        return Fetched(url=fetch.url, body=page if isinstance(page, bytes) else json.dumps(page).encode())

    return answer


def resolve(identifier: str, **pages: Any) -> DidDocument:
    return drive(dids.resolve(identifier, LIMITS), served(pages))


def college(**changes: Any) -> dict[str, Any]:
    method = {"id": f"{COLLEGE}#key-1", "type": "JsonWebKey", "controller": COLLEGE, "publicKeyJwk": JWK}
    return {
        "id": COLLEGE,
        "verificationMethod": [method],
        "assertionMethod": [f"{COLLEGE}#key-1"],
        **changes,
    }


def document(**changes: Any) -> DidDocument:
    return DidDocument(id=COLLEGE, document=college(**changes))


# ------------------------------------------------------------------------------------- syntax and registry


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "did",
        "did:",
        "did:web",
        "did:web:",
        "did::x",
        "did:Web:college.example",
        "did:web:college.example:",
        "did:web:college.example#key-1",
        "did:web:college.example?versionId=1",
        "did:web:college.example/path",
        "did:web:college .example",
        "did:web:college.example\n",
        "did:web:cöllege.example",
        "did:web:college.example%zz",
        "http://college.example",
        "HTTPS://college.example",
        "urn:uuid:0",
        "did:key:6MkiTBz1",
        "did:jwk:e30=",
        "did:jwk:e",
        "did:jwk:W10",
        "did:" + "a" * 3000 + ":b",
    ],
)
def test_what_is_not_an_identifier_is_malformed_and_nothing_is_asked(identifier: str) -> None:
    with pytest.raises(MalformedDid):
        resolve(identifier)


def test_an_unknown_method_is_neither_a_yes_nor_a_no() -> None:
    with pytest.raises(UnsupportedDidMethod):
        resolve("did:example:123")


def test_a_long_identifier_is_judged_in_linear_time() -> None:
    start = time.thread_time()  # of this thread alone: a busy machine is no failure
    for hostile in ("did:web:" + "a." * 200_000, "did:web:" + "%" * 400_000, "did:key:z" + "2" * 300_000):
        with pytest.raises(MalformedDid):
            resolve(hostile)
    assert time.thread_time() - start < 2  # seconds; in square time: minutes


@given(st.text(max_size=60))
def test_only_verifier_errors_escape(text: str) -> None:
    for prefix in ("", "did:", "did:web:", "did:key:z", "did:jwk:", "https://"):
        with pytest.raises(VerifierError):
            resolve(prefix + text)


# ------------------------------------------------------------------------------------- did:key, did:jwk


def test_a_did_key_is_its_own_document() -> None:
    found = resolve(DID_KEY)
    fragment = DID_KEY.removeprefix("did:key:")
    method = dids.dereference(found, f"{DID_KEY}#{fragment}")
    assert (method.controller, method.key.kind) == (DID_KEY, "Ed25519")
    assert dids.authorizes(found, f"#{fragment}", "assertionMethod")


def test_a_did_key_has_no_other_key_than_its_own() -> None:
    other = "z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf"
    with pytest.raises(VerificationMethodNotFound):
        dids.dereference(resolve(DID_KEY), f"{DID_KEY}#{other}")


def test_a_did_key_for_encryption_signs_nothing() -> None:
    with pytest.raises(UnsupportedKey):
        resolve("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F")


def test_a_did_jwk_is_its_own_document() -> None:
    did = "did:jwk:" + base64.urlsafe_b64encode(json.dumps(JWK).encode()).rstrip(b"=").decode()
    assert dids.dereference(resolve(did), f"{did}#0").key == keys.from_jwk(JWK)
    secret = {**JWK, "d": "AAAA"}
    with pytest.raises(MalformedKey):
        resolve("did:jwk:" + base64.urlsafe_b64encode(json.dumps(secret).encode()).rstrip(b"=").decode())


# ------------------------------------------------------------------------------------- did:web


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:college.example", "https://college.example/.well-known/did.json"),
        ("did:web:College.Example", "https://college.example/.well-known/did.json"),
        ("did:web:college.example%3A8443", "https://college.example:8443/.well-known/did.json"),
        ("did:web:college.example%3a8443:a", "https://college.example:8443/a/did.json"),
        ("did:web:college.example:issuers:1", "https://college.example/issuers/1/did.json"),
        ("did:web:college.example:a%20b", None),
        ("did:web:xn--mnchen-3ya.example:a-b_c.d", "https://xn--mnchen-3ya.example/a-b_c.d/did.json"),
        ("did:web:college.example:..:admin", None),
        ("did:web:college.example:%2e%2e:admin", None),
        ("did:web:college.example:.", None),
        ("did:web:college.example::a", None),
        ("did:web:college.example:a%2Fb", None),
        ("did:web:college.example:a%5Cb", None),
        ("did:web:college.example:%40a", None),
        ("did:web:college.example:a%00", None),
        ("did:web:college.example:a%3Fb", None),
        ("did:web:user%40college.example", None),
        ("did:web:college.example%2F..%2Fa", None),
        ("did:web:college.example%3A", None),
        ("did:web:college.example%3A0", None),
        ("did:web:college.example%3A65536", None),
        ("did:web:college.example%3A80%3A90", None),
        ("did:web:localhost", None),
        ("did:web:a.localhost", None),
        ("did:web:printer.local", None),
        ("did:web:127.0.0.1", None),
        ("did:web:0x7f.1", None),
        ("did:web:2130706433", None),
        ("did:web:college", None),
        ("did:web:-college.example", None),
        ("did:web:.example", None),
    ],
)
def test_a_did_web_names_one_public_address_or_none(did: str, url: str | None) -> None:
    if url is None:
        with pytest.raises(MalformedDid):
            url_of(did, LIMITS)
    else:
        assert url_of(did, LIMITS) == url


def test_a_did_web_is_read_from_its_address() -> None:
    found = resolve(COLLEGE, **{"https://college.example/.well-known/did.json": college()})
    assert dids.dereference(found, "#key-1").id == f"{COLLEGE}#key-1"


@pytest.mark.parametrize("claimed", [None, "did:web:college.example:a", "did:web:COLLEGE.example", [COLLEGE]])
def test_a_document_of_another_identifier_is_refused(claimed: object) -> None:
    with pytest.raises(MalformedDidDocument):
        resolve(COLLEGE, **{"https://college.example/.well-known/did.json": college(id=claimed)})


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"id":1,"id":2}', b"\xff"])
def test_an_address_that_gives_no_document_says_nothing(body: bytes) -> None:
    with pytest.raises(DidUnreachable):
        resolve(COLLEGE, **{"https://college.example/.well-known/did.json": body})


def test_an_address_that_does_not_answer_says_nothing() -> None:
    with pytest.raises(DidUnreachable):
        resolve(COLLEGE)


def test_an_https_identifier_is_read_from_itself() -> None:
    issuer = "https://college.example/issuers/1"
    page = college(id=issuer, verificationMethod=[{**college()["verificationMethod"][0], "id": "#key-1"}])
    found = resolve(issuer, **{issuer: page})
    assert dids.dereference(found, f"{issuer}#key-1").id == f"{issuer}#key-1"
    with pytest.raises(MalformedDidDocument):
        resolve(issuer, **{issuer: college()})


@pytest.mark.parametrize(
    "url",
    [
        "http://college.example",
        "https://user@college.example",
        "https://college.example@evil.example",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://localhost",
        "https://college.example:0",
        "https://college.example:443a",
        "https://college.example/a?b",
        "https://college.example/a#b",
        "https://college.example/a b",
        "https://college.example/a/../b",
        "https://college.example/%2e%2e/b",
        "https://college.example\\a",
        "https://college.example\n",
    ],
)
def test_an_address_open_to_two_readings_is_no_origin(url: str) -> None:
    assert not is_web_origin(url)


# ------------------------------------------------------------------------------------- documents


def test_a_key_is_never_taken_from_the_fragment() -> None:
    with pytest.raises(VerificationMethodNotFound):
        dids.dereference(document(), f"{COLLEGE}#{DID_KEY.removeprefix('did:key:')}")


@pytest.mark.parametrize("url", ["did:web:other.example#key-1", "key-1", COLLEGE, "#", "#key-2"])
def test_a_method_that_the_document_lacks_is_not_found(url: str) -> None:
    with pytest.raises(VerificationMethodNotFound):
        dids.dereference(document(), url)


def test_a_method_under_anothers_name_is_not_found() -> None:
    foreign = {**college()["verificationMethod"][0], "id": "did:web:other.example#key-1"}
    with pytest.raises(VerificationMethodNotFound):
        dids.dereference(document(verificationMethod=[foreign]), "did:web:other.example#key-1")


def test_two_methods_of_one_name_are_refused() -> None:
    method = college()["verificationMethod"][0]
    with pytest.raises(MalformedDidDocument):
        dids.dereference(document(verificationMethod=[method, method]), "#key-1")
    other = {**method, "id": "#key-1", "controller": "did:web:other.example"}
    with pytest.raises(MalformedDidDocument):
        dids.dereference(document(authentication=[other]), "#key-1")


def test_a_method_may_stand_inside_a_relationship_only() -> None:
    method = college()["verificationMethod"][0]
    embedded = document(verificationMethod=[], assertionMethod=[method])
    assert dids.dereference(embedded, "#key-1").controller == COLLEGE
    assert dids.authorizes(embedded, "#key-1", "assertionMethod")
    repeated = document(assertionMethod=[method])
    assert dids.dereference(repeated, "#key-1").controller == COLLEGE


def test_authority_is_for_one_purpose() -> None:
    found = document(authentication=["#key-2"])
    assert dids.authorizes(found, f"{COLLEGE}#key-1", "assertionMethod")
    assert not dids.authorizes(found, f"{COLLEGE}#key-1", "authentication")
    assert dids.authorizes(found, f"{COLLEGE}#key-2", "authentication")
    assert not dids.authorizes(document(id=[f"{COLLEGE}#key-1"]), f"{COLLEGE}#key-1", "id")
    assert not dids.authorizes(document(assertionMethod=None), f"{COLLEGE}#key-1", "assertionMethod")


@pytest.mark.parametrize(
    "changes",
    [
        {"verificationMethod": ["text"]},
        {"verificationMethod": [5]},
        {"assertionMethod": [5]},
        {"verificationMethod": [{"type": "Multikey"}]},
        {"verificationMethod": [{"id": ["#key-1"], "type": "Multikey"}]},
        {"verificationMethod": [{**college()["verificationMethod"][0], "controller": [COLLEGE]}]},
        {"verificationMethod": [{**college()["verificationMethod"][0], "revoked": "yesterday"}]},
        {"verificationMethod": [{**college()["verificationMethod"][0], "expires": None}]},
        {"verificationMethod": [{"id": f"#{n}", "type": "Multikey"} for n in range(201)]},
    ],
)
def test_an_impossible_document_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedDidDocument):
        dids.dereference(document(**changes), "#key-1")


def test_the_ends_of_a_key_are_read() -> None:
    method = {**college()["verificationMethod"][0], "revoked": "2026-01-01T00:00:00Z"}
    found = dids.dereference(document(verificationMethod=[method]), "#key-1")
    assert (found.revoked, found.expires) == (datetime(2026, 1, 1, tzinfo=UTC), None)


# ------------------------------------------------------------------------------------- vectors


def vectors(folder: Path, kind: str) -> list[dict[str, Any]]:
    manifest = json.loads((folder / "standards/manifest.json").read_text())
    found = [
        json.loads((folder / "standards" / case["file"]).read_text())
        for case in manifest
        if case["kind"].startswith(kind)
    ]
    assert found
    return found


@pytest.mark.shared
def test_did_key_vectors(shared_cases: Path) -> None:
    for case in vectors(shared_cases, "did-key/"):
        did, vector = case["did"], case["vector"]
        pair = vector.get("verificationKeyPair") or vector.get("verificationMethod")
        if pair is None and "publicKeyJwk" in vector:
            pair = {"type": "JsonWebKey", "publicKeyJwk": vector["publicKeyJwk"]}
        if pair is None:  # X25519: nothing that could sign
            with pytest.raises(UnsupportedKey):
                resolve(did)
            continue
        published = {name: value for name, value in pair.items() if not name.startswith("private")}
        expected = keys.from_verification_method(published)
        (method,) = resolve(did).document["verificationMethod"]
        found = keys.from_verification_method(method)
        assert (found.kind, found.key) == (expected.kind, expected.key)
        assert expected.key is not None or found.raw == expected.raw


@pytest.mark.shared
def test_did_web_vectors(shared_cases: Path) -> None:
    for case in vectors(shared_cases, "did-web/"):
        assert url_of(case["did"], LIMITS) == case["url"]


@pytest.mark.shared
def test_did_jwk_vectors(shared_cases: Path) -> None:
    for case in vectors(shared_cases, "did-jwk/"):
        found = resolve(case["did"])
        (expected,) = case["didDocument"]["verificationMethod"]
        method = dids.dereference(found, expected["id"])
        assert method.key == keys.from_verification_method(expected)
