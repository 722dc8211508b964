"""Bits are counted as the specification counts them, and mean what their purpose says."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import Inconclusive, VerifierError
from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding, Outcome
from verifier.status import lookup
from verifier.status.bitstring import MIN_ENTRIES, status_at
from verifier.status.expand import GZIP, expand

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
URL = "https://college.example/status/3"
LIMITS = Limits()
MESSAGES = [{"status": f"0x{value:x}", "message": f"message {value}"} for value in range(4)]


def entry(**changes: Any) -> JsonObject:
    return {
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": URL,
        **changes,
    }


def listed(bits: bytes = bytes(MIN_ENTRIES // 8), **changes: Any) -> JsonObject:
    subject = {
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": "u" + base64.urlsafe_b64encode(gzip.compress(bits)).rstrip(b"=").decode(),
        **changes.pop("subject", {}),
    }
    return {
        "id": URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": subject,
        **changes,
    }


def decide(document: JsonObject, status: JsonObject) -> Finding:
    method = lookup("BitstringStatusListEntry")
    signed = StatusEntry(type=method.type, document=status, pointer="/credentialStatus")
    located = method.locate(signed, Credential(format="w3c_vc"), LIMITS)
    return method.decide(document, located, LIMITS, NOW)


def code(document: JsonObject, status: JsonObject) -> str:
    try:
        return decide(document, status).code
    except VerifierError as error:
        return error.code


def wide(value: int, index: int, size: int) -> bytes:
    """A list of entries of `size` bits in which only `index` has `value`."""
    entries = max(MIN_ENTRIES, index + 1)
    whole = -(-entries * size // 8)
    return (value << (whole * 8 - (index + 1) * size)).to_bytes(whole, "big")


@given(st.data(), st.integers(1, 8))
def test_every_index_of_every_size_round_trips(data: st.DataObject, size: int) -> None:
    values = data.draw(st.lists(st.integers(0, (1 << size) - 1), min_size=1, max_size=64))
    written = "".join(f"{value:0{size}b}" for value in values)
    bits = int(written.ljust(-(-len(written) // 8) * 8, "0"), 2).to_bytes(-(-len(written) // 8), "big")
    assert [status_at(bits, index, size) for index in range(len(values))] == values


@given(st.binary(max_size=40), st.integers(-5, 400), st.integers(1, 8))
def test_an_index_outside_never_wraps_around(bits: bytes, index: int, size: int) -> None:
    if 0 <= index < len(bits) * 8 // size:
        assert 0 <= status_at(bits, index, size) < 1 << size
    else:
        with pytest.raises(Inconclusive) as caught:
            status_at(bits, index, size)
        assert caught.value.code == "status_index_out_of_range"


def test_the_most_significant_bit_comes_first() -> None:
    assert [status_at(b"\x80\x01", index) for index in range(16)] == [1] + [0] * 14 + [1]


def test_the_list_of_the_specification_is_all_clear(shared_cases: Path) -> None:
    folder = shared_cases / "standards" / "bitstring-status-list" / "encoding"
    text = json.loads((folder / "bsl-encoded-w3c.json").read_text("utf-8"))["encodedList"]
    bits = expand(text.removeprefix("u"), GZIP, LIMITS, "")
    assert (len(bits) * 8, any(bits)) == (MIN_ENTRIES, False)


@pytest.mark.parametrize(
    ("purpose", "clear", "set_"),
    [
        ("revocation", "status_clear", "revoked"),
        ("suspension", "status_clear", "suspended"),
        ("refresh", "status_clear", "refresh_available"),
        ("quantum", "status_purpose_unknown", "status_purpose_unknown"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_a_value_means_what_its_purpose_says(purpose: str, clear: str, set_: str, size: int) -> None:
    status = entry(statusPurpose=purpose, statusSize=size)
    about = {"statusPurpose": ["other", purpose]}
    assert code(listed(wide(0, 5, size), subject=about), status) == clear
    for bit in range(size):
        assert code(listed(wide(1 << bit, 5, size), subject=about), status) == set_
    neighbours = wide((1 << size) - 1, 4, size), wide((1 << size) - 1, 6, size)
    for bits in neighbours:
        assert code(listed(bits, subject=about), status) == clear


def test_a_newer_version_makes_this_one_no_less_true() -> None:
    status = entry(statusPurpose="refresh")
    finding = decide(listed(wide(1, 5, 1), subject={"statusPurpose": "refresh"}), status)
    assert finding.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("value", range(4))
def test_a_message_is_shown_and_decided_by_nobody(value: int) -> None:
    status = entry(statusPurpose="message", statusSize=2, statusMessage=MESSAGES)
    with pytest.raises(Inconclusive, match=f"message {value}") as caught:
        decide(listed(wide(value, 5, 2), subject={"statusPurpose": "message"}), status)
    assert caught.value.code == "status_message"


@pytest.mark.parametrize(
    "messages",
    [
        None,
        [],
        MESSAGES[:3],
        [*MESSAGES, MESSAGES[0]],
        [*MESSAGES[:3], MESSAGES[0]],
        [*MESSAGES[:3], {"status": "0x3"}],
        [*MESSAGES[:3], {"status": "3", "message": "x"}],
        [*MESSAGES[:3], {"status": "0x00000003", "message": "x"}],
        [*MESSAGES[:3], "0x3"],
    ],
)
def test_a_message_for_each_value_is_required(messages: Any) -> None:
    status = entry(statusPurpose="message", statusSize=2, statusMessage=messages)
    assert code(listed(), status) == "malformed_status"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        *((size, "malformed_status") for size in (0, -1, "2", True, None)),
        *((size, "status_unsupported") for size in (9, 10**40)),
    ],
)
def test_a_size_that_is_none_is_not_guessed(size: Any, expected: str) -> None:
    assert code(listed(), entry(statusSize=size)) == expected


@pytest.mark.parametrize("purpose", [None, "", 7, ["revocation"]])
def test_an_entry_says_what_it_is_for(purpose: Any) -> None:
    assert code(listed(), entry(statusPurpose=purpose)) == "malformed_status"


@pytest.mark.parametrize("purpose", [None, [], "suspension", "Revocation", ["suspension", "refresh"], 7])
def test_a_list_kept_for_another_purpose_says_nothing(purpose: Any) -> None:
    assert code(listed(subject={"statusPurpose": purpose}), entry()) == "status_purpose_differs"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"validFrom": "2026-09-01T09:05:00Z"}, "status_clear"),
        ({"validFrom": "2026-09-01T09:05:01Z"}, "status_stale"),
        ({"validUntil": "2026-09-01T09:00:01Z"}, "status_clear"),
        ({"validUntil": "2026-09-01T09:00:00Z"}, "status_stale"),
        ({"issuanceDate": "3000-01-01T00:00:00Z"}, "status_stale"),
        ({"expirationDate": "2021-01-01T00:00:00Z"}, "status_stale"),
        ({"validUntil": "2021-01-01"}, "status_list_unusable"),
        ({"validUntil": None}, "status_list_unusable"),
        ({"type": "VerifiableCredential"}, "status_list_unusable"),
        ({"type": None}, "status_list_unusable"),
        ({"credentialSubject": None}, "status_list_unusable"),
        ({"credentialSubject": []}, "status_list_unusable"),
        ({"id": None}, "status_list_untrusted"),
        ({"id": URL + "#list"}, "status_list_untrusted"),
        ({"id": URL.upper()}, "status_list_untrusted"),
        ({"subject": {"type": "StatusList2021"}}, "status_list_unusable"),
        ({"bits": bytes(MIN_ENTRIES // 8 - 1)}, "status_list_unusable"),
    ],
)
def test_a_list_is_read_only_whole_and_in_force(changes: dict[str, Any], expected: str) -> None:
    assert code(listed(**changes), entry()) == expected


def test_entries_of_several_bits_need_a_longer_list() -> None:
    assert code(listed(), entry(statusSize=2)) == "status_list_unusable"


def test_a_list_without_an_id_is_the_one_that_was_asked_for() -> None:
    document = listed()
    del document["id"]
    assert code(document, entry()) == "status_clear"


def test_the_drafts_are_read_in_both_base64_alphabets() -> None:
    packed = gzip.compress(bytes(range(256)) * 64)
    kind = "StatusList2021Entry"
    for encoded in (base64.b64encode(packed), base64.urlsafe_b64encode(packed).rstrip(b"=")):
        subject = {"type": "StatusList2021", "statusPurpose": "revocation", "encodedList": encoded.decode()}
        document = {"type": "StatusList2021Credential", "credentialSubject": subject}
        method = lookup(kind)
        status = StatusEntry(type=kind, document=entry(statusListIndex="15"), pointer="")
        located = method.locate(status, Credential(format="w3c_vc"), LIMITS)
        with pytest.raises(VerifierError) as caught:
            method.decide(document, located, LIMITS, NOW)
        assert caught.value.code == "revoked"
