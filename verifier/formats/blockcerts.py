"""Blockcerts 2 and 3: badges and credentials whose hash is in a Merkle tree anchored in a public chain.

    {"type": "Assertion", "signature": {"type": ["MerkleProof2017", "Extension"], "targetHash": "…",
     "proof": [{"right": "…"}], "merkleRoot": "…", "anchors": [{"sourceId": "…", "type": "BTCOpReturn"}]}}

Version 2 is an Open Badge 2.0 with a `signature`; version 3 a W3C credential with a proof of MerkleProof2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.errors import VerifierError
from verifier.formats import open_badges_2, w3c_vc
from verifier.formats.document import Document, Format
from verifier.model import Credential, EmbeddedProof, JsonObject, MerkleReceipt, Proof
from verifier.policy import Limits
from verifier.strict_json import text_of, texts

BLOCKCERTS_SPEC = "https://www.blockcerts.org/guide/standard.html"
MERKLE_2017 = "MerkleProof2017"
MERKLE_2019 = "MerkleProof2019"
_SUITE = "merkle-proof-2019"  # the name of MerkleProof2019 as a cryptosuite


def sniff(document: Document) -> bool:
    json = document.json
    return _is_version_2(json) or (
        "BlockcertsCredential" in texts(json.get("type")) and "credentialSubject" in json
    )


def _is_version_2(json: JsonObject) -> bool:
    signature = json.get("signature")
    return isinstance(signature, dict) and MERKLE_2017 in texts(signature.get("type"))


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    if _is_version_2(json):
        receipt = MerkleReceipt(scheme=MERKLE_2017, options=json["signature"], pointer="/signature")
        badge = open_badges_2.credential_of(json, (), format_name="blockcerts")
        subjects = tuple(replace(subject, name=_recipient_name(json)) for subject in badge.subjects)
        return replace(badge, proofs=(receipt,), subjects=subjects)
    fields = w3c_vc.common(document, limits)
    fields["proofs"] = tuple(_receipt_of(proof) for proof in fields["proofs"])
    return Credential(format="blockcerts", subjects=w3c_vc.subjects_of(json), **fields)


def _recipient_name(json: JsonObject) -> str:
    profile = json.get("recipientProfile")
    return text_of(profile.get("name")) if isinstance(profile, dict) else ""


def _receipt_of(proof: Proof) -> Proof:
    """A proof of MerkleProof2019 as a receipt; every other stays what it is."""
    if not isinstance(proof, EmbeddedProof):
        return proof
    if proof.type == MERKLE_2019 or proof.options.get("cryptosuite") == _SUITE:
        return MerkleReceipt(scheme=MERKLE_2019, options=proof.options, pointer=proof.pointer)
    return proof


def examine(credential: Credential) -> Iterator[VerifierError]:
    """The rules of the kind of document that the certificate is made from."""
    if _is_version_2(credential.document):
        yield from open_badges_2.examine_common(credential.document)
    else:
        yield from w3c_vc.examine(credential)


BLOCKCERTS = Format(
    name="blockcerts", label="Blockcerts certificate", sniff=sniff, parse=parse, examine=examine
)
