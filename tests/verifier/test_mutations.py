"""Whatever is done to a signed credential, it is not verified; whatever comes in, a report comes out."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuing import Issuer, Json, json_bytes
from tests.issuing_proofs import rdfc
from tests.verifier.forging.scene import NOW, PINNED, SD_CLAIMS, unsigned
from verifier import MemoryWeb, Report, Uploaded, Verdict, verify

KEYED = Issuer.with_did_key("Keyed College")
KEYED_EC = Issuer.with_did_jwk("Keyed College")
TRUST = tuple(issuer.listed() for issuer in (PINNED, KEYED, KEYED_EC))


def judged(data: bytes | str) -> Report:
    body = data if isinstance(data, bytes) else data.encode()
    return verify(Uploaded(body, "upload"), trust=TRUST, web=MemoryWeb({}), now=NOW)


@given(st.binary(max_size=400))
def test_any_bytes_have_a_report(data: bytes) -> None:
    report = judged(data)
    assert report.verdict is not Verdict.VERIFIED
    assert report.code != "internal_error"


@cache
def signed() -> dict[str, bytes]:
    """Credentials of keys that need no network, in every envelope."""
    document, other = KEYED.credential(), KEYED_EC.credential()
    return {
        "eddsa-rdfc-2022": json_bytes(KEYED.sign(document)),
        "eddsa-jcs-2022": json_bytes(KEYED.sign(document, "eddsa-jcs-2022")),
        "Ed25519Signature2020": json_bytes(KEYED.sign(KEYED.vc11(name=None), "Ed25519Signature2020")),
        "ecdsa-rdfc-2019": json_bytes(KEYED_EC.sign(other)),
        "token": KEYED_EC.jwt(other).encode(),
        "token of 1.1": KEYED.jwt(KEYED.vc11(name=None), "1.1").encode(),
        "sd-jwt": PINNED.sd_jwt(SD_CLAIMS, ["title", "grade"]).encode(),
    }


@pytest.mark.parametrize("kind", signed())
def test_what_the_bits_are_flipped_in_is_verified(kind: str) -> None:
    assert judged(signed()[kind]).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("kind", signed())
@settings(max_examples=120)
@given(data=st.data())
def test_a_flipped_bit_is_never_verified(kind: str, data: st.DataObject) -> None:
    whole = bytearray(signed()[kind])
    position = data.draw(st.integers(0, 8 * len(whole.rstrip()) - 1))
    whole[position // 8] ^= 1 << position % 8
    report = judged(bytes(whole))
    assert report.code != "internal_error"
    if report.verdict is Verdict.VERIFIED:  # white space for white space, or one disclosure fewer
        assert reads_alike(bytes(whole), signed()[kind])


def reads_alike(one: bytes, other: bytes) -> bool:
    with suppress(ValueError):
        return bool(json.loads(one) == json.loads(other))
    return False


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["did:web:a", "https://a.b/"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "type", "name", "@id", "@type", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def mutated(document: Json, draw: Any) -> Json:
    """`document` with one member replaced, taken away or added, somewhere."""
    copy: Json = deepcopy(document)
    node: Any = copy
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = draw(st.sampled_from(keys))
        if isinstance(node[key], dict | list) and node[key] and draw(st.booleans()):
            node = node[key]
            continue
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "remove":
            del node[key]
        elif change == "add" and isinstance(node, dict):
            node[
                draw(st.sampled_from(["id", "type", "name", "note", "proof", "@graph", "credentialStatus"]))
            ] = draw(VALUES)
        else:
            node[key] = draw(VALUES)
        return copy


@pytest.mark.parametrize("kind", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"])
@settings(max_examples=120)
@given(data=st.data())
def test_a_mutated_document_is_never_verified(kind: str, data: st.DataObject) -> None:
    original = json.loads(signed()[kind])
    document = mutated(original, data.draw)
    report = judged(json_bytes(document))
    assert report.code != "internal_error"
    if report.verdict is Verdict.VERIFIED and document != original:
        # One value or an array of one is the same statement in RDF, and so is null; JCS signs the spelling.
        assert "jcs" not in kind
        assert rdfc(unsigned(document), "Ed25519") == rdfc(unsigned(original), "Ed25519")


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: shuffled(value[name]) for name in names}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    for kind in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        document = shuffled(json.loads(signed()[kind]))
        assert judged(json.dumps(document, separators=(",", ":"))).verdict is Verdict.VERIFIED
