"""ecdsa-sd-2023: an ECDSA proof from which the holder may withhold statements (vc-di-ecdsa 1.0 §3.4, §3.6).

The issuer signs the mandatory statements and a key; that key signs every other statement by itself. Only a
derived proof is for showing: the issuer's base proof would let whoever holds it choose again what to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verifier.errors import KeyMismatch, MalformedKey, MalformedProof, WorkLimit
from verifier.proofs import ecdsa, selective
from verifier.proofs.cryptosuite import Secured
from verifier.proofs.encoding import to_base64url
from verifier.proofs.material import FROM_RAW, PublicKey

BASE_PROOF, DERIVED_PROOF = b"\xd9\x5d\x00", b"\xd9\x5d\x01"
P256_MULTICODEC = b"\x80\x24"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a derived proof value holds (§3.5.8 parseDerivedProofValue)."""

    base_signature: bytes
    key_bytes: bytes  # the proof's own key as a Multikey: two bytes of multicodec and a compressed point
    signatures: Sequence[bytes]  # one for each statement that is not mandatory
    labels: dict[str, str]  # canonical label → the label under which the statements were signed
    mandatory: Sequence[int]  # positions among the relabelled, sorted statements


class EcdsaSd2023:
    """The suite. It answers for derived proofs under P-256 keys."""

    name = "ecdsa-sd-2023"
    value_name = "proofValue"

    def check(self, secured: Secured, key: PublicKey) -> None:
        """§3.6.7 Verify Derived Proof."""
        if key.kind != "P-256":
            raise KeyMismatch(self.name, key.kind)
        derived = parse(secured.value)
        mandatory, others = selective.separated(secured, derived.labels, derived.mandatory)
        if len(others) != len(derived.signatures):
            raise MalformedProof("it has not one signature for each statement")
        if len(others) > secured.limits.signed_statements:
            raise WorkLimit(f"it signs more than {secured.limits.signed_statements:,} statements one by one")
        proof_hash, mandatory_hash = selective.hashes(secured, mandatory)
        ecdsa.verify_raw(key, proof_hash + derived.key_bytes + mandatory_hash, derived.base_signature)
        own_key = _own_key(derived.key_bytes)
        for statement, signature in zip(others, derived.signatures, strict=True):
            ecdsa.verify_raw(own_key, statement.encode(), signature)


ECDSA_SD_2023 = EcdsaSd2023()


def parse(value: Any) -> Derived:
    """The parts of a derived `proofValue`. Raises `MalformedProof`."""
    header, data = selective.opened(value, {BASE_PROOF})
    if header != DERIVED_PROOF:
        raise MalformedProof("its value is no derived proof")
    parts = selective.components(data)
    match parts:
        case [bytes(base), bytes(key_bytes), list(signatures), dict(labels), list(mandatory)]:
            pass
        case _:
            raise MalformedProof("its value has not the five parts of a derived proof")
    if not all(isinstance(signature, bytes) for signature in signatures):
        raise MalformedProof("a signature in it is no byte string")
    if not all(isinstance(label, bytes) and len(label) == 32 for label in labels.values()):
        raise MalformedProof("a label in it is no HMAC-SHA-256")
    return Derived(
        base_signature=base,
        key_bytes=key_bytes,
        signatures=signatures,
        labels={f"_:c14n{number}": f"_:u{to_base64url(label)}" for number, label in labels.items()},
        mandatory=selective.distinct(mandatory),
    )


def _own_key(key_bytes: bytes) -> PublicKey:
    if not key_bytes.startswith(P256_MULTICODEC):
        raise MalformedProof("its own key is not on P-256")
    try:
        return FROM_RAW["P-256"](key_bytes[2:])
    except MalformedKey as error:
        raise MalformedProof("its own key is no point of P-256") from error
