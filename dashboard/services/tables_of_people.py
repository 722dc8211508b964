"""A CSV of people with links to their credentials: columns name, email, link; one row a link."""

from __future__ import annotations

import csv
import io

from dashboard.services.core import plain
from dashboard.services.values import Given

MAX_BYTES = 5_000_000  # some 50,000 rows
MAX_ROWS = 10_000
LINKS = ("link", "url", "credential")
EMAILS = ("email", "e-mail", "mail")
NAMES = ("name", "candidate", "applicant")


def read_people(data: bytes) -> list[tuple[Given, list[str]]]:
    """Each person with their links, in the order of the table. Raises `ValueError` with a sentence."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"The table is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("The table is not UTF-8 text: save it as “CSV UTF-8”.") from error
    people: dict[tuple[str, str], list[str]] = {}
    for row in _rows(text):
        name, email, link = _column(row, NAMES), _column(row, EMAILS), _column(row, LINKS)
        if link:
            people.setdefault((name, email), []).append(link)
    if not people:
        raise ValueError("The table needs a column “link” with at least one address in it.")
    return [
        (Given(name=name, emails=(email,) if email else ()), links) for (name, email), links in people.items()
    ]


def _rows(text: str) -> list[dict[str, str]]:
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = [
            {(key or "").strip().casefold(): plain(value or "", 2_001).strip() for key, value in row.items()}
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
            if None not in row
        ]
    except csv.Error as error:
        raise ValueError(f"The table cannot be read: {error}.") from error
    if len(rows) > MAX_ROWS:
        raise ValueError(f"The table has more than {MAX_ROWS:,} rows.")
    return rows


def _column(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")
