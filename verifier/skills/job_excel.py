"""A job's rows from an Excel workbook: the first sheet, values only (ECMA-376 part 1, SpreadsheetML).

The columns are those of `job_csv`. A formula is refused, for its value is not in the file but in a program.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # types only; parsing is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from verifier.errors import NotParseable
from verifier.skills.job_csv import COLUMNS, requirements_from
from verifier.skills.requirement import JobUnreadable, Requirement

MAX_BYTES = 5_000_000  # packed; a thousand rows have some 100 kB
MAX_PART_BYTES = 10_000_000  # unpacked, of one part
MAX_COLUMNS = 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d{1,3})\.xml")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_STRINGS = "xl/sharedStrings.xml"


def read_requirements_excel(data: bytes) -> tuple[Requirement, ...]:
    """The rows of the first sheet in `data`. Raises `Unreadable`; `JobUnreadable` names row and column."""
    if len(data) > MAX_BYTES:
        raise JobUnreadable("the file", "", f"is over {MAX_BYTES:,} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet, strings = _first_sheet(archive), _strings(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise NotParseable("an Excel workbook", "it is no readable ZIP") from error
    return requirements_from(_table(_rows(sheet, strings)))


def _first_sheet(archive: zipfile.ZipFile) -> Element:
    sheets = [(int(found[1]), name) for name in archive.namelist() if (found := _SHEET.fullmatch(name))]
    if not sheets:
        raise NotParseable("an Excel workbook", "it has no sheet")
    return _part(archive, min(sheets)[1])


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    return [_text(item) for item in _part(archive, _STRINGS).iter(f"{_MAIN}si")]


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    """One part as XML; counted while it is unpacked, whatever its size field says."""
    with archive.open(name) as file:
        data = file.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES:
        raise JobUnreadable("the file", name, f"is over {MAX_PART_BYTES:,} bytes unpacked")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:  # an unknown encoding
        raise NotParseable("an Excel workbook", f"{name} is no plain XML") from error
    return root


def _text(node: Element) -> str:
    """The text of a string item; readings above Asian characters are left out."""
    direct = [part.text or "" for part in node.findall(f"{_MAIN}t")]
    runs = [part.text or "" for part in node.findall(f"{_MAIN}r/{_MAIN}t")]
    return "".join(direct + runs)


def _rows(sheet: Element, strings: list[str]) -> Iterator[tuple[int, dict[int, str]]]:
    """(row number, column number → text) of every row that has cells."""
    for row in sheet.iter(f"{_MAIN}row"):
        cells: dict[int, str] = {}
        number = 0
        for cell in row.findall(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            if not place:
                raise NotParseable("an Excel workbook", "a cell does not say where it stands")
            number = int(place[2])
            if cell.find(f"{_MAIN}f") is not None:
                raise JobUnreadable(f"row {number}", place[1], "is a formula; save the values")
            column = _column(place[1])
            if column < MAX_COLUMNS:
                cells[column] = _value(cell, strings, number, place[1])
        if any(cells.values()):
            yield number, cells


def _value(cell: Element, strings: list[str], number: int, column: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    value = cell.find(f"{_MAIN}v")
    text = "" if value is None else value.text or ""
    if kind == "s" and text:
        if not re.fullmatch(r"\d{1,7}", text) or int(text) >= len(strings):
            raise JobUnreadable(f"row {number}", column, "points at a text that is not there")
        return strings[int(text)]
    return {"1": "yes", "0": "no"}.get(text, text) if kind == "b" else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _table(rows: Iterator[tuple[int, dict[int, str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header, by our column names; columns of any other name are notes."""
    names: dict[int, str] = {}
    for number, cells in rows:
        if names:
            found = {name: cells.get(column, "") for column, name in names.items()}
            if any(found.values()):
                yield number, found
            continue
        header = {column: text.strip().casefold() for column, text in cells.items()}
        if {"skill_id", "skill_name"}.intersection(header.values()):
            names = {column: text for column, text in header.items() if text in COLUMNS}
    if not names:
        raise NotParseable("a list of requirements", "no column is called skill_id or skill_name")
