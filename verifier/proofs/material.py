"""Key material: raw points and RSA numbers → `PublicKey`, judged before anything is verified with it.

SEC 1 §2.3.4 (points), RFC 8032 §5.1 (Ed25519), RFC 8017 §3.1 (RSA).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from verifier.errors import MalformedKey, UnsupportedKey, WeakKey

__all__ = [
    "ALGORITHMS",
    "CURVES",
    "FROM_RAW",
    "MAX_RSA_BITS",
    "PublicKey",
    "from_object",
    "from_rsa_numbers",
    "is_small_order",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that can verify. The kind decides the algorithm, never a header (RFC 8725 §3.1)."""

    kind: str  # Ed25519 | P-256 | P-384 | P-521 | secp256k1 | RSA | BLS12-381-G2
    key: ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey | None = field(repr=False)
    raw: bytes = field(
        repr=False, default=b""
    )  # the encoded point, for kinds that `cryptography` does not model
    algorithm: str | None = None  # `alg` of the JWK, when it restricts the key further


# JOSE algorithms that a key of each kind can verify (RFC 7518 §3.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864).
ALGORITHMS = MappingProxyType(
    {
        "Ed25519": frozenset({"EdDSA", "Ed25519"}),
        "P-256": frozenset({"ES256"}),
        "P-384": frozenset({"ES384"}),
        "P-521": frozenset({"ES512"}),
        "secp256k1": frozenset({"ES256K"}),
        "RSA": frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}),
        "BLS12-381-G2": frozenset[str](),
    }
)

CURVES: dict[str, ec.EllipticCurve] = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
    "secp256k1": ec.SECP256K1(),
}
_CURVE_NAMES = {curve.name: kind for kind, curve in CURVES.items()}

MIN_RSA_BITS = 2048  # NIST SP 800-131A; RFC 7518 §3.3
MAX_RSA_BITS = 8192  # verification time grows with the square; nobody issues with more
MAX_EXPONENT_BITS = 32  # 65537 in practice; a huge exponent is only work


def _ed25519(raw: bytes) -> PublicKey:
    if len(raw) != 32:
        raise MalformedKey(f"an Ed25519 key has 32 bytes, not {len(raw)}")
    if is_small_order(raw):
        raise WeakKey("it is an Ed25519 point of small order")
    if int.from_bytes(raw, "little") & _SIGN_MASK >= _P25519:
        raise MalformedKey("its Ed25519 point is not encoded canonically")
    return PublicKey(kind="Ed25519", key=ed25519.Ed25519PublicKey.from_public_bytes(raw), raw=raw)


_P25519 = 2**255 - 19
_SIGN_MASK = 2**255 - 1
# y of the eight points whose order divides the cofactor; their sign bit is either (RFC 8032 §8.9).
_Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y = frozenset({0, 1, _P25519 - 1, _Y8, _P25519 - _Y8})


def is_small_order(raw: bytes) -> bool:
    """Whether the 32 bytes encode, canonically or not, an Ed25519 point for which anybody can sign."""
    return (int.from_bytes(raw, "little") & _SIGN_MASK) % _P25519 in _SMALL_ORDER_Y


def _curve_point(kind: str) -> Callable[[bytes], PublicKey]:
    def point(raw: bytes) -> PublicKey:
        curve = CURVES[kind]
        size = (curve.key_size + 7) // 8
        if len(raw) not in (1 + size, 1 + 2 * size):
            raise MalformedKey(f"{len(raw)} bytes are no point of {kind}")
        try:
            key = ec.EllipticCurvePublicKey.from_encoded_point(curve, raw)
        except ValueError as error:
            raise MalformedKey(f"its point is not on {kind}") from error
        return PublicKey(kind=kind, key=key, raw=raw)

    return point


def _bls12_381_g2(raw: bytes) -> PublicKey:
    if len(raw) != 96:
        raise MalformedKey(f"a BLS12-381 key in G2 has 96 bytes, not {len(raw)}")
    return PublicKey(kind="BLS12-381-G2", key=None, raw=raw)


def from_rsa_numbers(numbers: rsa.RSAPublicNumbers) -> PublicKey:
    """An RSA key, unless it is too short to prove anything or too long to be honest."""
    bits = numbers.n.bit_length()
    if bits < MIN_RSA_BITS:
        raise WeakKey(f"RSA with {bits} bits")
    if bits > MAX_RSA_BITS or numbers.e.bit_length() > MAX_EXPONENT_BITS:
        raise UnsupportedKey(f"RSA with {bits} bits and an exponent of {numbers.e.bit_length()} bits")
    try:
        return PublicKey(kind="RSA", key=numbers.public_key())
    except ValueError as error:
        raise MalformedKey("its RSA numbers are impossible") from error


def _rsa_der(raw: bytes) -> PublicKey:
    """PKCS #1 RSAPublicKey, as the multicodec wants it; SPKI occurs too."""
    try:
        key = serialization.load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedKey("it is not an RSA key in DER") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise MalformedKey("it is labelled RSA and is not")
    return from_rsa_numbers(key.public_numbers())


FROM_RAW: dict[str, Callable[[bytes], PublicKey]] = {
    "Ed25519": _ed25519,
    **{kind: _curve_point(kind) for kind in CURVES},
    "BLS12-381-G2": _bls12_381_g2,
    "RSA": _rsa_der,
}


def from_object(key: object) -> PublicKey:
    """A key that `cryptography` has parsed, judged like any other."""
    match key:
        case ed25519.Ed25519PublicKey():
            return _ed25519(key.public_bytes_raw())
        case rsa.RSAPublicKey():
            return from_rsa_numbers(key.public_numbers())
        case ec.EllipticCurvePublicKey() if kind := _CURVE_NAMES.get(key.curve.name):
            encoded = key.public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
            return _curve_point(kind)(encoded)
    raise UnsupportedKey(type(key).__name__.removesuffix("PublicKey").lstrip("_"))
