"""Delimited files as official downloads bring them: zipped, gzipped or plain, found by their header.

Releases rename files and add columns: a table is known by the columns that it must have, never by its name.
"""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from verifier.skills.frameworks.entries import FrameworkUnreadable

MAX_TABLE_BYTES = 400_000_000  # unpacked; the largest table of ESCO 1.2 has 60 MB, of O*NET 29.2 25 MB
MAX_ARCHIVE_BYTES = 2_000_000_000  # unpacked, declared; the whole O*NET database has 0.2 GB
MAX_MEMBERS = 1_000
MAX_LINE_BYTES = 200_000  # the longest of ESCO, with all alternative labels, has 10 kB
HEADER_ROWS = 30  # the official crosswalk begins with a preamble
_SUFFIXES = (".csv", ".txt", ".tsv", ".gz")

Columns = Mapping[str, tuple[str, ...]]  # our name → the names that releases have used


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One delimited file, not yet read."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]

    def rows(
        self, required: Columns, optional: Columns | None = None
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """(line number, our columns) of every row. Raises `FrameworkUnreadable`."""
        with self.open() as binary:
            lines = _capped(binary, self.name)
            yield from _rows(lines, self.name, required, optional or {})

    def has(self, required: Columns) -> bool:
        """Whether the header has every required column."""
        with self.open() as binary:
            return _header(_capped(binary, self.name), required) is not None

    def refuse_other_release(self, required: Columns) -> None:
        """Raise `FrameworkUnreadable` for a header that lacks exactly one of `required`.

        Such a table is the wanted one, of a release that renamed a column: to pass over it would import half.
        """
        with self.open() as binary:
            for number, cells, _ in _headers(_capped(binary, self.name)):
                lacking = [names[0] for names in required.values() if _place(cells, names) < 0]
                if len(lacking) == 1:
                    raise FrameworkUnreadable(
                        self.name, f"row {number}", lacking[0], "is missing: another file or version"
                    )


def tables_of(path: Path) -> tuple[Table, ...]:
    """Every delimited file in `path`: a ZIP, a folder, or one file, gzipped or not."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
        return tuple(_file(file) for file in files[:MAX_MEMBERS])
    if not path.is_file():
        raise FrameworkUnreadable(path.name, "the file", "", "is not there")
    if zipfile.is_zipfile(path):
        return _zipped(path)
    return (_file(path),)


def _file(path: Path) -> Table:
    def opened() -> AbstractContextManager[IO[bytes]]:
        return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]  # GzipFile reads like IO[bytes]

    return Table(name=path.name, open=opened)


def _zipped(path: Path) -> tuple[Table, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise FrameworkUnreadable(path.name, "the file", "", "is no readable ZIP") from error
    if len(infos) > MAX_MEMBERS:
        raise FrameworkUnreadable(path.name, "the file", "", f"has more than {MAX_MEMBERS:,} members")
    # No member unpacks to more than it declares: the zipfile module stops there.
    if sum(info.file_size for info in infos) > MAX_ARCHIVE_BYTES:
        raise FrameworkUnreadable(path.name, "the file", "", f"unpacks to over {MAX_ARCHIVE_BYTES:,} bytes")
    return tuple(
        Table(name=info.filename, open=lambda name=info.filename: _Member(path, name))  # type: ignore[misc]  # the default binds the loop variable
        for info in infos
        if info.filename.lower().endswith(_SUFFIXES[:3])
    )


class _Member:
    """One member of a ZIP, opened; closes the archive with it."""

    def __init__(self, path: Path, name: str) -> None:
        self.archive = zipfile.ZipFile(path)
        self.file = self.archive.open(name)

    def __enter__(self) -> IO[bytes]:
        return self.file

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.archive.close()


def _capped(binary: IO[bytes], name: str) -> Iterator[str]:
    """The lines of `binary` as text; stops at the limit whatever a size field said."""
    read, number, encoding = 0, 0, "utf-8-sig"
    try:
        while line := binary.readline(MAX_LINE_BYTES):
            number += 1
            read += len(line)
            if read > MAX_TABLE_BYTES:
                raise FrameworkUnreadable(name, f"line {number}", "", f"is over {MAX_TABLE_BYTES:,} bytes")
            yield line.decode(encoding)
            encoding = "utf-8"
    except UnicodeDecodeError as error:
        raise FrameworkUnreadable(name, f"line {number}", "", "is not UTF-8") from error
    except (zlib.error, zipfile.BadZipFile, EOFError, gzip.BadGzipFile) as error:
        raise FrameworkUnreadable(name, f"line {number + 1}", "", "is damaged") from error


def _rows(
    lines: Iterator[str], name: str, required: Columns, optional: Columns
) -> Iterator[tuple[int, dict[str, str]]]:
    found = _header(lines, required)
    if found is None:
        wanted = ", ".join(names[0] for names in required.values())
        raise FrameworkUnreadable(name, "the header", wanted, "is missing: another file or version")
    header, delimiter, skipped = found
    places = {
        ours: place
        for ours, names in {**required, **optional}.items()
        if (place := _place(header, names)) >= 0
    }
    reader = csv.reader(lines, delimiter=delimiter, strict=delimiter == ",")
    number = skipped
    try:
        for number, cells in enumerate(reader, skipped + 1):
            if not any(cells):
                continue
            if len(cells) < len(header):
                raise FrameworkUnreadable(name, f"row {number}", header[len(cells)], "is missing")
            yield number, {ours: cells[place] for ours, place in places.items()}
    except csv.Error as error:
        raise FrameworkUnreadable(name, f"row {number + 1}", "", str(error)) from error


def _header(lines: Iterator[str], required: Columns) -> tuple[list[str], str, int] | None:
    """(cells, delimiter, rows up to and including it) of the first row with every required column."""
    for number, cells, delimiter in _headers(lines):
        if all(_place(cells, names) >= 0 for names in required.values()):
            return cells, delimiter, number
    return None


def _headers(lines: Iterator[str]) -> Iterator[tuple[int, list[str], str]]:
    """(row, cells, delimiter) of every row that may be the header."""
    for number, line in zip(range(1, HEADER_ROWS + 1), lines, strict=False):
        delimiter = "\t" if "\t" in line else ";" if line.count(";") > line.count(",") else ","
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue  # no header, then; as a row of data it is named
        yield number, [cell.strip() for cell in cells], delimiter


def _place(header: list[str], names: tuple[str, ...]) -> int:
    folded = [cell.casefold() for cell in header]
    return next((folded.index(name.casefold()) for name in names if name.casefold() in folded), -1)
