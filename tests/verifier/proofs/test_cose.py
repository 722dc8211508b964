"""COSE: exactly one COSE_Sign1, and the algorithm follows from the key (RFC 9052)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import (
    InvalidSignature,
    KeyMismatch,
    KeyUnavailable,
    MalformedProof,
    NotParseable,
    TooLarge,
    Unreadable,
    UnsupportedKey,
    UnsupportedSuite,
    VerifierError,
)
from verifier.policy import Limits
from verifier.proofs import cose, keys
from verifier.proofs.jose import AlgorithmForbidden, CriticalHeader, HeaderKey
from verifier.proofs.keys import PublicKey

LIMITS = Limits()
PRIVATE = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def public() -> PublicKey:
    x = base64.urlsafe_b64encode(PRIVATE.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return keys.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": x})


def signed(
    header: dict[Any, Any], *, payload: bytes = b"{}", unprotected: Any = None, tag: int = 18
) -> bytes:
    protected = cbor2.dumps(header)
    signature = PRIVATE.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(tag, [protected, unprotected or {}, payload, signature]))


GENUINE = signed({1: -8, 3: "application/VC", 4: b"key-1", 16: "application/vc+cose"})


def test_a_genuine_signature_is_accepted_in_bytes_and_in_text() -> None:
    for data in (GENUINE, base64.urlsafe_b64encode(GENUINE).rstrip(b"=") + b"\n"):
        assert cose.is_cose_sign1(data)
        proof = cose.split(data, LIMITS)
        cose.verify(proof, public())
        assert (cose.typ_of(proof), cose.content_type_of(proof), cose.kid_of(proof)) == (
            "vc+cose",
            "vc",
            "key-1",
        )


@pytest.mark.parametrize("position", range(8, len(GENUINE), 7))
def test_every_changed_byte_is_noticed(position: int) -> None:
    damaged = bytearray(GENUINE)
    damaged[position] ^= 1
    with pytest.raises(VerifierError):
        cose.verify(cose.split(bytes(damaged), LIMITS), public())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd2\x84",
        b"\xd2\x84" * 100_000,
        signed({1: -8}, tag=17),
        cbor2.dumps([b"", {}, b"", b""]),
        cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b""])),
        cbor2.dumps(cbor2.CBORTag(18, [b"", {}, None, b""])),
        cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps([1]), {}, b"", b""])),
        cbor2.dumps(cbor2.CBORTag(18, [b"\xa2\x01\x27\x01\x27", {}, b"", b""])),
        signed({1: -8}, unprotected={1: -8}),
        GENUINE + b"\x00",
        b"0oR!",
        b"\xff\xfe",
    ],
)
def test_damage_is_unreadable(data: bytes) -> None:
    with pytest.raises(NotParseable):
        cose.split(data, LIMITS)


def test_a_huge_one_is_not_decoded() -> None:
    with pytest.raises(TooLarge):
        cose.split(b"\xd2\x84" + bytes(8_000_000), LIMITS)


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        ({}, MalformedProof),
        ({1: "EdDSA"}, MalformedProof),
        ({1: True}, MalformedProof),
        ({1: 5}, AlgorithmForbidden),
        ({1: -7}, KeyMismatch),
        ({1: -999}, UnsupportedSuite),
        ({1: -8, 2: [99], 99: 1}, CriticalHeader),
        ({1: -8, 35: "https://a.example"}, HeaderKey),
    ],
)
def test_a_header_that_decides_too_much_is_refused(
    header: dict[int, Any], refusal: type[VerifierError]
) -> None:
    with pytest.raises(refusal):
        cose.verify(cose.split(signed(header), LIMITS), public())


def test_a_key_of_another_kind_is_not_used() -> None:
    with pytest.raises(UnsupportedKey):
        cose.verify(cose.split(GENUINE, LIMITS), PublicKey(kind="BLS12-381-G2", key=None, raw=bytes(96)))


@pytest.mark.parametrize("kid", ["text", b"\xff", b"", 5])
def test_a_key_identifier_that_is_no_text_names_no_key(kid: object) -> None:
    assert cose.kid_of(cose.split(signed({1: -8, 4: kid}), LIMITS)) is None


@given(st.binary(max_size=80))
def test_any_bytes_raise_only_unreadable(data: bytes) -> None:
    for form in (data, b"\xd2\x84" + data):
        try:
            cose.split(form, LIMITS)
        except Unreadable:
            continue


@pytest.mark.shared
def test_cose_vectors(shared_cases: Path) -> None:
    seen = 0
    for case in json.loads((shared_cases / "standards/manifest.json").read_text()):
        if not case["kind"].endswith("_cose"):
            continue
        seen += 1
        proof = cose.split((shared_cases / "standards" / case["file"]).read_bytes(), LIMITS)
        jwk = case["keys"]["verification_method_document"]["publicKeyJwk"]
        if "media_type" in case["id"]:
            assert cose.typ_of(proof) == "really/bad"
        else:  # what is wrong with the invalid presentation stands inside it
            cose.verify(proof, keys.from_jwk(jwk))
            damaged = type(proof)(
                protected=proof.protected,
                header=proof.header,
                payload=proof.payload + b" ",
                signature=proof.signature,
            )
            with pytest.raises(InvalidSignature):
                cose.verify(damaged, keys.from_jwk(jwk))
    assert seen == 4


def test_one_of_several_keys_is_enough_and_a_wrong_signature_is_called_so() -> None:
    other = keys.from_jwk(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        }
    )
    unused = PublicKey(kind="BLS12-381-G2", key=None)
    cose.verify_with_any(cose.split(GENUINE, LIMITS), [unused, other, public()])
    forged = signed({1: -8}, payload=b"{}").replace(b"{}", b"[]")
    with pytest.raises(InvalidSignature):
        cose.verify_with_any(cose.split(forged, LIMITS), [unused, other, public()])
    with pytest.raises(KeyUnavailable):
        cose.verify_with_any(cose.split(GENUINE, LIMITS), [])
