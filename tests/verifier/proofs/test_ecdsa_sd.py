"""ecdsa-sd-2023: derived proofs made here, and each part of one changed."""

from __future__ import annotations

import copy
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import cbor2
import pytest

from tests.issuing_keys import SigningKey, b64url
from verifier.errors import InvalidSignature, KeyMismatch, MalformedProof, UndefinedTerm, WorkLimit
from verifier.model import EmbeddedProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import canonical, data_integrity, keys
from verifier.proofs.contexts import Contexts
from verifier.proofs.encoding import multibase

LIMITS = Limits()
CONTEXTS = Contexts.of({})
ISSUER, OWN = SigningKey.demo("P-256", "college"), SigningKey.demo("P-256", "one proof")
KEY = keys.from_multikey(ISSUER.multikey)

DOCUMENT: JsonObject = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:5f0c2a37-0003-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": "did:web:college.example",
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:5f0c2a37-0004-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "MIG and TIG",
            "criteria": {"narrative": "A practical test"},
        },
    },
}
OPTIONS: JsonObject = {
    "type": "DataIntegrityProof",
    "cryptosuite": "ecdsa-sd-2023",
    "created": "2026-03-01T09:00:00Z",
    "verificationMethod": "did:web:college.example#key-2",
    "proofPurpose": "assertionMethod",
}


def parts_of(document: JsonObject) -> list[Any]:
    """The five parts of a derived proof that withholds nothing (vc-di-ecdsa §3.5.7)."""
    dataset = canonical.canonical_dataset(document, CONTEXTS, LIMITS)
    hashed = {
        label: hmac.digest(b"demo", label.removeprefix("_:").encode(), "sha256")
        for label in dataset.labels.values()
    }
    statements = dataset.relabelled({label: f"_:u{b64url(digest)}" for label, digest in hashed.items()})
    mandatory = [at for at, statement in enumerate(statements) if "credentials#issuer" in statement]
    configuration = canonical.rdfc({**OPTIONS, "@context": document["@context"]}, CONTEXTS, LIMITS)
    own_key = multibase(OWN.multikey)
    shown = "".join(statements[at] for at in mandatory).encode()
    data = hashlib.sha256(configuration).digest() + own_key + hashlib.sha256(shown).digest()
    signatures = [OWN.sign(text.encode()) for at, text in enumerate(statements) if at not in mandatory]
    labels = {int(label.removeprefix("_:c14n")): digest for label, digest in hashed.items()}
    return [ISSUER.sign(data), own_key, signatures, labels, mandatory]


def signed(parts: Any, header: bytes = b"\xd9\x5d\x01") -> EmbeddedProof:
    value = "u" + b64url(header + cbor2.dumps(parts))
    return EmbeddedProof(
        type="DataIntegrityProof", options={**OPTIONS, "proofValue": value}, pointer="/proof"
    )


def verify(document: JsonObject, proof: EmbeddedProof, limits: Limits = LIMITS) -> None:
    data_integrity.verify(document, proof, KEY, CONTEXTS, limits)


def test_a_derived_proof_holds() -> None:
    verify(DOCUMENT, signed(parts_of(DOCUMENT)))


def test_a_withheld_statement_leaves_the_rest_proved() -> None:
    parts = parts_of(DOCUMENT)
    dataset = canonical.canonical_dataset(DOCUMENT, CONTEXTS, LIMITS)
    digests = {f"_:c14n{number}": f"_:u{b64url(label)}" for number, label in parts[3].items()}
    statements = [text for at, text in enumerate(dataset.relabelled(digests)) if at not in parts[4]]
    withheld = next(at for at, text in enumerate(statements) if "description" in text)
    shown = copy.deepcopy(DOCUMENT)
    del shown["credentialSubject"]["achievement"]["description"]
    before = [at for at in parts[4] if at > withheld]
    assert not before or parts[4] == before  # one mandatory statement: it moves up by one if it came later
    del parts[2][withheld]
    fewer = canonical.canonical_dataset(shown, CONTEXTS, LIMITS).relabelled(digests)
    parts[4] = [at for at, text in enumerate(fewer) if "credentials#issuer" in text]
    verify(shown, signed(parts))


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(issuer="did:web:attacker.example"),  # mandatory
        lambda document: document["credentialSubject"]["achievement"].update(name="Surgery"),
        lambda document: document.update(validFrom="2020-03-01T00:00:00Z"),
    ],
)
def test_no_statement_may_change(change: Callable[[JsonObject], object]) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(InvalidSignature):
        verify(document, signed(parts_of(DOCUMENT)))


def test_an_added_statement_needs_a_signature_of_its_own() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["name"] = "Master of Science"
    with pytest.raises(MalformedProof):
        verify(document, signed(parts_of(DOCUMENT)))
    document.pop("name")
    document["finalGrade"] = "A"
    with pytest.raises(UndefinedTerm):
        verify(document, signed(parts_of(DOCUMENT)))


def replaced(at: int, value: Any) -> list[Any]:
    parts = parts_of(DOCUMENT)
    parts[at] = value(parts[at]) if callable(value) else value
    return parts


@pytest.mark.parametrize(
    "parts",
    [
        [],
        {},
        replaced(0, "text"),
        replaced(1, lambda key: b"\xed\x01" + key[2:]),
        replaced(1, lambda key: key[:-1]),
        replaced(2, lambda signatures: signatures[1:]),
        replaced(2, lambda signatures: [*signatures[1:], 7]),
        replaced(3, lambda labels: dict(list(labels.items())[1:])),
        replaced(3, lambda labels: dict.fromkeys(labels, b"\0" * 32)),
        replaced(3, lambda labels: {at: label[:16] for at, label in labels.items()}),
        replaced(4, [0, 0]),
        replaced(4, [10**6]),
        replaced(4, [b"0"]),
    ],
    ids=range(13),
)
def test_a_proof_with_a_wrong_part_is_refused(parts: Any) -> None:
    with pytest.raises((MalformedProof, InvalidSignature)):
        verify(DOCUMENT, signed(parts))


@pytest.mark.parametrize("at", [0, 2])
def test_no_signature_may_change(at: int) -> None:
    parts = parts_of(DOCUMENT)
    target = parts[0] if at == 0 else parts[2][-1]
    forged = target[:-1] + bytes([target[-1] ^ 1])
    if at == 0:
        parts[0] = forged
    else:
        parts[2][-1] = forged
    with pytest.raises(InvalidSignature):
        verify(DOCUMENT, signed(parts))


@pytest.mark.parametrize("value", [None, "z1", "u", "uAAAA", "u2V0C", "u2V0B", "u2V0BgA"])
def test_a_value_that_is_no_derived_proof_is_refused(value: Any) -> None:
    proof = EmbeddedProof(
        type="DataIntegrityProof", options={**OPTIONS, "proofValue": value}, pointer="/proof"
    )
    with pytest.raises(MalformedProof):
        verify(DOCUMENT, proof)


def test_a_base_proof_is_not_for_showing() -> None:
    with pytest.raises(MalformedProof, match="base proof"):
        verify(DOCUMENT, signed([], header=b"\xd9\x5d\x00"))


def test_a_key_on_another_curve_is_a_mismatch() -> None:
    other = keys.from_multikey(SigningKey.demo("P-384", "college").multikey)
    with pytest.raises(KeyMismatch):
        data_integrity.verify(DOCUMENT, signed(parts_of(DOCUMENT)), other, CONTEXTS, LIMITS)


def test_statements_are_signed_one_by_one_up_to_a_limit() -> None:
    with pytest.raises(WorkLimit):
        verify(DOCUMENT, signed(parts_of(DOCUMENT)), Limits(signed_statements=3))
