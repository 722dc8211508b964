"""Frames as an Excel workbook: one sheet each, every text a text cell, no formula, no link."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.exports.plain_text import neutral

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,  # Excel has no zones: every time is UTC, and the column says so
}
MIN_WIDTH, MAX_WIDTH = 10, 60  # characters
SHEET_NAME = 31  # characters that Excel allows
FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")


def to_xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with `sheets` in their order."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "text": book.add_format({"num_format": "@"}),
    }
    for name, frame in sheets.items():
        _sheet(book.add_worksheet(name.translate(FORBIDDEN_IN_NAMES)[:SHEET_NAME]), frame, formats)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, frame: pd.DataFrame, formats: Mapping[str, Any]) -> None:
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, neutral(str(name)), formats["head"])
        longest = max([len(str(name)), *(len(str(value)) for value in frame[name].head(200))])
        sheet.set_column(column, column, min(max(longest, MIN_WIDTH), MAX_WIDTH))
    for number, row in enumerate(frame.itertuples(index=False, name=None), 1):
        for column, value in enumerate(row):
            _cell(sheet, (number, column), value, formats)
    sheet.freeze_panes(1, 1)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _cell(sheet: Any, place: tuple[int, int], value: Any, formats: Mapping[str, Any]) -> None:
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124 # NaN: nothing is known
        return
    if isinstance(value, bool):
        sheet.write_string(*place, "yes" if value else "no", formats["text"])
    elif isinstance(value, int | float):
        sheet.write_number(*place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(*place, value, formats["time"])
    else:
        sheet.write_string(*place, neutral(str(value)), formats["text"])
