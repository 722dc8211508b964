"""Data Integrity: published vectors, and proofs with one thing changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.issuing_keys import Kind, SigningKey, multibase
from tests.issuing_proofs import embedded
from verifier.errors import (
    InvalidSignature,
    KeyMismatch,
    MalformedProof,
    UndefinedTerm,
    UnsupportedSuite,
    VerifierError,
)
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import CRYPTOSUITES, data_integrity, keys, lookup
from verifier.proofs.contexts import Contexts
from verifier.proofs.data_integrity import PreviousProofMissing

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
LIMITS = Limits()
CONTEXTS = Contexts.of({})
FLIPS = 40  # characters of a proof value changed one by one; every one must matter

CREDENTIAL: JsonObject = {
    "@context": [V2],
    "id": "urn:uuid:5f0c2a37-0001-4000-8000-000000000001",
    "type": ["VerifiableCredential"],
    "issuer": "did:web:college.example",
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:learner", "name": "Ada Example"},
}

SIGNED: list[tuple[str, Kind]] = [
    ("eddsa-rdfc-2022", "Ed25519"),
    ("eddsa-jcs-2022", "Ed25519"),
    ("ecdsa-rdfc-2019", "P-256"),
    ("ecdsa-rdfc-2019", "P-384"),
    ("ecdsa-jcs-2019", "P-256"),
    ("ecdsa-jcs-2019", "P-384"),
    ("Ed25519Signature2020", "Ed25519"),
]


def options(suite: str, **changes: Any) -> JsonObject:
    kind = {"type": suite} if "Signature" in suite else {"type": "DataIntegrityProof", "cryptosuite": suite}
    return {
        **kind,
        "created": "2026-03-01T09:00:00Z",
        "verificationMethod": "did:web:college.example#key-1",
        "proofPurpose": "assertionMethod",
        **changes,
    }


def issue(suite: str, kind: Kind, **changes: Any) -> JsonObject:
    document = copy.deepcopy(CREDENTIAL)
    if suite == "Ed25519Signature2020":
        document["@context"] = [V1, ED2020]
        document["issuanceDate"] = document.pop("validFrom")
        document["credentialSubject"].pop("name")
    return embedded(document, options(suite, **changes), SigningKey.demo(kind, "college"))


def proofs_of(document: JsonObject) -> list[EmbeddedProof]:
    proofs = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
    return [EmbeddedProof(type=proof["type"], options=proof, pointer="/proof") for proof in proofs]


def verify(document: JsonObject, key: keys.PublicKey, contexts: Contexts = CONTEXTS) -> None:
    proofs = proofs_of(document)
    for proof in proofs:
        others = tuple(other for other in proofs if other is not proof)
        data_integrity.verify(document, proof, key, contexts, LIMITS, others)


def key_of(kind: Kind) -> keys.PublicKey:
    return keys.from_multikey(SigningKey.demo(kind, "college").multikey)


# ------------------------------------------------------------------------------ published vectors

FAMILIES = ("vc-di/eddsa", "vc-di/ecdsa", "vc-di/Ed25519", "twins/")


def test_published_vectors_and_their_twins(shared_cases: Path) -> None:
    root = shared_cases / "standards"
    index = json.loads((root / "contexts" / "index.json").read_text("utf-8"))
    contexts = Contexts.of(
        {entry["url"]: (root / "contexts" / entry["file"]).read_bytes() for entry in index}
    )
    answers: dict[str, list[str]] = {"valid": [], "invalid": []}
    for case in json.loads((root / "manifest.json").read_text("utf-8")):
        document = (
            json.loads((root / case["file"]).read_text("utf-8")) if case["kind"].startswith(FAMILIES) else {}
        )
        proofs = proofs_of(document) if "proof" in document else []
        methods = [str(proof.options["verificationMethod"]) for proof in proofs]
        if (
            case["layer"] != "proof"
            or not all(method.startswith("did:key:") for method in methods)
            or not proofs
        ):
            continue
        try:
            for proof, method in zip(proofs, methods, strict=True):
                key = keys.from_multikey(method.partition("#")[2])
                others = tuple(other for other in proofs if other is not proof)
                data_integrity.verify(document, proof, key, contexts, LIMITS, others)
            answer = "valid"
        except VerifierError:
            answer = "invalid"
        assert answer == case["expect"], case["id"]
        answers[answer].append(case["id"])
    assert len(answers["valid"]) >= 9
    assert len(answers["invalid"]) >= 10


# ------------------------------------------------------------------------------ the registry


def test_what_is_not_registered_is_unsupported() -> None:
    with pytest.raises(UnsupportedSuite):
        lookup("eddsa-rdfc-2099")


@pytest.mark.parametrize("name", CRYPTOSUITES)
def test_a_registered_suite_answers_to_its_own_name(name: str) -> None:
    assert lookup(name).name == name


# ------------------------------------------------------------------------------ one change each


@pytest.mark.parametrize(("suite", "kind"), SIGNED)
def test_what_an_issuer_signed_verifies(suite: str, kind: Kind) -> None:
    verify(issue(suite, kind), key_of(kind))


@pytest.mark.parametrize(("suite", "kind"), SIGNED)
@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(id="urn:uuid:5f0c2a37-0001-4000-8000-000000000002"),
        lambda document: document["credentialSubject"].update(id="did:example:somebody-else"),
        lambda document: document["proof"].update(created="2026-03-02T09:00:00Z"),
        lambda document: document["proof"].update(proofPurpose="authentication"),
        lambda document: document["proof"].update(verificationMethod="did:web:college.example#key-2"),
        lambda document: document["proof"].update(expires="2036-03-02T09:00:00Z"),
        lambda document: document["proof"].pop("created"),
    ],
)
def test_no_part_of_document_or_proof_may_change(
    suite: str, kind: Kind, change: Callable[[JsonObject], object]
) -> None:
    document = issue(suite, kind)
    change(document)
    with pytest.raises((InvalidSignature, UndefinedTerm)):
        verify(document, key_of(kind))


@pytest.mark.parametrize(("suite", "kind"), SIGNED)
def test_no_character_of_the_value_may_change(suite: str, kind: Kind) -> None:
    document = issue(suite, kind)
    value = document["proof"]["proofValue"]
    for at in range(1, len(value), max(1, len(value) // FLIPS)):
        other = "2" if value[at] != "2" else "3"
        document["proof"]["proofValue"] = value[:at] + other + value[at + 1 :]
        with pytest.raises(InvalidSignature):
            verify(document, key_of(kind))


@pytest.mark.parametrize(("suite", "kind"), SIGNED)
def test_another_key_and_another_kind_are_refused(suite: str, kind: Kind) -> None:
    stranger = keys.from_multikey(SigningKey.demo(kind, "stranger").multikey)
    with pytest.raises(InvalidSignature):
        verify(issue(suite, kind), stranger)
    with pytest.raises(KeyMismatch):
        verify(issue(suite, kind), key_of("P-256" if kind == "Ed25519" else "Ed25519"))


@pytest.mark.parametrize(("suite", "kind"), SIGNED)
@pytest.mark.parametrize(
    "change",
    [
        {"proofValue": ""},
        {"proofValue": "z"},
        {"proofValue": "u" + "A" * 86},
        {"proofValue": "z0OIl"},
        {"proofValue": "z" + "1" * 300_000},
        {"proofValue": {"a": "z1"}},
        {"proofValue": None},
        {"proofValue": ["z1"]},
        {"jws": "eyJhbGciOiJub25lIn0.."},
        {"verified": True},
        {"created": "yesterday"},
        {"created": "2026-03-01T09:00:00"},
        {"created": ["2026-03-01T09:00:00Z"]},
        {"expires": "9" * 60_000},
        {"proofPurpose": None},
        {"verificationMethod": {"id": "did:web:college.example#key-1"}},
        {"@context": "https://attacker.example/c"},
        {"@context": [V2, "https://attacker.example/c"]},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_proof_with_a_wrong_shape_is_malformed(suite: str, kind: Kind, change: JsonObject) -> None:
    document = issue(suite, kind)
    document["proof"].update(change)
    with pytest.raises(MalformedProof) as caught:
        verify(document, key_of(kind))
    assert caught.value.pointer.startswith("/proof")


def test_a_data_integrity_proof_names_its_suite() -> None:
    document = issue("eddsa-rdfc-2022", "Ed25519")
    for name in (None, 7, ["eddsa-rdfc-2022"]):
        document["proof"]["cryptosuite"] = name
        with pytest.raises(MalformedProof):
            verify(document, key_of("Ed25519"))


@pytest.mark.parametrize(("mine", "other"), [("rdfc", "jcs"), ("jcs", "rdfc")])
def test_a_relabelled_suite_does_not_hold(mine: str, other: str) -> None:
    document = issue(f"eddsa-{mine}-2022", "Ed25519")
    document["proof"]["cryptosuite"] = f"eddsa-{other}-2022"
    with pytest.raises(VerifierError):
        verify(document, key_of("Ed25519"))


def test_contexts_appended_after_a_jcs_proof_leave_its_prefix_signed() -> None:
    document = issue("eddsa-jcs-2022", "Ed25519")
    document["@context"] = [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    verify(document, key_of("Ed25519"))  # vc-di-eddsa §3.3.2 step 4.1 allows it
    document["@context"] = [V1, V2]
    with pytest.raises(MalformedProof):
        verify(document, key_of("Ed25519"))


def test_an_undefined_term_is_named_not_just_refused() -> None:
    document = issue("eddsa-rdfc-2022", "Ed25519")
    document["credentialSubject"]["gpa"] = "4.0"
    with pytest.raises(UndefinedTerm) as caught:
        verify(document, key_of("Ed25519"))
    assert caught.value.pointer == "/credentialSubject/gpa"


# ------------------------------------------------------------------------------ sets and chains


def chained() -> JsonObject:
    first = issue("eddsa-rdfc-2022", "Ed25519", id="urn:uuid:5f0c2a37-0002-4000-8000-000000000001")
    second = options("eddsa-rdfc-2022", previousProof="urn:uuid:5f0c2a37-0002-4000-8000-000000000001")
    return embedded(first, second, SigningKey.demo("Ed25519", "college"))


def test_a_chain_holds_with_all_its_links() -> None:
    verify(chained(), key_of("Ed25519"))


def test_a_chain_without_its_first_link_is_refused() -> None:
    document = chained()
    document["proof"] = document["proof"][1]
    with pytest.raises(PreviousProofMissing):
        verify(document, key_of("Ed25519"))


def test_the_first_link_may_not_change_under_the_second() -> None:
    document = chained()
    first, second = proofs_of(document)
    first.options["proofValue"] = multibase(b"\1" * 64)
    with pytest.raises(InvalidSignature):
        data_integrity.verify(document, second, key_of("Ed25519"), CONTEXTS, LIMITS, (first,))


@pytest.mark.parametrize("previous", [None, [], 7, [7], {"a": 1}])
def test_a_previous_proof_is_named_by_text(previous: Any) -> None:
    document = issue("eddsa-rdfc-2022", "Ed25519")
    document["proof"]["previousProof"] = previous
    with pytest.raises(MalformedProof):
        verify(document, key_of("Ed25519"))
