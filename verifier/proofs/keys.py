"""Public keys: Multikey, JWK, SPKI and X.509 → one value that says its kind (CID 1.0 §2.2; RFC 7517, 7518, 8037)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that can verify. The kind decides the algorithm, never a header (RFC 8725 §3.1)."""

    kind: str  # Ed25519 | P-256 | P-384 | P-521 | secp256k1 | RSA | BLS12-381-G2
    key: ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey | None = field(repr=False)
    raw: bytes = field(
        repr=False, default=b""
    )  # the encoded point, for kinds that `cryptography` does not model
    algorithm: str | None = None  # `alg` of the JWK, when it restricts the key further
