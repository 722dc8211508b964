"""Status list tokens: least significant bit first, in JWT and CWT alike."""

from __future__ import annotations

import ast
import base64
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import Inconclusive, VerifierError
from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.status import lookup
from verifier.status.expand import ZLIB, expand
from verifier.status.token_list import claims_of_cwt, value_at

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
URL = "https://college.example/statuslists/1"
LIMITS = Limits()


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(octets: bytes = bytes(4), bits: Any = 1, **changes: Any) -> JsonObject:
    lst = base64url(zlib.compress(octets))
    return {"sub": URL, "iat": NOW.timestamp(), "status_list": {"bits": bits, "lst": lst}, **changes}


def code(document: JsonObject, index: int = 1, now: datetime = NOW, url: str = URL) -> str:
    method = lookup("status_list")
    entry = StatusEntry(
        type="status_list", document={"idx": index, "uri": url}, pointer="/status/status_list"
    )
    try:
        return method.decide(
            document, method.locate(entry, Credential(format="sd_jwt_vc"), LIMITS), LIMITS, now
        ).code
    except VerifierError as error:
        return error.code


@given(st.data(), st.sampled_from([1, 2, 4, 8]))
def test_every_index_of_every_size_round_trips(data: st.DataObject, bits: int) -> None:
    per_octet = 8 // bits
    values = data.draw(st.lists(st.integers(0, (1 << bits) - 1), min_size=per_octet, max_size=64))
    values = values[: len(values) // per_octet * per_octet]
    octets = bytes(
        sum(value << bits * place for place, value in enumerate(values[start : start + per_octet]))
        for start in range(0, len(values), per_octet)
    )
    assert [value_at(octets, index, bits) for index in range(len(values))] == values


@pytest.mark.parametrize("index", [-1, 8, 10**10])
def test_an_index_outside_never_wraps_around(index: int) -> None:
    with pytest.raises(Inconclusive) as caught:
        value_at(b"\0", index, 1)
    assert caught.value.code == "status_index_out_of_range"


@pytest.mark.parametrize(
    ("bits", "value", "expected"),
    [
        (1, 0, "status_clear"),
        (1, 1, "revoked"),
        (2, 2, "suspended"),
        (2, 3, "status_value_unknown"),
        (4, 0xB, "status_value_unknown"),
        (8, 0, "status_clear"),
        (8, 1, "revoked"),
        (8, 2, "suspended"),
        (8, 0x80, "status_value_unknown"),
    ],
)
def test_a_value_means_what_is_registered_and_nothing_else(bits: int, value: int, expected: str) -> None:
    octets = (value << bits).to_bytes(2, "little")  # entry 1 of the list
    assert code(claims(octets, bits)) == expected


SECOND = NOW.timestamp()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"exp": SECOND + 1}, "status_clear"),
        ({"exp": SECOND}, "status_stale"),
        ({"iat": SECOND + 300}, "status_clear"),
        ({"iat": SECOND + 301}, "status_stale"),
        ({"ttl": 43_200}, "status_clear"),
        ({"ttl": 0}, "status_list_unusable"),
        ({"ttl": "12h"}, "status_list_unusable"),
        ({"ttl": True}, "status_list_unusable"),
        ({"iat": None}, "status_list_unusable"),
        ({"iat": "2026"}, "status_list_unusable"),
        ({"exp": True}, "status_list_unusable"),
        ({"exp": float("nan")}, "status_list_unusable"),
        ({"exp": 10**30}, "status_list_unusable"),
        ({"exp": -1}, "status_list_unusable"),
        ({"sub": None}, "status_list_untrusted"),
        ({"sub": URL + "2"}, "status_list_untrusted"),
        ({"status_list": None}, "status_list_unusable"),
        ({"status_list": {}}, "status_list_unusable"),
        ({"status_list": {"bits": 3, "lst": "eNpjYAAAAAIAAQ"}}, "status_list_unusable"),
        ({"status_list": {"bits": True, "lst": "eNpjYAAAAAIAAQ"}}, "status_list_unusable"),
        ({"status_list": {"bits": 1.0, "lst": "eNpjYAAAAAIAAQ"}}, "status_list_unusable"),
    ],
)
def test_a_token_is_read_only_whole_and_in_force(changes: JsonObject, expected: str) -> None:
    assert code(claims(**changes)) == expected


def test_a_token_says_when_it_was_issued() -> None:
    document = claims()
    del document["iat"]
    assert code(document) == "status_list_unusable"


def test_the_lists_of_the_draft_are_read(shared_cases: Path) -> None:
    root = shared_cases / "standards"
    cases = json.loads((root / "manifest.json").read_text("utf-8"))
    read = 0
    for case in (case for case in cases if case["kind"] == "token-status-list/encoding"):
        document = json.loads((root / case["file"]).read_text("utf-8"))
        octets = expand(document["lst"], ZLIB, LIMITS, "")
        entries = range(len(octets) * 8 // document["bits"])
        values = [value_at(octets, index, document["bits"]) for index in entries]
        if "statuses" in case:
            assert values[: len(case["statuses"])] == case["statuses"]
        else:
            expected = ast.literal_eval(case["nonzero_statuses_decoded"])
            assert {index: value for index, value in enumerate(values) if value} == expected
        read += 1
    assert read == 3


def test_the_token_of_the_draft_is_read(shared_cases: Path) -> None:
    root = shared_cases / "standards"
    cases = json.loads((root / "manifest.json").read_text("utf-8"))
    (case,) = (case for case in cases if case["kind"] == "token-status-list/jwt")
    payload = (root / case["file"]).read_text("utf-8").split(".")[1]
    document = json.loads(base64.urlsafe_b64decode(payload + "=="))
    now = datetime.fromisoformat(case["now"])
    for index, status in enumerate(case["statuses"]):
        expected = "revoked" if status else "status_clear"
        assert code(document, index, now, document["sub"]) == expected


def test_the_cwt_form_says_the_same() -> None:
    status_list = {"bits": 1, "lst": zlib.compress(b"\x02")}
    given_claims = {2: URL, 6: int(SECOND), 65533: status_list, 4: int(SECOND) + 1, 65534: 60, 7: b"id"}
    document = claims_of_cwt(cbor2.dumps(given_claims), LIMITS)
    assert (code(document, 0), code(document, 1)) == ("status_clear", "revoked")


@pytest.mark.parametrize("status_list", [None, {}, {"bits": 1}, {"bits": 1, "lst": "eNpjYAAAAAIAAQ=="}, [1]])
def test_a_cwt_without_a_list_is_unusable(status_list: Any) -> None:
    document = claims_of_cwt(cbor2.dumps({2: URL, 6: int(SECOND), 65533: status_list}), LIMITS)
    assert code(document) == "status_list_unusable"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"{}",
        b"\x80",
        b"\xa1" * 100,
        b"\x9b" + b"\x7f" * 8,
        b"\xa2\x02\x61a\x02\x61b",
        b"\xc5\x82\x1b" + b"\x7f" * 8 + b"\x01",
        bytes(LIMITS.status_bytes + 1),
    ],
    ids=["empty", "break", "JSON", "array", "deep", "endless", "twice", "bigfloat", "large"],
)
def test_a_cwt_that_is_no_set_of_claims_is_unusable(payload: bytes) -> None:
    with pytest.raises(Inconclusive) as caught:
        claims_of_cwt(payload, LIMITS)
    assert caught.value.code == "status_list_unusable"
