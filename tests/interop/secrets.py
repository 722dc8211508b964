"""Demo keys in the spellings in which the other implementations take them."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tests.issuing import Issuer
from tests.issuing_keys import Json, SigningKey, b64url, multibase

# CID 1.0 §2.2.3: the multicodec prefixes of secret keys.
SECRET_MULTICODEC = {"Ed25519": b"\x80\x26", "P-256": b"\x86\x26", "P-384": b"\x87\x26"}
SIZES = {"P-256": 32, "P-384": 48}


def secret_multikey(issuer: Issuer) -> Json:
    """The key pair as a Multikey, and, for older suites, under the name that came before."""
    secret = _secret_bytes(issuer.key)
    encoded = multibase(SECRET_MULTICODEC[issuer.key.kind] + secret)
    return {
        "id": issuer.method,
        "controller": issuer.did,
        "publicKeyMultibase": issuer.key.multikey,
        "secretKeyMultibase": encoded,
        "privateKeyMultibase": encoded,
    }


def _secret_bytes(key: SigningKey) -> bytes:
    private = key.private
    if isinstance(private, ed25519.Ed25519PrivateKey):
        # Seed and public half, as both libraries keep it.
        return private.private_bytes_raw() + private.public_key().public_bytes_raw()
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private.private_numbers().private_value.to_bytes(SIZES[key.kind], "big")


def secret_jwk(key: SigningKey) -> Json:
    """The key pair as a JWK (RFC 7518 §6, RFC 8037 §2)."""
    private = key.private
    if isinstance(private, rsa.RSAPrivateKey):
        numbers = private.private_numbers()
        parts = {name: getattr(numbers, name) for name in ("d", "p", "q")}
        parts |= {"dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
        return key.jwk | {name: b64url(_big_endian(number)) for name, number in parts.items()}
    secret = _secret_bytes(key)
    return key.jwk | {"d": b64url(secret[:32] if key.kind == "Ed25519" else secret)}


def _big_endian(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
