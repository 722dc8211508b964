"""A CSV of people with links to their credentials: columns name, email, link, applied; one row a link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dashboard.services.core import plain
from dashboard.services.values import Given

MAX_BYTES = 5_000_000  # some 50,000 rows
MAX_ROWS = 10_000
LINKS = ("link", "url", "credential")
EMAILS = ("email", "e-mail", "mail")
NAMES = ("name", "person", "candidate", "applicant")
APPLIED = ("applied", "applied_on", "applied on", "date")

Row = tuple[int, dict[str, str]]  # number in the table, the head being 1; column → text


@dataclass(slots=True, kw_only=True)
class Listed:
    """One person of the table."""

    given: Given
    links: list[str] = field(default_factory=list)
    applied_on: date | None = None


def read_people(data: bytes) -> list[Listed]:
    """Each person with their links, in the order of the table. Raises `ValueError` with a sentence.

    Rows of equal name and e-mail are of one person; a row without both is of a person of its own.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"The table is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("The table is not UTF-8 text: save it as “CSV UTF-8”.") from error
    people: dict[tuple[str, str, int], Listed] = {}
    for number, row in _rows(text):
        name, email, link = _column(row, NAMES), _column(row, EMAILS), _column(row, LINKS)
        if not link:
            raise ValueError(f"The table has no link in row {number}.")
        nobody = not (name or email)
        given = Given(name=name, emails=(email,) if email else ())
        person = people.setdefault((name, email, number if nobody else 0), Listed(given=given))
        person.links.append(link)
        person.applied_on = person.applied_on or _day(_column(row, APPLIED), number)
    if not people:
        raise ValueError("The table needs a column “link” with at least one address in it.")
    return list(people.values())


def _rows(text: str) -> Iterator[Row]:
    """Every row that holds something. One that is longer than the head is refused: a cell has moved."""
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    try:
        for number, row in enumerate(reader, 2):
            if number > MAX_ROWS + 1:
                raise ValueError(f"The table has more than {MAX_ROWS:,} rows.")
            if None in row:
                raise ValueError(f"The table has more cells in row {number} than in its head.")
            cells = {
                (name or "").strip().casefold(): plain(value or "", 2_001).strip()
                for name, value in row.items()
            }
            if any(cells.values()):
                yield number, cells
    except csv.Error as error:
        raise ValueError(f"The table cannot be read: {error}.") from error


def _column(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _day(text: str, number: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValueError(f"The table has no date like 2026-03-31 in row {number}: {text[:40]}.") from error
