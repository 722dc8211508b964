"""Merkle receipts: what is broken in itself is refused, and what only a chain could tell is never a yes."""

from __future__ import annotations

import hashlib
from typing import Any

import base58
import pytest

from tests.conftest import TERM_START
from tests.issuing import json_bytes
from tests.issuing_proofs import rdfc
from verifier import MemoryWeb, Outcome, Report, Uploaded, Verdict, verify

Json = dict[str, Any]
FAILED, INDETERMINATE = Verdict.FAILED, Verdict.INDETERMINATE
SIBLING = hashlib.sha256(b"another certificate").hexdigest()


def certificate(**changes: Any) -> Json:
    """A certificate of Blockcerts 2 without its signature, in terms of Open Badges 2.0 alone."""
    return {
        "@context": ["https://w3id.org/openbadges/v2"],
        "id": "urn:uuid:bbba8553-8ec1-445f-82c9-a57251dd731c",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "alex@learner.example"},
        "issuedOn": "2026-06-30T09:00:00Z",
        "verification": {"type": "VerificationObject"},
        "badge": {
            "id": "urn:uuid:82a4c9f2-3588-457b-80ea-da695571b8fc",
            "type": "BadgeClass",
            "name": "Certificate of Accomplishment",
            "issuer": {"id": "https://college.example/issuer", "type": "Profile", "name": "College"},
        },
        **changes,
    }


def hash_of(document: Json) -> str:
    return hashlib.sha256(rdfc(document, "sha256")).hexdigest()


def anchored(document: Json, **changes: Any) -> Json:
    """`document` with a receipt whose path leads to its root."""
    target = hash_of(document)
    root = hashlib.sha256(bytes.fromhex(target + SIBLING)).hexdigest()
    signature = {
        "type": ["MerkleProof2017", "Extension"],
        "targetHash": target,
        "proof": [{"right": SIBLING}],
        "merkleRoot": root,
        "anchors": [{"sourceId": "1d00", "type": "BTCOpReturn"}],
    }
    return {**document, "signature": {**signature, **changes}}


def judged(document: Json) -> Report:
    return verify(Uploaded(json_bytes(document), "certificate"), web=MemoryWeb({}), now=TERM_START)


def test_a_sound_receipt_is_still_no_yes() -> None:
    report = judged(anchored(certificate()))
    assert (report.verdict, report.code) == (INDETERMINATE, "anchor_not_checked")
    assert "what it says is what the receipt was made for" in report.check("proof").findings[0].message
    assert report.proved is None
    assert report.consulted == ()


def test_a_changed_certificate_has_another_hash() -> None:
    document = anchored(certificate())
    report = judged({**document, "issuedOn": "2020-01-01T00:00:00Z"})
    assert (report.verdict, report.code) == (FAILED, "anchored_hash_differs")


@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({"merkleRoot": SIBLING}, FAILED, "merkle_path_broken"),
        ({"proof": [{"left": SIBLING}]}, FAILED, "merkle_path_broken"),
        ({"proof": []}, FAILED, "merkle_path_broken"),
        ({"proof": [{"left": SIBLING, "right": SIBLING}]}, FAILED, "malformed_proof"),
        ({"proof": [{"right": SIBLING}] * 65}, FAILED, "malformed_proof"),
        ({"proof": "no"}, FAILED, "malformed_proof"),
        ({"targetHash": "abc"}, FAILED, "malformed_proof"),
        ({"anchors": []}, FAILED, "malformed_proof"),
    ],
)
def test_a_receipt_must_be_sound(changes: Json, verdict: Verdict, code: str) -> None:
    report = judged(anchored(certificate(), **changes))
    assert (report.verdict, report.code) == (verdict, code)


def test_a_vocabulary_that_is_not_pinned_leaves_the_hash_open() -> None:
    document = anchored(certificate())
    document["@context"] = [*document["@context"], "https://college.example/context"]
    assert judged(document).code == "anchor_not_checked"


# ------------------------------------------------------------------------- MerkleProof2019, CBOR


def cbor(value: Any) -> bytes:
    """`value` in the subset that receipts are written in (RFC 8949 §3.1)."""
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    return _head(4, len(value)) + b"".join(cbor(item) for item in value)


def _head(major: int, number: int) -> bytes:
    return bytes([major << 5 | number]) if number < 24 else bytes([major << 5 | 24, number])


def text(digest: str) -> bytes:
    return b"x@" + digest.encode()


def blockcert(receipt: Any) -> Json:
    value = receipt if isinstance(receipt, str) else "z" + base58.b58encode(cbor(receipt)).decode()
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/blockcerts/v3"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "BlockcertsCredential"],
        "issuer": "https://college.example/issuer",
        "issuanceDate": "2026-06-30T09:00:00Z",
        "credentialSubject": {"id": "did:example:1"},
        "proof": {"type": "MerkleProof2019", "proofValue": value},
    }


TARGET = hashlib.sha256(b"target").hexdigest()
ROOT = hashlib.sha256(bytes.fromhex(SIBLING + TARGET)).hexdigest()
ANCHORS = [2, [[[0, 0], [1, 3], [2, b"xid"]]]]


@pytest.mark.parametrize(
    ("receipt", "verdict", "code"),
    [
        (
            [[3, [[0, text(SIBLING)]]], [0, text(ROOT)], [1, text(TARGET)], ANCHORS],
            FAILED,
            "anchored_hash_differs",
        ),
        (
            [[3, [[1, text(SIBLING)]]], [0, text(ROOT)], [1, text(TARGET)], ANCHORS],
            FAILED,
            "merkle_path_broken",
        ),
        ([[3, [[7, text(SIBLING)]]], [0, text(ROOT)], [1, text(TARGET)], ANCHORS], FAILED, "malformed_proof"),
        ([[3, []], [0, b"x"], [1, text(TARGET)], ANCHORS], FAILED, "malformed_proof"),
        ([[0, text(ROOT)]], FAILED, "malformed_proof"),
        ([1, 2], FAILED, "malformed_proof"),
        (7, FAILED, "malformed_proof"),
        ("z", FAILED, "malformed_proof"),
        ("z0OIl", FAILED, "malformed_proof"),
        ("zzzz", INDETERMINATE, "anchor_not_checked"),
    ],
)
def test_a_receipt_in_cbor_is_judged_alike(receipt: Any, verdict: Verdict, code: str) -> None:
    report = judged(blockcert(receipt))
    assert (report.verdict, report.check("proof").findings[0].code) == (verdict, code)


# ------------------------------------------------------------------------- OpenAttestation


def attestation(**changes: Any) -> Json:
    salt = "5a4b9a2e-6f5e-4c39-9f6e-0d5d3f8f7a11"
    store = f"{salt}:string:0x9b0c63fD8924398D677d9c5Ae7E228864D4e47e0"
    signature = {"type": "SHA3MerkleProof", "targetHash": TARGET, "proof": [], "merkleRoot": TARGET}
    return {
        "version": "https://schema.openattestation.com/2.0/schema.json",
        "data": {
            "name": f"{salt}:string:Diploma",
            "passed": f"{salt}:boolean:true",
            "issuedOn": f"{salt}:string:2026-05-29T00:00:00+08:00",
            "issuers": [{"name": f"{salt}:string:Example Poly", "documentStore": store}],
            "recipient": {"name": f"{salt}:string:Alex"},
            "transcript": [{"name": f"{salt}:string:Programming"}],
        },
        "signature": {**signature, **changes},
    }


def test_an_attestation_is_read_and_never_verified() -> None:
    report = judged(attestation())
    assert (report.verdict, report.code) == (INDETERMINATE, "hash_not_computable")
    assert report.credential is not None
    assert report.credential.document["passed"] is True
    assert [entry.name for entry in report.credential.achievements] == ["Diploma", "Programming"]
    assert report.check("issuer").outcome is Outcome.INDETERMINATE


def test_a_tree_of_one_leaf_has_it_as_its_root() -> None:
    assert judged(attestation(merkleRoot=SIBLING)).code == "merkle_path_broken"


def test_an_attestation_that_was_never_wrapped_is_unsigned() -> None:
    raw = {"name": "Diploma", "issuers": [{"name": "College", "documentStore": "0x9b0c"}]}
    report = judged(raw)
    assert report.verdict is FAILED
    assert report.check("proof").findings[0].code == "unsigned"


def attestation_3(**proof: Any) -> Json:
    receipt = {"type": "OpenAttestationMerkleProofSignature2018", "targetHash": TARGET, "merkleRoot": TARGET}
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": "https://college.example",
        "issuanceDate": "2026-06-30T09:00:00Z",
        "credentialSubject": {"id": "did:example:1"},
        "proof": {**receipt, "proofs": [], **proof},
    }


def test_the_third_version_is_judged_alike() -> None:
    report = judged(attestation_3())
    assert (report.verdict, report.code) == (INDETERMINATE, "hash_not_computable")
    assert judged(attestation_3(merkleRoot=SIBLING)).code == "merkle_path_broken"
    assert judged(attestation_3(proofs=None)).code == "malformed_proof"


def test_an_attestation_that_names_nobody_is_malformed() -> None:
    document = attestation()
    document["data"]["issuers"] = [{"name": "Nobody"}]
    assert judged(document).code == "attestation_malformed"
