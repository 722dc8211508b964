"""Public keys: Multikey, JWK, PEM and X.509 → one value that says its kind (CID 1.0 §2.2; RFC 7517, 7518)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from verifier import strict_json
from verifier.errors import MalformedKey, UnsupportedKey, VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.encoding import Undecodable
from verifier.proofs.material import (
    ALGORITHMS,
    CURVES,
    FROM_RAW,
    MAX_RSA_BITS,
    PublicKey,
    from_object,
    from_rsa_numbers,
    is_small_order,
)

__all__ = [
    "ALGORITHMS",
    "PublicKey",
    "from_certificate",
    "from_jwk",
    "from_multikey",
    "from_pem",
    "from_verification_method",
    "is_small_order",
]

MAX_PEM_CHARS = 10_000  # an RSA-8192 key in PEM has 1,450

# ------------------------------------------------------------------------------------- Multikey

# Multicodec prefix as an unsigned varint → kind (CID 1.0 §2.2.2; did:key §2.1).
_MULTICODECS = {
    b"\xed\x01": "Ed25519",
    b"\x80\x24": "P-256",
    b"\x81\x24": "P-384",
    b"\x82\x24": "P-521",
    b"\xe7\x01": "secp256k1",
    b"\x85\x24": "RSA",
    b"\xeb\x01": "BLS12-381-G2",
}
# Public keys of the multicodec table that are not used here; every other prefix is no public key at all.
_NOT_FOR_SIGNING = {
    b"\xec\x01": "X25519",
    b"\xea\x01": "BLS12-381-G1",
    b"\xee\x01": "BLS12-381-G1G2",
    b"\xef\x01": "Sr25519",
    b"\x83\x24": "Ed448",
    b"\x84\x24": "X448",
    b"\x86\x24": "SM2",
    b"\x90\x24": "ML-DSA-44",
    b"\x91\x24": "ML-DSA-65",
    b"\x92\x24": "ML-DSA-87",
}
_JWK_JCS = b"\xd1\xd6\x03"  # a JWK in canonical JSON: did:key of natural persons in EBSI


def from_multikey(text: str) -> PublicKey:
    """The key in a `publicKeyMultibase` with its multicodec prefix (CID 1.0 §2.2.2)."""
    if not text.startswith("z"):
        raise MalformedKey("a Multikey is written in base58btc")
    try:
        data = encoding.multibase(text)
    except Undecodable as error:
        raise MalformedKey(str(error)) from error
    if data.startswith(_JWK_JCS):
        return _jwk_jcs(data[len(_JWK_JCS) :])
    if kind := _MULTICODECS.get(data[:2]):
        return FROM_RAW[kind](data[2:])
    if kind := _NOT_FOR_SIGNING.get(data[:2]):
        raise UnsupportedKey(kind)
    raise MalformedKey(f"no kind of public key has the multicodec prefix {data[:2].hex()}")


def _jwk_jcs(data: bytes) -> PublicKey:
    try:
        jwk = strict_json.read_object(data, Limits())
    except VerifierError as error:
        raise MalformedKey("it is labelled a JWK and is not") from error
    canonical = json.dumps(jwk, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if canonical != data:
        raise MalformedKey("its JWK is not in canonical form")
    return from_jwk(jwk)


# ------------------------------------------------------------------------------------- JWK

_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})


def from_jwk(jwk: JsonObject) -> PublicKey:
    """The key in a public JWK for signatures (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2)."""
    kty = jwk.get("kty")
    if kty == "oct" or not _PRIVATE.isdisjoint(jwk):
        raise MalformedKey("it contains a secret: whoever reads it can sign")
    if not isinstance(kty, str):
        raise MalformedKey("its type “kty” is missing")
    _judge_use(jwk)
    match kty, jwk.get("crv"):
        case "OKP", "Ed25519":
            key = FROM_RAW["Ed25519"](_octets(jwk, "x"))
        case "EC", str(kind) if kind in CURVES:
            key = _ec_jwk(jwk, kind)
        case "RSA", _:
            n, e = (int.from_bytes(_octets(jwk, name), "big") for name in ("n", "e"))
            key = from_rsa_numbers(rsa.RSAPublicNumbers(e, n))
        case _, crv:
            raise UnsupportedKey(f"{kty} {crv}" if isinstance(crv, str) else kty)
    return _restricted(key, jwk.get("alg"))


def _judge_use(jwk: JsonObject) -> None:
    """`use` and `key_ops` say what the key is for (RFC 7517 §4.2, §4.3)."""
    if "use" in jwk and jwk["use"] != "sig":
        raise MalformedKey("it is not for signatures")
    if "key_ops" in jwk and "verify" not in strict_json.texts(jwk["key_ops"]):
        raise MalformedKey("it is not for verifying signatures")


def _ec_jwk(jwk: JsonObject, kind: str) -> PublicKey:
    size = (CURVES[kind].key_size + 7) // 8
    x, y = _octets(jwk, "x"), _octets(jwk, "y")
    if (len(x), len(y)) != (size, size):  # RFC 7518 §6.2.1.2: the full size of a coordinate
        raise MalformedKey(f"a coordinate of {kind} has {size} bytes")
    return FROM_RAW[kind](b"\x04" + x + y)


def _restricted(key: PublicKey, algorithm: Any) -> PublicKey:
    if algorithm is None:
        return key
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS[key.kind]:
        raise MalformedKey(f"a key of kind {key.kind} cannot be for “{algorithm}”")
    return replace(key, algorithm=algorithm)


def _octets(jwk: JsonObject, name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or not value:
        raise MalformedKey(f"“{name}” is missing")
    if len(value) > MAX_RSA_BITS // 4:
        raise MalformedKey(f"“{name}” has {len(value):,} characters")
    try:
        return encoding.base64url(value)
    except Undecodable as error:
        raise MalformedKey(f"“{name}” is {error}") from error


# ------------------------------------------------------------------------------------- X.509, PEM


def from_certificate(certificate: x509.Certificate) -> PublicKey:
    """The subject's key of an X.509 certificate (RFC 5280 §4.1.2.7)."""
    try:
        return from_object(certificate.public_key())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnsupportedKey("that its certificate does not say intelligibly") from error


def from_pem(text: str) -> PublicKey:
    """The key in a PEM public key (RFC 7468 §13), as Open Badges 2 and old DID documents write it."""
    if len(text) > MAX_PEM_CHARS or "PRIVATE" in text:
        raise MalformedKey("its PEM is too long or contains a secret")
    try:
        return from_object(serialization.load_pem_public_key(text.encode()))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedKey("it is not a public key in PEM") from error


# ------------------------------------------------------------------------------------- verification methods

# `type` of a verification method → the kind its key must be; None: the material says it.
_METHOD_KINDS: dict[str, str | None] = {
    "Multikey": None,
    "JsonWebKey": None,
    "JsonWebKey2020": None,
    "Ed25519VerificationKey2018": "Ed25519",
    "Ed25519VerificationKey2020": "Ed25519",
    "EcdsaSecp256k1VerificationKey2019": "secp256k1",
    "EcdsaSecp256r1VerificationKey2019": "P-256",
    "P256Key2021": "P-256",
    "P384Key2021": "P-384",
    "P521Key2021": "P-521",
    "Bls12381G2Key2020": "BLS12-381-G2",
    "RsaVerificationKey2018": "RSA",
    "CryptographicKey": None,  # Open Badges 2.0 §CryptographicKey
}
_MATERIAL = ("publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyPem", "publicKeyHex")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){1,200}")


def from_verification_method(document: JsonObject) -> PublicKey:
    """The key of a verification method (CID 1.0 §2.2, DID 1.0 §5.2), whatever its type calls the material.

    A method with two kinds of material is refused (DID 1.0 §5.2.1): two readers could pick different keys.
    """
    name = next((text for text in strict_json.texts(document.get("type")) if text in _METHOD_KINDS), None)
    if name is None:
        raise UnsupportedKey(str(document.get("type")))
    if any(member.startswith(("privateKey", "secretKey")) for member in document):
        raise MalformedKey("it is published with its secret half")
    present = [member for member in _MATERIAL if member in document]
    if len(present) != 1:
        raise MalformedKey("it holds several keys" if present else "it holds no key")
    key = _read_material(present[0], document[present[0]], _METHOD_KINDS[name])
    if _METHOD_KINDS[name] not in (None, key.kind):
        raise MalformedKey(f"a key of type {name} is not {key.kind}")
    return key


def _read_material(member: str, value: Any, kind: str | None) -> PublicKey:
    match member, value:
        case "publicKeyJwk", dict():
            return from_jwk(value)
        case "publicKeyMultibase", str():
            return from_multikey(value)
        case "publicKeyPem", str():
            return from_pem(value)
        case "publicKeyBase58", str() if kind:
            try:
                return FROM_RAW[kind](encoding.base58btc(value))
            except Undecodable as error:
                raise MalformedKey(str(error)) from error
        case "publicKeyHex", str() if kind and _HEX.fullmatch(value):
            return FROM_RAW[kind](bytes.fromhex(value))
    raise MalformedKey(f"“{member}” is not what its type promises")
