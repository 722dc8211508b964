"""The signature algorithms of JOSE and COSE by name (RFC 7518 §3, RFC 8037 §3.1, RFC 8812 §3.2)."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature as _Invalid
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from verifier.errors import InvalidSignature, KeyMismatch
from verifier.proofs import ecdsa, eddsa
from verifier.proofs.keys import PublicKey

__all__ = ["SIGNATURES", "Verify"]

Verify = Callable[[PublicKey, bytes, bytes], None]


def _rsa(algorithm: hashes.HashAlgorithm, *, pss: bool) -> Verify:
    # RFC 7518 §3.5: the salt is as long as the hash, and MGF1 uses the same hash.
    scheme = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size) if pss else padding.PKCS1v15()

    def verify(key: PublicKey, message: bytes, signature: bytes) -> None:
        if not isinstance(key.key, rsa.RSAPublicKey):
            raise KeyMismatch("RSA", key.kind)
        try:
            key.key.verify(signature, message, scheme, algorithm)
        except _Invalid as error:
            raise InvalidSignature() from error

    return verify


SIGNATURES: MappingProxyType[str, Verify] = MappingProxyType(
    {
        "EdDSA": eddsa.verify_raw,
        "Ed25519": eddsa.verify_raw,
        # RFC 7518 §3.4: the curve decides the hash, and the key alone decides which of these may be asked.
        "ES256": ecdsa.verify_raw,
        "ES384": ecdsa.verify_raw,
        "ES512": ecdsa.verify_raw,
        "ES256K": ecdsa.verify_raw,
        "RS256": _rsa(hashes.SHA256(), pss=False),
        "RS384": _rsa(hashes.SHA384(), pss=False),
        "RS512": _rsa(hashes.SHA512(), pss=False),
        "PS256": _rsa(hashes.SHA256(), pss=True),
        "PS384": _rsa(hashes.SHA384(), pss=True),
        "PS512": _rsa(hashes.SHA512(), pss=True),
    }
)
