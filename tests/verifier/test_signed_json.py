"""Plain JSON signed by a did:key: what holds, and what every change to it is called."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.issuing_keys import SigningKey, multibase
from tests.issuing_proofs import embedded
from verifier import Limits, Uploaded, Verdict, VerifierError, did_key, read_signed_json, sign_json, verify

Json = dict[str, Any]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
DOCUMENT: Json = {"type": "Note", "n": [1, 2.5, None, True], "said": "Zoë ✓"}
IDENTITY = "did:key:" + multibase(b"\xed\x01\x01" + bytes(31))  # a point of small order: signs anything
# NUL and half a surrogate pair are refused before anything else (strict_json).
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def to_bytes(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass")


def signed() -> Json:
    return sign_json(DOCUMENT, KEY, NOON)


def test_what_was_signed_is_read_with_its_signer() -> None:
    found = read_signed_json(to_bytes(signed()))
    assert (found.document, found.created) == (DOCUMENT, NOON)
    assert found.signer == did_key(KEY.public_key())


def test_an_independent_signer_is_understood() -> None:
    key = SigningKey.demo("Ed25519", "receipt")
    did = "did:key:" + multibase(b"\xed\x01" + key.private.public_key().public_bytes_raw())  # type: ignore[union-attr]
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2026-09-01T12:00:00Z",
        "verificationMethod": f"{did}#{did.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
    }
    assert read_signed_json(to_bytes(embedded(DOCUMENT, options, key))).signer == did


@given(st.dictionaries(texts.filter(lambda name: name not in ("", "proof")), values))
def test_everything_that_is_json_can_be_signed_and_read(document: Json) -> None:
    assert read_signed_json(to_bytes(sign_json(document, KEY, NOON))).document == document


@given(st.data())
def test_no_changed_character_is_still_signed(data: st.DataObject) -> None:
    whole = to_bytes(signed())
    at = data.draw(st.integers(0, len(whole) - 1))
    letter = data.draw(st.integers(0x20, 0x7E).filter(lambda code: code != whole[at]))
    changed = whole[:at] + bytes([letter]) + whole[at + 1 :]
    try:
        found = read_signed_json(changed)
    except VerifierError:
        return
    # White space between tokens is nobody's statement: the same document, the same signer.
    assert (found.document, found.signer) == (DOCUMENT, did_key(KEY.public_key()))


def set_in(name: str, value: Any) -> Callable[[Json], None]:
    return lambda document: document["proof"].__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda document: document.update(n=[]), "invalid_signature"),
        (lambda document: document.update(more="x"), "invalid_signature"),
        (lambda document: document.pop("said"), "invalid_signature"),
        (lambda document: document.pop("proof"), "unsigned"),
        (lambda document: document.update(proof=[]), "malformed_proof"),
        (lambda document: document.update(proof=[document["proof"]]), "malformed_proof"),
        (set_in("created", "2026-09-01T12:00:01Z"), "invalid_signature"),
        (set_in("created", "yesterday"), "malformed_proof"),
        (set_in("cryptosuite", "eddsa-rdfc-2022"), "unsupported_suite"),
        (set_in("cryptosuite", 1), "unsupported_suite"),
        (set_in("proofPurpose", "authentication"), "wrong_purpose"),
        (set_in("proofValue", "z" + "1" * 64), "invalid_signature"),
        (set_in("proofValue", "u"), "malformed_proof"),
        (set_in("jws", "x"), "malformed_proof"),
        (set_in("verificationMethod", "did:web:x.example#key"), "malformed_proof"),
        (set_in("verificationMethod", f"{IDENTITY}#{IDENTITY[8:]}"), "weak_key"),
        (set_in("verificationMethod", "did:key:z6Mk#z6Mk"), "malformed_key"),
        (set_in("verificationMethod", None), "malformed_proof"),
    ],
)
def test_each_forgery_is_called_by_its_name(change: Callable[[Json], None], code: str) -> None:
    forged = copy.deepcopy(signed())
    change(forged)
    with pytest.raises(VerifierError) as raised:
        read_signed_json(to_bytes(forged))
    assert raised.value.code == code


def test_another_signer_is_another_identifier() -> None:
    other = sign_json(DOCUMENT, Ed25519PrivateKey.generate(), NOON)
    assert read_signed_json(to_bytes(other)).signer != did_key(KEY.public_key())


def test_a_proof_without_a_time_says_so() -> None:
    options = signed()["proof"]
    del options["created"], options["proofValue"]
    without = embedded(DOCUMENT, options, SigningKey(kind="Ed25519", private=KEY))
    with pytest.raises(VerifierError) as raised:
        read_signed_json(to_bytes(without))
    assert raised.value.pointer == "/proof/created"


def test_limits_are_those_of_every_document_unless_given() -> None:
    long = to_bytes(sign_json({"n": ["x"] * 60_000}, KEY, NOON))
    with pytest.raises(VerifierError):
        read_signed_json(long)
    assert read_signed_json(long, Limits(json_nodes=100_000)).created == NOON


def test_it_is_no_credential_of_anybody() -> None:
    assert verify(Uploaded(to_bytes(signed()), "note.json")).verdict is Verdict.UNREADABLE
