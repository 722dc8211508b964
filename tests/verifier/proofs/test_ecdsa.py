"""ECDSA: Project Wycheproof, and raw r ‖ s only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.issuing_keys import Kind, SigningKey
from verifier.errors import InvalidSignature, KeyMismatch, VerifierError
from verifier.proofs import ecdsa, keys, material

MESSAGE = b"hashes of a proof and a document"
KINDS: list[Kind] = ["P-256", "P-384"]


@pytest.mark.parametrize("kind", KINDS)
def test_wycheproof_is_answered_in_full(shared_cases: Path, kind: str) -> None:
    folder = f"ecdsa-{kind.lower().replace('-', '')}-p1363"
    (path,) = (shared_cases / "standards" / "wycheproof" / folder).glob("*.json")
    count = 0
    for group in json.loads(path.read_text("utf-8"))["testGroups"]:
        key = material.FROM_RAW[kind](bytes.fromhex(group["publicKey"]["uncompressed"]))
        for test in group["tests"]:
            count += 1
            try:
                ecdsa.verify_raw(key, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
                result = "valid"
            except VerifierError:
                result = "invalid"
            assert result == test["result"], test["tcId"]
    assert count


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_holds_for_its_message_and_for_no_other(kind: Kind) -> None:
    signer = SigningKey.demo(kind, "ecdsa")
    key, signature = keys.from_multikey(signer.multikey), signer.sign(MESSAGE)
    ecdsa.verify_raw(key, MESSAGE, signature)
    with pytest.raises(InvalidSignature):
        ecdsa.verify_raw(key, MESSAGE + b".", signature)
    with pytest.raises(InvalidSignature):
        ecdsa.verify_raw(key, MESSAGE, bytes(signature[:-1]) + bytes([signature[-1] ^ 1]))


@pytest.mark.parametrize("kind", KINDS)
def test_r_and_s_lie_between_zero_and_the_order(kind: Kind) -> None:
    signer = SigningKey.demo(kind, "ecdsa")
    key = keys.from_multikey(signer.multikey)
    order = ecdsa.CURVES[kind][1]
    size = (order.bit_length() + 7) // 8
    for number in (0, order):
        with pytest.raises(InvalidSignature):
            ecdsa.verify_raw(key, MESSAGE, number.to_bytes(size, "big") * 2)


def test_der_is_not_raw() -> None:
    signer = SigningKey.demo("P-256", "ecdsa")
    assert isinstance(signer.private, ec.EllipticCurvePrivateKey)
    der = signer.private.sign(MESSAGE, ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        ecdsa.verify_raw(keys.from_multikey(signer.multikey), MESSAGE, der)


def test_a_key_of_another_kind_is_a_mismatch() -> None:
    with pytest.raises(KeyMismatch):
        ecdsa.verify_raw(keys.from_multikey(SigningKey.demo("Ed25519", "x").multikey), MESSAGE, b"\0" * 64)


@pytest.mark.parametrize(
    ("kind", "curve"),
    [
        ("P-256", ec.SECP256R1()),
        ("P-384", ec.SECP384R1()),
        ("P-521", ec.SECP521R1()),
        ("secp256k1", ec.SECP256K1()),
    ],
)
def test_the_order_of_a_curve_is_the_one_the_library_counts_by(kind: str, curve: ec.EllipticCurve) -> None:
    """(n - 1)·G is -G, which has the x of G and another y."""
    last = ec.derive_private_key(ecdsa.CURVES[kind][1] - 1, curve).public_key().public_numbers()
    first = ec.derive_private_key(1, curve).public_key().public_numbers()
    assert last.x == first.x
    assert last.y != first.y
