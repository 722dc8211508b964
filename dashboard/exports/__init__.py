"""Files that leave the house: text that could act is made plain, and each file says how it was checked."""

from __future__ import annotations

from dashboard.exports.archive import to_zip
from dashboard.exports.excel import to_xlsx
from dashboard.exports.plain_text import neutral
from dashboard.exports.separated import to_csv

__all__ = ["neutral", "to_csv", "to_xlsx", "to_zip"]
