"""Merkle receipts: what can be told from the file alone, and what only the chain could tell.

MerkleProof2017 and 2019 (Blockcerts) and the proofs of OpenAttestation show that a hash belongs to a root.
That the root was ever anchored, by whom, and whether it was revoked, stands in a public chain, which is not
asked: so the best such a receipt can be is INDETERMINATE.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

from verifier.context import Context
from verifier.errors import Inconclusive, MalformedProof, Refuted, VerifierError
from verifier.formats.blockcerts import BLOCKCERTS_SPEC, MERKLE_2017, MERKLE_2019
from verifier.formats.open_attestation import MERKLE_2018, OPEN_ATTESTATION_SPEC, SHA3
from verifier.model import Credential, JsonObject, MerkleReceipt
from verifier.proofs import canonical, cbor, encoding
from verifier.proofs.cbor import NotCbor
from verifier.proofs.encoding import Undecodable
from verifier.report import Finding

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
MAX_STEPS = 64  # a tree of 2^64 leaves
_LEVELS = 6  # receipt → member → path → step
_ROOT, _TARGET, _ANCHORS, _PATH = 0, 1, 2, 3  # members of a MerkleProof2019 in CBOR
_TEXT_64 = b"x@"  # a CBOR text of 64 characters, inside a byte string: how a hash is written there


class MerklePathBroken(Refuted):
    """The hashes of the receipt do not lead to its root."""

    code = "merkle_path_broken"
    spec = BLOCKCERTS_SPEC
    sentence = "has a Merkle receipt that does not lead to its own root"


class HashDiffers(Refuted):
    """What the file says has another hash than the one that was anchored."""

    code = "anchored_hash_differs"
    spec = BLOCKCERTS_SPEC
    sentence = "has been changed: its hash is not the one in its receipt"


class AnchorNotChecked(Inconclusive):
    """The receipt is sound in itself; whether its root was ever anchored is not asked here."""

    code = "anchor_not_checked"
    spec = BLOCKCERTS_SPEC
    sentence = "stands or falls with an entry in {0}, which is not looked up here; {1}"


class HashNotComputable(Inconclusive):
    """OpenAttestation hashes with Keccak-256, the draft before SHA3-256, which no library here provides."""

    code = "hash_not_computable"
    spec = OPEN_ATTESTATION_SPEC
    sentence = (
        "is protected by a Keccak-256 hash and an entry in the Ethereum chain, which are not checked here"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A Merkle proof, whatever it was written in."""

    target: bytes
    root: bytes
    steps: tuple[tuple[bool, bytes], ...]  # whether the sibling stands left, and its hash
    anchored: bool


def holds(receipt: MerkleReceipt, credential: Credential, context: Context) -> Finding:
    """Refuse what is broken in itself; never a yes, for the anchor is not looked up."""
    if receipt.scheme in (SHA3, MERKLE_2018):
        _judge_attestation(receipt)
        raise HashNotComputable(pointer=receipt.pointer)
    found = _read(receipt)
    if not hmac.compare_digest(_root_of(found), found.root):
        raise MerklePathBroken(pointer=receipt.pointer)
    if not found.anchored:
        raise MalformedProof("its receipt names no anchor", pointer=receipt.pointer)
    reason = _judge_document(receipt, found, credential, context)
    raise AnchorNotChecked("a public chain", reason, pointer=receipt.pointer)


def authorized(receipt: MerkleReceipt) -> Finding:
    """Who anchored the root only the chain could tell."""
    chain = "the Ethereum chain" if receipt.scheme in (SHA3, MERKLE_2018) else "a public chain"
    raise AnchorNotChecked(chain, "so who issued it is not shown", pointer=receipt.pointer)


def _judge_document(receipt: MerkleReceipt, found: Receipt, credential: Credential, context: Context) -> str:
    """Compare the hash of the document, where its vocabulary lets it be computed; what was established."""
    secured = "signature" if receipt.scheme == MERKLE_2017 else "proof"
    document = {name: value for name, value in credential.document.items() if name != secured}
    try:
        dataset = canonical.rdfc(document, context.contexts, context.policy.limits)
    except VerifierError as error:
        return f"nor could its own hash be computed, because it {error}"
    if hmac.compare_digest(hashlib.sha256(dataset).digest(), found.target):
        return "what it says is what the receipt was made for"
    if receipt.scheme == MERKLE_2019 and receipt.options.get("type") == "DataIntegrityProof":
        return "nor is it known how its own hash was made"  # as a cryptosuite it has no published algorithm
    raise HashDiffers(pointer=receipt.pointer)


def _judge_attestation(receipt: MerkleReceipt) -> None:
    """What needs no hash: a tree of one leaf has that leaf as its root."""
    options = receipt.options
    target, root = (_hash(options.get(name)) for name in ("targetHash", "merkleRoot"))
    siblings = options.get("proof", options.get("proofs"))
    if not isinstance(siblings, list) or len(siblings) > MAX_STEPS:
        raise MalformedProof("its receipt has no path", pointer=receipt.pointer)
    if not siblings and target != root:
        raise MerklePathBroken(pointer=receipt.pointer)


# ------------------------------------------------------------------------------------------ reading


def _root_of(receipt: Receipt) -> bytes:
    """The root that the steps lead to (Chainpoint v2 §Merkle proof)."""
    current = receipt.target
    for left, sibling in receipt.steps:
        current = hashlib.sha256(sibling + current if left else current + sibling).digest()
    return current


def _read(receipt: MerkleReceipt) -> Receipt:
    try:
        return _read_2017(receipt.options) if receipt.scheme == MERKLE_2017 else _read_2019(receipt.options)
    except MalformedProof as error:
        error.pointer = error.pointer or receipt.pointer
        raise


def _read_2017(options: JsonObject) -> Receipt:
    path = options.get("proof")
    if not isinstance(path, list) or len(path) > MAX_STEPS:
        raise MalformedProof("its receipt has no path")
    return Receipt(
        target=_hash(options.get("targetHash")),
        root=_hash(options.get("merkleRoot")),
        steps=tuple(_step(node) for node in path),
        anchored=bool(options.get("anchors")),
    )


def _step(node: Any) -> tuple[bool, bytes]:
    if not isinstance(node, dict) or ("left" in node) == ("right" in node):
        raise MalformedProof("a step of its receipt has no side")
    return "left" in node, _hash(node.get("left", node.get("right")))


def _hash(value: Any) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise MalformedProof("its receipt holds something that is no SHA-256 hash")
    return bytes.fromhex(value)


def _read_2019(options: JsonObject) -> Receipt:
    """Multibase over CBOR, an array of pairs of number and value (W3C CCG MerkleProof2019 §2)."""
    value = options.get("proofValue")
    if not isinstance(value, str):
        raise MalformedProof("its receipt is missing")
    try:
        pairs = cbor.decode(encoding.multibase(value), levels=_LEVELS)
    except NotCbor as error:
        raise AnchorNotChecked("a public chain", "nor can its receipt be read here") from error
    except Undecodable as error:
        raise MalformedProof(f"its receipt is {error}") from error
    members = dict(_pair(pair) for pair in pairs) if isinstance(pairs, list) else {}
    path = members.get(_PATH, [])
    if len(members) < 3 or not isinstance(path, list) or len(path) > MAX_STEPS:
        raise MalformedProof("its receipt is incomplete")
    return Receipt(
        target=_encoded_hash(members.get(_TARGET)),
        root=_encoded_hash(members.get(_ROOT)),
        steps=tuple(_encoded_step(step) for step in path),
        anchored=bool(members.get(_ANCHORS)),
    )


def _pair(value: Any) -> tuple[int, Any]:
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], int):
        raise MalformedProof("its receipt is not made of pairs")
    return value[0], value[1]


def _encoded_step(value: Any) -> tuple[bool, bytes]:
    side, sibling = _pair(value)
    if side not in (0, 1):
        raise MalformedProof("a step of its receipt has no side")
    return side == 0, _encoded_hash(sibling)


def _encoded_hash(value: Any) -> bytes:
    if not isinstance(value, bytes) or not value.startswith(_TEXT_64):
        raise MalformedProof("its receipt holds something that is no SHA-256 hash")
    return _hash(value[len(_TEXT_64) :].decode("ascii", "replace"))
