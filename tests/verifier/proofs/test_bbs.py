"""BBS: proofs made by the tests' own holder, and each part of one changed."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("py_arkworks_bls12381", reason="the extra “bbs” is not installed")

from py_arkworks_bls12381 import G1Point, G2Point, Scalar

from tests.issuing_bbs import BbsKey, proof_of
from verifier.errors import InvalidSignature, MalformedKey, MalformedProof, Refuted, WeakKey, WorkLimit
from verifier.proofs import bbs

KEY = BbsKey.demo("college")
MESSAGES = [f"statement {number}".encode() for number in range(5)]
SHOWN = {1: MESSAGES[1], 4: MESSAGES[4]}
HEADER, PRESENTATION = b"what is mandatory", b"nonce 1"
ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
IDENTITY_G1, IDENTITY_G2 = b"\xc0" + bytes(47), b"\xc0" + bytes(95)
# Points of the curves, outside the groups of prime order: x = 0, and x = 2 in the extension field.
OUTSIDE_G1, OUTSIDE_G2 = b"\x80" + bytes(47), b"\x80" + bytes(94) + b"\2"


def made(shown: Any = SHOWN, messages: Any = MESSAGES) -> bytes:
    return proof_of(KEY, messages, list(shown), header=HEADER, presentation_header=PRESENTATION)


PROOF = made()


def verify(proof: bytes = PROOF, **changes: Any) -> None:
    given: dict[str, Any] = {
        "key": KEY.public,
        "header": HEADER,
        "presentation_header": PRESENTATION,
        "disclosed": SHOWN,
        "max_messages": 100,
    } | changes
    bbs.verify(given.pop("key"), proof, **given)


@pytest.mark.parametrize("shown", [(), (0,), (1, 4), (0, 1, 2, 3, 4)])
def test_a_proof_holds_whatever_is_withheld(shown: tuple[int, ...]) -> None:
    disclosed = {at: MESSAGES[at] for at in shown}
    verify(made(disclosed), disclosed=disclosed)


def test_a_proof_of_no_messages_holds() -> None:
    verify(made({}, []), disclosed={})


def test_the_order_in_which_messages_are_given_does_not_matter() -> None:
    verify(disclosed=dict(reversed(SHOWN.items())))


@pytest.mark.parametrize(
    "changes",
    [
        {"header": b"what was mandatory"},
        {"header": b""},
        {"presentation_header": b"nonce 2"},
        {"presentation_header": b""},
        {"key": BbsKey.demo("stranger").public},
        {"disclosed": {1: MESSAGES[1], 4: b"forged"}},
        {"disclosed": {1: MESSAGES[4], 4: MESSAGES[1]}},
        {"disclosed": {0: MESSAGES[1], 4: MESSAGES[4]}},
        {"disclosed": {4: MESSAGES[4]}},
        {"disclosed": {1: MESSAGES[1], 2: MESSAGES[2], 4: MESSAGES[4]}},
        {"disclosed": {}},
    ],
    ids="-".join,
)
def test_nothing_else_is_proved(changes: dict[str, Any]) -> None:
    with pytest.raises((InvalidSignature, MalformedProof)):
        verify(**changes)


@pytest.mark.parametrize("mask", [0x01, 0x80])
def test_no_byte_of_a_proof_may_change(mask: int) -> None:
    for at in range(len(PROOF)):
        forged = PROOF[:at] + bytes([PROOF[at] ^ mask]) + PROOF[at + 1 :]
        with pytest.raises(Refuted):
            verify(forged)


def test_a_signature_by_another_key_is_refused_even_where_the_commitments_fit() -> None:
    """The challenge binds the key; only the pairing says that its owner signed."""
    stranger = BbsKey.demo("stranger")

    class Claiming(BbsKey):
        public = KEY.public

    forged = proof_of(
        Claiming(secret=stranger.secret),
        MESSAGES,
        list(SHOWN),
        header=HEADER,
        presentation_header=PRESENTATION,
    )
    with pytest.raises(InvalidSignature):
        verify(forged)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(
    "point", [IDENTITY_G1, IDENTITY_G1[:-1] + b"\1", OUTSIDE_G1, bytes(48), b"\xff" * 48]
)
def test_each_point_lies_in_the_group_and_is_not_the_identity(number: int, point: bytes) -> None:
    forged = PROOF[: number * 48] + point + PROOF[(number + 1) * 48 :]
    with pytest.raises(MalformedProof):
        verify(forged)


def test_a_point_outside_the_group_is_on_the_curve_all_the_same() -> None:
    assert not G1Point.from_compressed_bytes_unchecked(OUTSIDE_G1).is_in_subgroup()
    assert not G2Point.from_compressed_bytes_unchecked(OUTSIDE_G2).is_in_subgroup()


@pytest.mark.parametrize("number", range((len(PROOF) - 144) // 32))
def test_each_number_is_at_least_one_and_below_the_order(number: int) -> None:
    at = 144 + number * 32
    scalar = int.from_bytes(PROOF[at : at + 32], "big")
    for value in (0, ORDER, scalar + ORDER):
        forged = PROOF[:at] + value.to_bytes(32, "big") + PROOF[at + 32 :]
        with pytest.raises(MalformedProof):
            verify(forged)


@pytest.mark.parametrize("size", [0, 1, 143, 144, 271, len(PROOF) - 1, len(PROOF) + 1])
def test_a_proof_has_whole_points_and_numbers(size: int) -> None:
    with pytest.raises(MalformedProof, match="length"):
        verify((PROOF + bytes(1))[:size])


def test_a_number_more_or_less_is_refused() -> None:
    for forged in (PROOF[:-32], PROOF + PROOF[-32:], PROOF[:-64] + PROOF[-32:]):
        with pytest.raises((InvalidSignature, MalformedProof)):
            verify(forged)


def test_a_message_beyond_those_signed_is_refused() -> None:
    with pytest.raises(MalformedProof, match="not signed"):
        verify(disclosed={1: MESSAGES[1], 5: MESSAGES[4]})
    with pytest.raises(MalformedProof, match="not signed"):
        verify(disclosed={1: MESSAGES[1], 2**64: MESSAGES[4]})


@pytest.mark.parametrize(
    ("key", "error"),
    [
        (IDENTITY_G2, WeakKey),
        (IDENTITY_G2[:-1] + b"\1", WeakKey),
        (OUTSIDE_G2, MalformedKey),
        (bytes(96), MalformedKey),
        (b"\x9f" + b"\xff" * 95, MalformedKey),
        (KEY.public[:-1], MalformedKey),
        (b"", MalformedKey),
    ],
)
def test_a_key_lies_in_the_group_and_is_not_the_identity(key: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        verify(key=key)


def test_work_is_bounded_before_anything_is_computed() -> None:
    with pytest.raises(WorkLimit):
        verify(PROOF + bytes(32 * 96))
    with pytest.raises(WorkLimit):
        verify(max_messages=4)


def test_the_fixed_point_of_the_ciphersuite_is_the_one_that_its_seed_gives() -> None:
    """§7.2.2: P1 is what create_generators makes of a seed of its own."""
    tag = bbs.API_ID + b"SIG_GENERATOR_SEED_"
    value = bbs.expand_message(bbs.API_ID + b"BP_MESSAGE_GENERATOR_SEED", tag)
    value = bbs.expand_message(value + (1).to_bytes(8, "big"), tag)
    point = G1Point.hash_to_curve(value, bbs.API_ID + b"SIG_GENERATOR_DST_")
    assert point.to_compressed_bytes() == bbs.P1


def test_generators_do_not_depend_on_how_many_are_asked_for() -> None:
    assert bbs.generators(3)[0] == bbs.generators(9)[0][:3]
    assert len(set(bbs.generators(9)[0])) == 9


def test_a_sum_takes_as_many_numbers_as_points() -> None:
    with pytest.raises(ValueError, match="zip"):
        bbs.weighted_sum([G1Point()], [Scalar(1), Scalar(2)])
