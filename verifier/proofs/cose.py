"""COSE_Sign1 around a credential (RFC 9052 §4.2, VC-JOSE-COSE §3.3). As in JOSE, the key decides."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import cbor2

from verifier.errors import (
    KeyMismatch,
    KeyUnavailable,
    MalformedProof,
    NotParseable,
    Refuted,
    TooLarge,
    UnsupportedKey,
    UnsupportedSuite,
    VerifierError,
)
from verifier.model import CoseProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.encoding import Undecodable
from verifier.proofs.jose import AlgorithmForbidden, CriticalHeader, HeaderKey
from verifier.proofs.jwa import SIGNATURES
from verifier.proofs.keys import ALGORITHMS, PublicKey

__all__ = [
    "claims_of",
    "content_type_of",
    "is_cose_sign1",
    "kid_of",
    "split",
    "typ_of",
    "verify",
    "verify_with_any",
]

TAG = 18  # COSE_Sign1 (RFC 9052 §2)
ALG, CRIT, CONTENT_TYPE, KID, CWT_CLAIMS, TYP, X5U, JKU = 1, 2, 3, 4, 15, 16, 35, 38
EXP, NBF = 4, 5  # RFC 8392 §3.1
_TAGGED = b"\xd2\x84"  # tag 18 on an array of four
_TAGGED_TEXT = b"0oR"  # the same in base64, as it is copied into text
MAX_DEPTH = 8  # of arrays and maps; a header has two levels

# COSE algorithm → its JOSE name (IANA COSE Algorithms; RFC 9053 §2, RFC 8812, RFC 9864).
_ALGORITHMS = MappingProxyType(
    {
        -7: "ES256",
        -9: "ES256",
        -35: "ES384",
        -51: "ES384",
        -36: "ES512",
        -52: "ES512",
        -47: "ES256K",
        -8: "EdDSA",
        -19: "Ed25519",
        -37: "PS256",
        -38: "PS384",
        -39: "PS512",
        -257: "RS256",
        -258: "RS384",
        -259: "RS512",
    }
)
_KEYED_HASHES = frozenset({4, 5, 6, 7, 14, 15, 25, 26})  # HMAC and AES-MAC: no signatures (RFC 9053 §3)


def is_cose_sign1(data: bytes) -> bool:
    """Whether `data` begins like a tagged COSE_Sign1, in bytes or in base64."""
    return data.startswith(_TAGGED) or data.lstrip().startswith(_TAGGED_TEXT)


def split(data: bytes, limits: Limits) -> CoseProof:
    """The COSE_Sign1 in `data`, tagged, as CBOR or as its base64 text. Raises only `Unreadable`."""
    if len(data) > limits.json_bytes * 4 // 3:
        raise TooLarge(f"{len(data):,} bytes", f"{limits.json_bytes:,}")
    value = _load(data if data.startswith(_TAGGED) else _from_text(data))
    if not isinstance(value, cbor2.CBORTag) or value.tag != TAG:
        raise NotParseable("COSE", "it is not tagged as COSE_Sign1")
    match value.value:
        case [bytes() as protected, Mapping() as unprotected, bytes() as payload, bytes() as signature]:
            header = _header(protected)
            if not header.keys().isdisjoint(unprotected):
                raise NotParseable("COSE", "a header stands both inside and outside the signature")
            return CoseProof(protected=protected, header=header, payload=payload, signature=signature)
    raise NotParseable("COSE", "it is not a header, a payload and a signature")


def _from_text(data: bytes) -> bytes:
    """No specification writes COSE as text, so both alphabets occur; the signature covers the bytes alone."""
    try:
        text = data.strip(b" \t\r\n").decode("ascii").rstrip("=")
        return encoding.base64url(text.replace("+", "-").replace("/", "_"))
    except (UnicodeDecodeError, Undecodable) as error:
        raise NotParseable("COSE", "it is neither CBOR nor base64") from error


def _load(data: bytes) -> Any:
    stream = io.BytesIO(data)
    try:
        value = cbor2.load(stream, max_depth=MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError) as error:
        raise NotParseable("CBOR", "it is damaged") from error
    if stream.tell() != len(data):
        raise NotParseable("CBOR", "something follows it")
    return value


def _header(protected: bytes) -> Mapping[int, object]:
    """RFC 9052 §3: a map whose labels are unique."""
    header = _load(protected) if protected else {}
    if not isinstance(header, dict) or not all(isinstance(label, int | str) for label in header):
        raise NotParseable("COSE", "its header is not a map")
    return header


def kid_of(proof: CoseProof) -> str | None:
    """`kid` as text; a value that is none names no key."""
    kid = proof.header.get(KID)
    if not isinstance(kid, bytes):
        return None
    try:
        return kid.decode("utf-8") or None
    except UnicodeDecodeError:
        return None


def typ_of(proof: CoseProof) -> str:
    """The media type in `typ` (RFC 9596), lower-case, without `application/`; "" if absent."""
    return _media_type(proof.header.get(TYP))


def content_type_of(proof: CoseProof) -> str:
    """The media type of the payload, lower-case, without `application/`; "" if absent."""
    return _media_type(proof.header.get(CONTENT_TYPE))


def claims_of(proof: CoseProof) -> JsonObject:
    """The dates among the CWT claims in the signed header, under their JWT names (RFC 9597)."""
    claims = proof.header.get(CWT_CLAIMS)
    named = {"exp": EXP, "nbf": NBF}
    if not isinstance(claims, dict):
        return {}
    return {name: claims[key] for name, key in named.items() if key in claims}


def _media_type(value: object) -> str:
    return value.lower().removeprefix("application/") if isinstance(value, str) else ""


def verify_with_any(proof: CoseProof, keys: Iterable[PublicKey]) -> None:
    """Establish that one of the issuer's `keys` signed it, where nothing says which."""
    candidates = tuple(keys)
    alg = _ALGORITHMS.get(_label_of(proof))
    fitting = [key for key in candidates if alg in ALGORITHMS[key.kind]]
    failure: VerifierError | None = None
    for key in fitting or candidates[:1]:
        try:
            verify(proof, key)
        except (Refuted, UnsupportedSuite, UnsupportedKey) as error:
            failure = failure or error
        else:
            return
    raise failure or KeyUnavailable("an issuer without keys")


def _label_of(proof: CoseProof) -> int:
    label = proof.header.get(ALG)
    if isinstance(label, bool) or not isinstance(label, int):
        raise MalformedProof("its header names no algorithm")
    return label


def verify(proof: CoseProof, key: PublicKey) -> None:
    """Establish that the holder of `key` signed it (RFC 9052 §4.4)."""
    label = _label_of(proof)
    if label in _KEYED_HASHES:
        raise AlgorithmForbidden(f"COSE algorithm {label}")
    if CRIT in proof.header:  # RFC 9052 §3.1: nothing beyond the base specification is understood here
        raise CriticalHeader("its header has critical parts that are not understood here")
    for name, where in (("jku", JKU), ("x5u", X5U)):
        if where in proof.header:
            raise HeaderKey(name)
    if (alg := _ALGORITHMS.get(label)) is None:
        raise UnsupportedSuite(f"COSE algorithm {label}")
    if not ALGORITHMS[key.kind]:
        raise UnsupportedKey(key.kind)
    if alg not in ALGORITHMS[key.kind] or (key.algorithm not in (None, alg) and key.kind != "Ed25519"):
        raise KeyMismatch(alg, key.algorithm or key.kind)
    signed = cbor2.dumps(["Signature1", proof.protected, b"", proof.payload])
    SIGNATURES[alg](key, signed, proof.signature)
