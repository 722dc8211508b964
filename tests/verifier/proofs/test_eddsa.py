"""Ed25519: Project Wycheproof, and the keys and signatures that OpenSSL would let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.issuing_keys import SigningKey
from verifier.errors import InvalidSignature, KeyMismatch, VerifierError, WeakKey
from verifier.proofs import eddsa, keys
from verifier.proofs.material import PublicKey

SIGNER = SigningKey.demo("Ed25519", "eddsa")
KEY = keys.from_multikey(SIGNER.multikey)
MESSAGE = b"hashes of a proof and a document"


def test_wycheproof_is_answered_in_full(shared_cases: Path) -> None:
    (path,) = (shared_cases / "standards" / "wycheproof" / "ed25519").glob("*.json")
    count = 0
    for group in json.loads(path.read_text("utf-8"))["testGroups"]:
        raw = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            count += 1
            try:
                key = PublicKey(kind="Ed25519", key=ed25519.Ed25519PublicKey.from_public_bytes(raw))
                eddsa.verify_raw(key, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
                result = "valid"
            except VerifierError:
                result = "invalid"
            assert result == test["result"], test["tcId"]
    assert count


def test_a_signature_holds_for_its_message_and_for_no_other() -> None:
    signature = SIGNER.sign(MESSAGE)
    eddsa.verify_raw(KEY, MESSAGE, signature)
    with pytest.raises(InvalidSignature):
        eddsa.verify_raw(KEY, MESSAGE + b".", signature)


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_no_bit_of_a_signature_may_flip(bit: int) -> None:
    signature = bytearray(SIGNER.sign(MESSAGE))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidSignature):
        eddsa.verify_raw(KEY, MESSAGE, bytes(signature))


@pytest.mark.parametrize("length", [0, 63, 65, 128])
def test_another_length_is_no_signature(length: int) -> None:
    with pytest.raises(InvalidSignature):
        eddsa.verify_raw(KEY, MESSAGE, (SIGNER.sign(MESSAGE) * 2)[:length])


def test_the_second_spelling_of_a_signature_is_refused() -> None:
    signature = SIGNER.sign(MESSAGE)
    malleated = int.from_bytes(signature[32:], "little") + eddsa.ORDER
    with pytest.raises(InvalidSignature):
        eddsa.verify_raw(KEY, MESSAGE, signature[:32] + malleated.to_bytes(32, "little"))


@pytest.mark.parametrize("point", ["01" + "00" * 31, "ecff" + "ff" * 29 + "7f", "00" * 32])
def test_a_key_of_small_order_signs_nothing(point: str) -> None:
    key = PublicKey(kind="Ed25519", key=ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(point)))
    with pytest.raises(WeakKey):
        eddsa.verify_raw(key, MESSAGE, bytes.fromhex("01" + "00" * 63))


def test_a_key_of_another_kind_is_a_mismatch() -> None:
    with pytest.raises(KeyMismatch):
        eddsa.verify_raw(keys.from_multikey(SigningKey.demo("P-256", "x").multikey), MESSAGE, b"\0" * 64)
