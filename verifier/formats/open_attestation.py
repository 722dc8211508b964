"""OpenAttestation 2 and 3, and OpenCerts: salted documents under a Merkle root kept in an Ethereum contract.

{"version": "https://schema.openattestation.com/2.0/schema.json",
 "data": {"name": "5a4b…:string:Diploma", "issuers": [{"name": "…", "documentStore": "…:string:0x9b0c…"}]},
 "signature": {"type": "SHA3MerkleProof", "targetHash": "…", "proof": [], "merkleRoot": "…"}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verifier.errors import Refuted, VerifierError
from verifier.formats import w3c_vc
from verifier.formats.document import Document, Format
from verifier.formats.open_badges_2 import date_of
from verifier.model import (
    Achievement,
    Credential,
    EmbeddedProof,
    Issuer,
    JsonObject,
    MerkleReceipt,
    Proof,
    Subject,
)
from verifier.policy import Limits
from verifier.strict_json import objects, pointer_to, text_of, texts

OPEN_ATTESTATION_SPEC = (
    "https://www.openattestation.com/docs/docs-section/how-does-it-work/document-integrity"
)
MERKLE_2018 = "OpenAttestationMerkleProofSignature2018"
SHA3 = "SHA3MerkleProof"
# "<salt>:<kind>:<value>" (OpenAttestation 2.0 §Salting): a UUID, then the JSON type, then the text.
_SALTED = re.compile(r"[0-9a-f-]{36}:(string|number|boolean|null|undefined):(.*)", re.DOTALL)
_STORES = ("documentStore", "tokenRegistry", "certificateStore")


class AttestationMalformed(Refuted):
    """The document lacks what its schema demands."""

    code = "attestation_malformed"
    spec = OPEN_ATTESTATION_SPEC
    sentence = "is not a well-formed OpenAttestation document: {0}"


def sniff(document: Document) -> bool:
    json = document.json
    return _is_wrapped(json) or _is_raw(json) or _is_version_3(json)


def _is_wrapped(json: JsonObject) -> bool:
    signature = json.get("signature")
    return (
        isinstance(json.get("data"), dict) and isinstance(signature, dict) and signature.get("type") == SHA3
    )


def _is_raw(json: JsonObject) -> bool:
    """The text that was to be wrapped and never was."""
    issuers = objects(json.get("issuers"))
    return "credentialSubject" not in json and any(
        not {*_STORES, "identityProof"}.isdisjoint(issuer) for issuer in issuers
    )


def _is_version_3(json: JsonObject) -> bool:
    kinds = {kind for proof in objects(json.get("proof")) for kind in texts(proof.get("type"))}
    return MERKLE_2018 in kinds and "credentialSubject" in json


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    if _is_version_3(json):
        fields = w3c_vc.common(document, limits)
        fields["proofs"] = tuple(_receipt_of(proof) for proof in fields["proofs"])
        return Credential(format="open_attestation", subjects=w3c_vc.subjects_of(json), **fields)
    wrapped = _is_wrapped(json)
    data = unsalted(json["data"]) if wrapped else json
    receipt = MerkleReceipt(scheme=SHA3, options=json.get("signature", {}), pointer="/signature")
    issued = date_of(data.get("issuedOn")) or date_of(data.get("issuanceDate"))
    return Credential(
        format="open_attestation",
        document=data,
        id=data["id"] if isinstance(data.get("id"), str) else None,
        name=text_of(data.get("name")),
        issuer=_issuer_of(data),
        subjects=tuple(_subjects(data)),
        achievements=tuple(_courses(data)),
        valid_from=issued,
        valid_until=date_of(data.get("validUntil") or data.get("expiryDate"), end=True),
        issued=issued,
        proofs=(receipt,) if wrapped else (),
    )


def _receipt_of(proof: Proof) -> Proof:
    if isinstance(proof, EmbeddedProof) and proof.type == MERKLE_2018:
        return MerkleReceipt(scheme=MERKLE_2018, options=proof.options, pointer=proof.pointer)
    return proof


def unsalted(value: Any) -> Any:
    """`value` without its salts: every text is the value that it stands for."""
    if isinstance(value, dict):
        return {name: unsalted(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [unsalted(inner) for inner in value]
    match = _SALTED.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    kind, text = match.groups()
    constants = {"null": None, "undefined": None, "boolean": text == "true"}
    return constants.get(kind, text)


def _issuer_of(data: JsonObject) -> Issuer | None:
    """The first issuer, by what identifies it: a DID, a domain, or the contract that keeps its roots."""
    for index, node in enumerate(objects(data.get("issuers"))):
        proof = node.get("identityProof")
        proof = proof if isinstance(proof, dict) else {}
        location = proof.get("location")
        candidates = [
            node.get("id"),
            f"dns:{location}" if isinstance(location, str) and location else None,
            *(node.get(name) for name in _STORES),
        ]
        identifier = next((name for name in candidates if isinstance(name, str) and name), None)
        if identifier is not None:
            pointer = pointer_to("issuers", index)
            return Issuer(id=identifier, name=text_of(node.get("name")), pointer=pointer)
    return None


def _subjects(data: JsonObject) -> Iterator[Subject]:
    for node in objects(data.get("recipient")):
        yield Subject(name=text_of(node.get("name")), pointer="/recipient")


def _courses(data: JsonObject) -> Iterator[Achievement]:
    """The document itself, then each line of a transcript (OpenCerts)."""
    if name := text_of(data.get("name")):
        yield Achievement(name=name, description=text_of(data.get("description")), pointer="")
    for index, line in enumerate(objects(data.get("transcript"))):
        if name := text_of(line.get("name")):
            pointer = pointer_to("transcript", index)
            yield Achievement(name=name, achievement_type="Course", pointer=pointer)


def examine(credential: Credential) -> Iterator[VerifierError]:
    if "credentialSubject" in credential.document:
        yield from w3c_vc.examine(credential)
    elif credential.issuer is None:
        yield AttestationMalformed("it names no issuer", pointer="/issuers")


OPEN_ATTESTATION = Format(
    name="open_attestation", label="OpenAttestation document", sniff=sniff, parse=parse, examine=examine
)
