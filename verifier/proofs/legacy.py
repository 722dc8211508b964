"""Linked-data suites with a detached JWS, superseded by Data Integrity but found in old holdings.

Ed25519Signature2018, RsaSignature2018, EcdsaSecp256k1Signature2019, JsonWebSignature2020: the same two hashes
as later suites, signed as the unencoded payload of a JWS (RFC 7797). The policy says whether they count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifier import strict_json
from verifier.errors import KeyMismatch, MalformedProof, Unreadable
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.cryptosuite import Secured, rdf_transform
from verifier.proofs.encoding import Undecodable
from verifier.proofs.jwa import SIGNATURES
from verifier.proofs.material import PublicKey

HEADER_CHARS = 500  # {"alg":"EdDSA","b64":false,"crit":["b64"]} has 56
HEADER_MEMBERS = frozenset({"alg", "b64", "crit", "kid", "typ"})  # none of them chooses a key here


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachedJws:
    """RDFC-1.0 and SHA-256 of proof and document, under a JWS header that says `b64: false`."""

    name: str
    algorithms: Mapping[str, frozenset[str]]  # the key kinds accepted, and the JWS algorithms of each
    value_name: str = "jws"

    def check(self, secured: Secured, key: PublicKey) -> None:
        if key.kind not in self.algorithms:
            raise KeyMismatch(self.name, key.kind)
        encoded, header, signature = _taken_apart(secured.value)
        algorithm = _algorithm(header)
        if algorithm not in self.algorithms[key.kind] or key.algorithm not in (None, algorithm):
            raise KeyMismatch(algorithm, key.kind)
        digests = (hashlib.sha256(part).digest() for part in rdf_transform(secured, "sha256"))
        # RFC 7797 §5.1: the payload goes in as it is, not in base64url.
        SIGNATURES[algorithm](key, encoded.encode("ascii") + b"." + b"".join(digests), signature)


def _taken_apart(value: Any) -> tuple[str, JsonObject, bytes]:
    """Header as it stands, header, signature of `header..signature` (RFC 7515 appendix F)."""
    if not isinstance(value, str) or value.count(".") != 2:
        raise MalformedProof("its value is not a JWS")
    encoded, payload, signature = value.split(".")
    if payload or len(encoded) > HEADER_CHARS:
        raise MalformedProof("its JWS is not detached, or its header is too long")
    try:
        header = strict_json.read_object(encoding.base64url(encoded), Limits())
        return encoded, header, encoding.base64url(signature)
    except (Undecodable, Unreadable) as error:
        raise MalformedProof("its JWS cannot be read") from error


def _algorithm(header: JsonObject) -> str:
    algorithm = header.get("alg")
    if header.get("b64") is not False or header.get("crit") != ["b64"] or not header.keys() <= HEADER_MEMBERS:
        raise MalformedProof("its JWS header is not that of a detached, unencoded payload")
    if not isinstance(algorithm, str):
        raise MalformedProof("its JWS header names no algorithm")
    return algorithm


ED25519_SIGNATURE_2018 = DetachedJws(
    name="Ed25519Signature2018", algorithms={"Ed25519": frozenset({"EdDSA"})}
)
RSA_SIGNATURE_2018 = DetachedJws(name="RsaSignature2018", algorithms={"RSA": frozenset({"RS256", "PS256"})})
ECDSA_SECP256K1_SIGNATURE_2019 = DetachedJws(
    name="EcdsaSecp256k1Signature2019", algorithms={"secp256k1": frozenset({"ES256K"})}
)
JSON_WEB_SIGNATURE_2020 = DetachedJws(
    name="JsonWebSignature2020",
    algorithms={
        "Ed25519": frozenset({"EdDSA"}),
        "secp256k1": frozenset({"ES256K"}),
        "RSA": frozenset({"PS256", "RS256"}),
        "P-256": frozenset({"ES256"}),
        "P-384": frozenset({"ES384"}),
    },
)
