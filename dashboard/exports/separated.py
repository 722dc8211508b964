"""A frame as CSV (RFC 4180), UTF-8 with a mark so that spreadsheets do not guess."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pandas as pd

from dashboard.exports.plain_text import neutral


def to_csv(frame: pd.DataFrame) -> bytes:
    """`frame` with its column names as first line; text is neutral, times are RFC 3339."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([neutral(str(column)) for column in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str | int | float:
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return "" if value != value else value  # noqa: PLR0124 # NaN: nothing is known
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return neutral(str(value))
