"""Ed25519 proofs: eddsa-rdfc-2022 and eddsa-jcs-2022 (vc-di-eddsa 1.0), Ed25519Signature2020 before them."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature as _Invalid
from cryptography.hazmat.primitives.asymmetric import ed25519

from verifier.errors import InvalidSignature, KeyMismatch, WeakKey
from verifier.proofs.cryptosuite import HashThenSign, jcs_transform, rdf_transform
from verifier.proofs.material import PublicKey, is_small_order

ORDER = 2**252 + 27742317777372353535851937790883648493  # L of RFC 8032 §5.1


def verify_raw(key: PublicKey, message: bytes, signature: bytes) -> None:
    """`InvalidSignature` unless the 64 bytes sign `message` under `key` (RFC 8032 §5.1.7)."""
    if not isinstance(key.key, ed25519.Ed25519PublicKey):
        raise KeyMismatch("Ed25519", key.kind)
    # OpenSSL accepts keys of small order, under which R = identity, S = 0 signs anything.
    if is_small_order(key.key.public_bytes_raw()):
        raise WeakKey("it is an Ed25519 point of small order")
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= ORDER:
        raise InvalidSignature()
    try:
        key.key.verify(signature, message)
    except _Invalid as error:
        raise InvalidSignature() from error


_ED25519 = {"Ed25519": "sha256"}

EDDSA_RDFC_2022 = HashThenSign(
    name="eddsa-rdfc-2022", transform=rdf_transform, hashes=_ED25519, verify=verify_raw
)
EDDSA_JCS_2022 = HashThenSign(
    name="eddsa-jcs-2022", transform=jcs_transform, hashes=_ED25519, verify=verify_raw
)
ED25519_SIGNATURE_2020 = HashThenSign(
    name="Ed25519Signature2020", transform=rdf_transform, hashes=_ED25519, verify=verify_raw
)
