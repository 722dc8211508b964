"""What ecdsa-sd-2023 and bbs-2023 share: statements that were signed under labels of the issuer's choosing.

vc-di-ecdsa 1.0 §3.4 and §3.5, on which vc-di-bbs 1.0 §3.2 builds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from typing import Any

from verifier.errors import MalformedProof
from verifier.proofs import canonical, cbor, encoding
from verifier.proofs.cryptosuite import Secured, configuration_of

__all__ = ["components", "distinct", "hashes", "opened", "separated"]

HEADER = 3  # bytes before the CBOR


def opened(value: Any, base_headers: Set[bytes]) -> tuple[bytes, bytes]:
    """The header of a derived `proofValue` and the CBOR after it. Raises `MalformedProof`."""
    if not isinstance(value, str) or not value.startswith("u"):
        raise MalformedProof("its value is not a Multibase text in base64url")
    try:
        data = encoding.multibase(value)
    except encoding.Undecodable as error:
        raise MalformedProof(f"its value cannot be read: {error}") from error
    if data[:HEADER] in base_headers:
        raise MalformedProof("it is the issuer's base proof, which is for its holder only")
    return data[:HEADER], data[HEADER:]


def components(data: bytes) -> Any:
    """What the CBOR holds. Raises `MalformedProof`."""
    try:
        return cbor.decode(data)
    except cbor.NotCbor as error:
        raise MalformedProof(f"its value cannot be read: {error}") from error


def distinct(positions: Sequence[Any]) -> list[int]:
    """`positions` of statements, if no two are the same."""
    if not all(isinstance(at, int) for at in positions) or len(set(positions)) != len(positions):
        raise MalformedProof("its positions of statements are not distinct numbers")
    return list(positions)


def separated(
    secured: Secured, labels: Mapping[str, str], mandatory: Sequence[int]
) -> tuple[list[str], list[str]]:
    """The statements of the document under their signed labels: the mandatory ones, and the others."""
    dataset = canonical.canonical_dataset(secured.document, secured.contexts, secured.limits)
    # A label for two nodes would make them one.
    if not set(dataset.labels.values()) <= labels.keys() or len(set(labels.values())) != len(labels):
        raise MalformedProof("its labels do not fit the unnamed parts of the document")
    statements, positions = dataset.relabelled(dict(labels)), set(mandatory)
    if any(at >= len(statements) for at in positions):
        raise MalformedProof("it counts statements that are not there")
    chosen = [statement for at, statement in enumerate(statements) if at in positions]
    return chosen, [statement for at, statement in enumerate(statements) if at not in positions]


def hashes(secured: Secured, mandatory: Sequence[str]) -> tuple[bytes, bytes]:
    """SHA-256 of the proof configuration, and of the mandatory statements (§3.4.17 hashMandatoryNQuads)."""
    configuration = canonical.rdfc(configuration_of(secured), secured.contexts, secured.limits)
    return hashlib.sha256(configuration).digest(), hashlib.sha256("".join(mandatory).encode()).digest()
