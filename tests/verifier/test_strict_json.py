"""One JSON reader: what two parsers could read differently, or what costs too much, is not read at all."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import Limits
from verifier.errors import Empty, MalformedCredential, NotParseable, TooLarge, VerifierError
from verifier.strict_json import (
    id_of,
    instant,
    kind_of,
    objects,
    one_or_many,
    pointer_to,
    read,
    read_object,
    text_of,
    texts,
)

LIMITS = Limits()
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_json_writes_is_read_back(value: Any) -> None:
    data = json.dumps(value, ensure_ascii=False).encode()
    if "\\u0000" not in json.dumps(value):
        assert read(data, LIMITS) == value


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(VerifierError):
        read(data, LIMITS)


@pytest.mark.parametrize("data", [b"", b"  \n\t "])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(Empty):
        read(data, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": 1, "\\u0061": 2}',
        '[{"deep": {"a": 1, "a": 1}}]',
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "{'a': 1}",
        '{"a": 1,}',
        "[1] 2",
        "01",
        '"\\ud800"',
        '{"\\udc00": 1}',
        '"\\u0000"',
        '"half',
        "\ufeff{}",
        '{"a": "line\nbreak"}',
    ],
)
def test_what_parsers_disagree_about_is_not_read(text: str) -> None:
    with pytest.raises(NotParseable):
        read(text.encode(), LIMITS)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe{\x00}\x00", b"\x00{", '{"ä": 1}'.encode("latin-1"), b'"\xc0\xaf"', b'"\xed\xa0\x80"'],
    ids=["utf-16", "nul", "latin-1", "overlong", "surrogate"],
)
def test_only_utf_8_is_read(data: bytes) -> None:
    with pytest.raises(NotParseable):
        read(data, LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 65 + b"]" * 65,
        b'{"a":' * 100_000,
        b"[" + b"0," * 60_000 + b"0]",
        b'{"' + b"k" * 1_001 + b'": 1}',
        b'"' + b"x" * 1_000_001 + b'"'[:0] + b'"',
        b"1" * 4_001,
        b"[" + b" " * 5_000_000 + b"]",
    ],
    ids=["deep", "deeper", "many", "long name", "long text", "digits", "bytes"],
)
def test_what_is_too_much_is_not_read(data: bytes) -> None:
    with pytest.raises(TooLarge):
        read(data, replace(LIMITS, list_chars=1_000_000))


def test_a_status_list_may_be_longer_than_any_other_text() -> None:
    long = "x" * 2_000_000
    assert read(json.dumps({"encodedList": long}).encode(), LIMITS) == {"encodedList": long}
    with pytest.raises(TooLarge):
        read(json.dumps({"name": long}).encode(), LIMITS)


def test_the_deepest_that_is_allowed_is_read() -> None:
    assert read(b"[" * 64 + b"]" * 64, LIMITS) is not None


def test_brackets_inside_texts_have_no_depth() -> None:
    assert read(json.dumps({"a": "[{" * 100, 'b"[': "]" * 90}).encode(), LIMITS)


@pytest.mark.parametrize("part", [b'\\"', b'"', b"\\", b'\\\\"', b'["', b"{"])
def test_an_unended_text_takes_no_longer_than_its_length(part: bytes) -> None:
    data = b'{"a":"' + part * (2_000_000 // len(part))
    began = process_time()
    with pytest.raises((NotParseable, TooLarge)):
        read(data, LIMITS)
    assert process_time() - began < 5  # squared it took hours


def test_an_object_is_asked_for_by_name() -> None:
    assert read_object(b'{"a": 1}', LIMITS) == {"a": 1}
    for data, word in ((b"[1]", "array"), (b'"a"', "text"), (b"null", "null"), (b"true", "boolean")):
        with pytest.raises(NotParseable, match=word):
            read_object(data, LIMITS)


# ------------------------------------------------------------------------- readers at the boundary


def test_every_value_has_a_kind() -> None:
    kinds = [kind_of(value) for value in (None, True, 1, 1.5, "a", [], {}, object())]
    assert kinds == ["null", "boolean", "number", "number", "text", "array", "object", "value"]


def test_one_value_stands_for_a_list_of_one() -> None:
    assert one_or_many(None) == ()
    assert one_or_many("a") == ("a",)
    assert one_or_many(["a", None]) == ("a", None)
    assert objects([{"a": 1}, "b", None]) == ({"a": 1},)
    assert texts(["a", 1, {"b": 2}]) == ("a",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ({"@value": "said", "@language": "de"}, "said"),
        ([{"@value": "deutsch", "@language": "de"}, {"@value": "english", "@language": "en"}], "english"),
        ([{"@value": "nur deutsch", "@language": "de"}], "nur deutsch"),
        ([{"@value": "odd", "@language": []}], "odd"),
        (["first", "second"], "first"),
        ({"de": "deutsch", "en": "english"}, "english"),
        ({"de": ["nur", "deutsch"]}, "nur"),
        ({"de": 5}, ""),
        ([], ""),
        ({}, ""),
        (5, ""),
        (None, ""),
    ],
)
def test_a_text_is_found_in_every_shape_that_languages_take(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_an_identifier_is_a_text_or_the_id_of_a_node() -> None:
    assert [id_of(value) for value in ("a", {"id": "b"}, {"id": 5}, "", None)] == ["a", "b", None, None, None]


@given(
    st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_moment_with_a_zone_is_read(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert instant(aware.isoformat(), "/validFrom") == aware


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-30T23:59:60Z", datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)),
        ("2026-06-30t12:00:00z", datetime(2026, 6, 30, 12, tzinfo=UTC)),
        ("2026-06-30T12:00:00.123456789Z", datetime(2026, 6, 30, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-06-30T12:00:00.5+02:00", datetime(2026, 6, 30, 10, 0, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_the_forms_of_a_moment(text: str, moment: datetime) -> None:
    assert instant(text, "") == moment


@pytest.mark.parametrize(
    "value",
    [
        "2026-06-30T12:00:00",
        "2026-06-30",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2026-06-30T25:00:00Z",
        "2026-06-30T12:00:00+25:00",
        "٢٠٢٦-06-30T12:00:00Z",
        "2026-06-30T12:00:00." + "1" * 13 + "Z",
        " 2026-06-30T12:00:00Z",
        ["2026-06-30T12:00:00Z"],
        1_800_000_000,
        None,
    ],
)
def test_what_is_no_moment_is_named_with_its_place(value: Any) -> None:
    with pytest.raises(MalformedCredential) as caught:
        instant(value, "/validFrom")
    assert caught.value.pointer == "/validFrom"


def test_a_pointer_escapes_its_two_characters() -> None:
    assert pointer_to("a/b", 0, "c~d") == "/a~1b/0/c~0d"
    assert pointer_to() == ""
