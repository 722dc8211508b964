"""ECDSA: the signature itself, and ecdsa-rdfc-2019 and ecdsa-jcs-2019 over P-256, P-384 (vc-di-ecdsa 1.0)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature as _Invalid
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from verifier.errors import InvalidSignature, KeyMismatch
from verifier.proofs.cryptosuite import HashThenSign, jcs_transform, rdf_transform
from verifier.proofs.material import PublicKey

# kind → hash, order of the group (FIPS 186-5, SP 800-186 §3.2.1; SEC 2 §2.4.1)
CURVES: dict[str, tuple[hashes.HashAlgorithm, int]] = {
    "P-256": (hashes.SHA256(), 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    "P-384": (
        hashes.SHA384(),
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    ),
    "P-521": (
        hashes.SHA512(),
        int("01FF" + "F" * 63 + "A51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409", 16),
    ),
    "secp256k1": (hashes.SHA256(), 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141),
}


def verify_raw(key: PublicKey, message: bytes, signature: bytes) -> None:
    """`InvalidSignature` unless r ‖ s, both at full size and in 1 … n-1, sign `message`; never DER."""
    if not isinstance(key.key, ec.EllipticCurvePublicKey) or key.kind not in CURVES:
        raise KeyMismatch("ECDSA", key.kind)
    algorithm, order = CURVES[key.kind]
    size = (order.bit_length() + 7) // 8
    r, s = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
    if len(signature) != 2 * size or not (0 < r < order and 0 < s < order):
        raise InvalidSignature()
    try:
        key.key.verify(encode_dss_signature(r, s), message, ec.ECDSA(algorithm))
    except _Invalid as error:
        raise InvalidSignature() from error


_HASHES = {"P-256": "sha256", "P-384": "sha384"}

ECDSA_RDFC_2019 = HashThenSign(
    name="ecdsa-rdfc-2019", transform=rdf_transform, hashes=_HASHES, verify=verify_raw
)
ECDSA_JCS_2019 = HashThenSign(
    name="ecdsa-jcs-2019", transform=jcs_transform, hashes=_HASHES, verify=verify_raw
)
