"""BBS: verifying that the holder knows an issuer's signature over disclosed and withheld messages.

CFRG draft-irtf-cfrg-bbs-signatures-08, whose sections are cited; ciphersuite BLS12-381-SHA-256 (§7.2.2).
The curve is the extra `bbs`; this is the only module that imports it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verifier.errors import InvalidSignature, MalformedKey, MalformedProof, WeakKey, WorkLimit

try:
    from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

__all__ = [
    "INSTALLED",
    "challenge_of",
    "domain_of",
    "expand_message",
    "generators",
    "hash_to_scalar",
    "verify",
    "weighted_sum",
]

POINT, SCALAR, EXPANDED = 48, 32, 48  # octet_point_length, octet_scalar_length, expand_len
API_ID = b"BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_"  # §3.5: ciphersuite ID and interface
P1 = bytes.fromhex(  # §7.2.2
    "a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9"
)
BLOCK, DIGEST = 64, 32  # SHA-256: bytes of a block and of a digest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """A proof taken apart (§4.2.4.5)."""

    a_bar: G1Point
    b_bar: G1Point
    d: G1Point
    e: Scalar
    r1: Scalar
    r3: Scalar
    withheld: Sequence[Scalar]  # one for each message that is not disclosed
    challenge: Scalar


def verify(
    key: bytes,
    proof: bytes,
    *,
    header: bytes,
    presentation_header: bytes,
    disclosed: Mapping[int, bytes],
    max_messages: int,
) -> None:
    """§3.5.4 ProofVerify. `disclosed` has the messages by their positions among all that were signed.

    Raises `MalformedKey`, `WeakKey`, `MalformedProof`, `WorkLimit` or `InvalidSignature`.
    """
    total = len(disclosed) + _withheld_count(proof)
    if total > max_messages:
        raise WorkLimit(f"it signs more than {max_messages:,} statements one by one")
    if any(at >= total for at in disclosed):
        raise MalformedProof("it counts statements that were not signed")
    public, parts = _public_key(key), _parse(proof)
    encoded, points = generators(total + 1)
    domain = domain_of(key, encoded, header)
    scalars = {at: hash_to_scalar(disclosed[at], b"MAP_MSG_TO_SCALAR_AS_HASH_") for at in sorted(disclosed)}
    commitments = (parts.a_bar, parts.b_bar, parts.d, *_commitments(parts, domain, scalars, points))
    if challenge_of(scalars, commitments, domain, presentation_header) != parts.challenge:
        raise InvalidSignature()
    # §3.6.4: the signature inside the proof was made with the issuer's key.
    if not GT.pairing_check([parts.a_bar, -parts.b_bar], [public, G2Point()]):
        raise InvalidSignature()


# ------------------------------------------------------------------------------------- what comes in


def _withheld_count(proof: bytes) -> int:
    """How many messages the proof leaves out, by its length alone: 3 points, 4 scalars, a scalar for each."""
    left = len(proof) - 3 * POINT - 4 * SCALAR
    if left < 0 or left % SCALAR:
        raise MalformedProof("its BBS proof has an impossible length")
    return left // SCALAR


def _parse(proof: bytes) -> _Proof:
    """§4.2.4.5 octets_to_proof: no identity among the points, no zero among the scalars."""
    points = [_point(proof[at : at + POINT]) for at in range(0, 3 * POINT, POINT)]
    e, r1, r3, *withheld, challenge = (
        _scalar(proof[at : at + SCALAR]) for at in range(3 * POINT, len(proof), SCALAR)
    )
    return _Proof(
        a_bar=points[0],
        b_bar=points[1],
        d=points[2],
        e=e,
        r1=r1,
        r3=r3,
        withheld=withheld,
        challenge=challenge,
    )


def _point(data: bytes) -> G1Point:
    """A point of G1 other than the identity; the library refuses what lies outside the subgroup."""
    try:
        point = G1Point.from_compressed_bytes(data)
    except ValueError as error:
        raise MalformedProof("a point in its BBS proof is not in G1") from error
    if point == G1Point.identity():
        raise MalformedProof("a point in its BBS proof is the identity")
    return point


def _scalar(data: bytes) -> Scalar:
    try:
        scalar = Scalar.from_be_bytes(data)  # refuses r and beyond
    except ValueError as error:
        raise MalformedProof("a number in its BBS proof is too large") from error
    if scalar.is_zero():
        raise MalformedProof("a number in its BBS proof is zero")
    return scalar


def _public_key(data: bytes) -> G2Point:
    """§4.2.4.6 octets_to_pubkey, §6.1: in the subgroup, and not the identity, under which anything holds."""
    try:
        key = G2Point.from_compressed_bytes(data)
    except ValueError as error:
        raise MalformedKey("it is no point of the group G2 of BLS12-381") from error
    if key == G2Point.identity():
        raise WeakKey("it is the identity of BLS12-381")
    return key


# ------------------------------------------------------------------------------------- what is computed


def _commitments(
    proof: _Proof, domain: Scalar, scalars: Mapping[int, Scalar], generators: Sequence[G1Point]
) -> tuple[G1Point, G1Point]:
    """T1 and T2 of §3.7.3 Proof Verification Initialization."""
    q1, *rest = generators
    # What the issuer signed, as far as it is disclosed.
    shown = weighted_sum(
        [_point(P1), q1, *(rest[at] for at in scalars)], [Scalar(1), domain, *scalars.values()]
    )
    hidden = [generator for at, generator in enumerate(rest) if at not in scalars]
    return (
        weighted_sum([proof.b_bar, proof.a_bar, proof.d], [proof.challenge, proof.e, proof.r1]),
        weighted_sum([shown, proof.d, *hidden], [proof.challenge, proof.r3, *proof.withheld]),
    )


def challenge_of(
    scalars: Mapping[int, Scalar], points: Iterable[G1Point], domain: Scalar, presentation_header: bytes
) -> Scalar:
    """§3.7.4 Challenge Calculation. `scalars` are the disclosed messages, by ascending positions."""
    disclosed = b"".join(_count(at) + scalar.to_be_bytes() for at, scalar in scalars.items())
    encoded = b"".join(point.to_compressed_bytes() for point in points)
    octets = _count(len(scalars)) + disclosed + encoded + domain.to_be_bytes()
    return hash_to_scalar(octets + _count(len(presentation_header)) + presentation_header, b"H2S_")


def domain_of(key: bytes, encoded: Sequence[bytes], header: bytes) -> Scalar:
    """§4.2.3 calculate_domain: binds key, generators (`encoded`) and header."""
    octets = key + _count(len(encoded) - 1) + b"".join(encoded) + API_ID
    return hash_to_scalar(octets + _count(len(header)) + header, b"H2S_")


def generators(count: int) -> tuple[Sequence[bytes], Sequence[G1Point]]:
    """The first `count` generators, encoded and as points: Q_1, then H_1, H_2, …"""
    encoded, points = _first_generators(1 << (count - 1).bit_length())
    return encoded[:count], points[:count]


@lru_cache(maxsize=16)  # constants of the ciphersuite, by powers of two; 0.5 ms each to compute
def _first_generators(count: int) -> tuple[tuple[bytes, ...], tuple[G1Point, ...]]:
    """§4.1.1 create_generators."""
    seed_tag, point_tag = API_ID + b"SIG_GENERATOR_SEED_", API_ID + b"SIG_GENERATOR_DST_"
    value, points = expand_message(API_ID + b"MESSAGE_GENERATOR_SEED", seed_tag), []
    for number in range(1, count + 1):
        value = expand_message(value + _count(number), seed_tag)
        points.append(G1Point.hash_to_curve(value, point_tag))
    return tuple(point.to_compressed_bytes() for point in points), tuple(points)


def hash_to_scalar(message: bytes, purpose: bytes) -> Scalar:
    """§4.2.2 hash_to_scalar, and §4.1.2 messages_to_scalars, which differs in its tag."""
    return Scalar.from_be_bytes_mod_order(expand_message(message, API_ID + purpose))


def expand_message(message: bytes, tag: bytes, length: int = EXPANDED) -> bytes:
    """RFC 9380 §5.3.1 expand_message_xmd with SHA-256."""
    suffix = tag + bytes([len(tag)])
    first = hashlib.sha256(bytes(BLOCK) + message + length.to_bytes(2, "big") + b"\0" + suffix).digest()
    blocks = [hashlib.sha256(first + b"\1" + suffix).digest()]
    for number in range(2, -(-length // DIGEST) + 1):
        mixed = bytes(a ^ b for a, b in zip(first, blocks[-1], strict=True))
        blocks.append(hashlib.sha256(mixed + bytes([number]) + suffix).digest())
    return b"".join(blocks)[:length]


def _count(number: int) -> bytes:
    """I2OSP(number, 8), as §4.2.4.1 serializes a number that is no scalar."""
    return number.to_bytes(8, "big")


def weighted_sum(points: Iterable[G1Point], scalars: Iterable[Scalar]) -> G1Point:
    """Σ point · scalar; the library would silently stop at the shorter of the two."""
    pairs = list(zip(points, scalars, strict=True))
    return G1Point.multiexp_unchecked([point for point, _ in pairs], [scalar for _, scalar in pairs])
