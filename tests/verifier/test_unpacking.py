"""An archive comes apart into its files; what cannot be opened stays packed and is explained by verify()."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TERM_START
from tests.issuing_files import zip_of
from verifier import Limits, MemoryWeb, Uploaded, unpack, verify

FILES = {"Ada/a.json": b'{"a": 1}', "Bo/b.jwt": b"eyJh.e30.c2ln"}


def code_of(uploaded: Uploaded) -> str:
    return verify(uploaded, web=MemoryWeb({}), now=TERM_START).code


def test_every_file_comes_out_under_its_path() -> None:
    found = unpack(Uploaded(zip_of(FILES), "all.zip"))
    assert {one.filename: one.data for one in found} == FILES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"%PDF-1.7",
        zip_of(FILES)[:-3],
        zip_of({"../a": b"1"}),
        zip_of({"xl/workbook.xml": b"<a/>"}),
    ],
    ids=["empty", "json", "pdf", "cut off", "leads out", "excel"],
)
def test_what_is_no_archive_that_may_be_opened_stays_as_it_is(data: bytes) -> None:
    uploaded = Uploaded(data, "x")
    assert unpack(uploaded) == (uploaded,)


def test_a_word_document_is_a_document_and_no_archive() -> None:
    data = zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
    assert unpack(Uploaded(data, "cv.docx")) == (Uploaded(data, "cv.docx"),)


def test_a_file_that_cannot_be_opened_stays_packed_and_says_why() -> None:
    inner = zip_of({"c.json": b"{}"})
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.json", bytes(3_000_000))
        archive.writestr("ok.json", b"{}")
        archive.writestr("inner.zip", inner)
    big, ok, nested = unpack(Uploaded(bomb.getvalue(), "all.zip"))
    assert (ok.filename, ok.data) == ("ok.json", b"{}")
    assert (big.filename, code_of(big)) == ("big.json", "too_large")
    assert len(big.data) < 10_000
    assert (nested.filename, code_of(nested)) == ("inner.zip", "nested_archive")


def test_a_damaged_file_is_the_one_that_is_told() -> None:
    data = bytearray(zip_of(FILES))
    struct.pack_into("B", data, data.index(b'{"a"'), ord("["))
    damaged, whole = unpack(Uploaded(bytes(data), "all.zip"))
    assert (damaged.filename, code_of(damaged)) == ("Ada/a.json", "not_parseable")
    assert whole.data == FILES["Bo/b.jwt"]


def test_more_files_than_the_limit_stay_together() -> None:
    uploaded = Uploaded(zip_of({f"{n}": b"x" for n in range(4)}), "many.zip")
    assert unpack(uploaded, Limits(archive_members=3)) == (uploaded,)
    assert len(unpack(uploaded, Limits(archive_members=4))) == 4


@given(st.integers(0, len(zip_of(FILES)) - 1), st.integers(1, 255))
def test_whatever_is_flipped_nothing_is_raised_and_nothing_is_lost(at: int, bits: int) -> None:
    data = bytearray(zip_of(FILES))
    data[at] ^= bits
    found = unpack(Uploaded(bytes(data), "all.zip"))
    assert len(found) in (1, 2)


def test_every_archive_of_the_shared_cases_comes_apart(shared_cases: Path) -> None:
    for path in sorted(shared_cases.rglob("*.zip"))[:20]:
        if path.stat().st_size < 10_000_000:
            assert unpack(Uploaded(path.read_bytes(), path.name))
