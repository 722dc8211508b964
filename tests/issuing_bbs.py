"""BBS signatures and derived proofs in memory: what issuer and holder compute (CFRG BBS draft §3.6).

Randomness follows from a seed: worthless outside tests, for who reuses it gives the signature away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from py_arkworks_bls12381 import G1Point, G2Point, Scalar

from tests.issuing_keys import multibase
from verifier.proofs import bbs


def scalars_from(seed: str) -> Iterator[Scalar]:
    """Numbers without end, the same on every machine."""
    number = 0
    while True:
        digest = hashlib.sha512(f"skillproof demo scalar: {seed} {number}".encode()).digest()
        yield Scalar.from_be_bytes_mod_order(digest)
        number += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BbsKey:
    """A demo key."""

    secret: Scalar

    @classmethod
    def demo(cls, seed: str) -> BbsKey:
        return cls(secret=next(scalars_from(f"key {seed}")))

    @property
    def public(self) -> bytes:
        """§3.4.2 SkToPk."""
        return (G2Point() * self.secret).to_compressed_bytes()

    @property
    def multikey(self) -> str:
        return multibase(b"\xeb\x01" + self.public)


def proof_of(
    key: BbsKey,
    messages: Sequence[bytes],
    disclosed: Collection[int],
    *,
    header: bytes = b"",
    presentation_header: bytes = b"",
    seed: str = "proof",
) -> bytes:
    """§3.6.1 CoreSign, then §3.6.3 CoreProofGen."""
    encoded, (q1, *rest) = bbs.generators(len(messages) + 1)
    domain = bbs.domain_of(key.public, encoded, header)
    scalars = [bbs.hash_to_scalar(message, b"MAP_MSG_TO_SCALAR_AS_HASH_") for message in messages]
    random = scalars_from(seed)
    e, r1, r2, e_blind, r1_blind, r3_blind = (next(random) for _ in range(6))
    p1 = G1Point.from_compressed_bytes(bbs.P1)
    b = bbs.weighted_sum([p1, q1, *rest], [Scalar(1), domain, *scalars])
    a = b * (key.secret + e).inverse()
    d, a_bar = b * r2, a * (r1 * r2)
    b_bar = d * r1 - a_bar * e
    hidden = [at for at in range(len(messages)) if at not in disclosed]
    blinds = [next(random) for _ in hidden]
    t1 = bbs.weighted_sum([a_bar, d], [e_blind, r1_blind])
    t2 = bbs.weighted_sum([d, *(rest[at] for at in hidden)], [r3_blind, *blinds])
    shown = {at: scalars[at] for at in sorted(disclosed)}
    c = bbs.challenge_of(shown, (a_bar, b_bar, d, t1, t2), domain, presentation_header)
    answers = [e_blind + e * c, r1_blind - r1 * c, r3_blind - r2.inverse() * c]
    answers += [blind + scalars[at] * c for at, blind in zip(hidden, blinds, strict=True)]
    points = b"".join(point.to_compressed_bytes() for point in (a_bar, b_bar, d))
    return points + b"".join(scalar.to_be_bytes() for scalar in (*answers, c))
