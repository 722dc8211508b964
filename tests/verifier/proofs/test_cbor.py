"""The CBOR subset: what cbor2 writes is read, and nothing a hostile proof could hide in is."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.proofs import cbor

VALUES = st.recursive(
    st.integers(0, 2**64 - 1) | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(st.integers(0, 2**32), inner, max_size=30),
    max_leaves=20,
)


@given(VALUES)
def test_what_another_encoder_wrote_is_read(value: Any) -> None:
    with suppress(cbor.NotCbor):  # deeper than a proof is
        assert cbor.decode(cbor2.dumps(value)) == value


def test_a_proof_sized_value_is_read() -> None:
    value = [b"\1" * 64, b"\2" * 35, [b"\3" * 64] * 30, {0: b"\4" * 32, 300: b"\5" * 32}, [0, 1, 70_000]]
    assert cbor.decode(cbor2.dumps(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(cbor.NotCbor):
        cbor.decode(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "00 00",  # a second value
        "20",  # negative
        "60",  # text
        "c2 41 01",  # a tag
        "f5",  # true
        "fb 3ff0000000000000",  # a double
        "9f ff",  # indefinite
        "42 01",  # cut off
        "19 01",  # cut off in its length
        "9b ffffffffffffffff",  # more items than bytes
        "bb 00000000ffffffff",
        "a2 00 40 00 40",  # a key twice
        "a1 40 40",  # a key that is no number
        "81" * 9 + "00",  # too deep
    ],
)
def test_everything_else_is_refused(data: str) -> None:
    with pytest.raises(cbor.NotCbor):
        cbor.decode(bytes.fromhex(data))
