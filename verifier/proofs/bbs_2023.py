"""bbs-2023: a BBS proof of the statements that the holder chose to show (vc-di-bbs 1.0 §3.3, §3.4).

The issuer signed the mandatory statements as one header and every other statement as a message; what is
withheld leaves no trace but its number. Only the baseline is checked: proofs bound to a secret of the holder
or to a pseudonym need drafts that are not settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verifier.errors import KeyMismatch, MalformedProof, UnsupportedSuite
from verifier.proofs import bbs, selective
from verifier.proofs.cryptosuite import Secured
from verifier.proofs.material import PublicKey

# §3.3.1, §3.3.6: 0xd9 0x5d, then even numbers for base proofs and odd ones for derived proofs.
BASE_PROOFS = frozenset({b"\xd9\x5d\x02", b"\xd9\x5d\x04", b"\xd9\x5d\x06", b"\xd9\x5d\x08"})
DERIVED_PROOF = b"\xd9\x5d\x03"
FEATURES = {
    b"\xd9\x5d\x05": "a secret of the holder",
    b"\xd9\x5d\x07": "a pseudonym of the holder",
    b"\xd9\x5d\x09": "a secret and a pseudonym of the holder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a derived proof value holds (§3.3.7 parseDerivedProofValue)."""

    proof: bytes
    labels: dict[str, str]  # canonical label → the label under which the statements were signed
    mandatory: Sequence[int]  # positions among the relabelled, sorted statements that are shown
    selective: Sequence[int]  # of each other statement shown: its position among all that were signed
    presentation_header: bytes


class Bbs2023:
    """The suite. It answers for baseline derived proofs, where the extra `bbs` is installed."""

    name = "bbs-2023"
    value_name = "proofValue"

    def check(self, secured: Secured, key: PublicKey) -> None:
        """§3.4.7 Verify Derived Proof."""
        if key.kind != "BLS12-381-G2":
            raise KeyMismatch(self.name, key.kind)
        derived = parse(secured.value)
        if not bbs.INSTALLED:
            raise UnsupportedSuite(f"{self.name} (the extra “bbs” is not installed)")
        mandatory, others = selective.separated(secured, derived.labels, derived.mandatory)
        if len(others) != len(derived.selective):
            raise MalformedProof("it has not one position for each statement")
        messages = (statement.encode() for statement in others)
        bbs.verify(
            key.raw,
            derived.proof,
            header=b"".join(selective.hashes(secured, mandatory)),
            presentation_header=derived.presentation_header,
            disclosed=dict(zip(derived.selective, messages, strict=True)),
            max_messages=secured.limits.signed_statements,
        )


BBS_2023 = Bbs2023()


def parse(value: Any) -> Derived:
    """The parts of a derived `proofValue`. Raises `MalformedProof`, `UnsupportedSuite`."""
    header, data = selective.opened(value, BASE_PROOFS)
    if feature := FEATURES.get(header):
        raise UnsupportedSuite(f"bbs-2023 bound to {feature}")
    if header != DERIVED_PROOF:
        raise MalformedProof("its value is no derived proof")
    match selective.components(data):
        case [bytes(proof), dict(labels), list(mandatory), list(chosen), bytes(presentation_header)]:
            pass
        case _:
            raise MalformedProof("its value has not the five parts of a derived proof")
    if not all(isinstance(label, int) for label in labels.values()):
        raise MalformedProof("a label in it is no number")
    return Derived(
        proof=proof,
        labels={f"_:c14n{number}": f"_:b{label}" for number, label in labels.items()},  # §3.3.5
        mandatory=selective.distinct(mandatory),
        selective=selective.distinct(chosen),
        presentation_header=presentation_header,
    )
