"""The O*NET database as text files, told by their headers: elements, occupations, importance and level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from verifier.skills.frameworks.entries import (
    Anchor,
    Complete,
    Entry,
    FrameworkUnreadable,
    Rating,
    Row,
    checked_label,
)
from verifier.skills.frameworks.onet import ELEMENT, SOC, element_uri, occupation_uri
from verifier.skills.frameworks.tables import Columns, Table, tables_of

_ELEMENT_COLUMNS: Columns = {
    "soc": ("O*NET-SOC Code", "onet-soc_code"),
    "element": ("Element ID", "element_id"),
    "name": ("Element Name", "element_name"),
}
SCALED: Columns = {**_ELEMENT_COLUMNS, "scale": ("Scale ID",), "value": ("Data Value",)}
FLAT: Columns = {**_ELEMENT_COLUMNS, "im": ("im",), "lv": ("lv",)}
ANCHORS: Columns = {
    "element": ("Element ID",),
    "scale": ("Scale ID",),
    "value": ("Anchor Value",),
    "text": ("Anchor Description",),
}
OCCUPATIONS: Columns = {"soc": ("O*NET-SOC Code",), "title": ("Title",), "description": ("Description",)}
_MORE: Columns = {
    "title": ("Title",),
    "suppress": ("Recommend Suppress", "recommend_suppress"),
    "not_relevant": ("Not Relevant", "not_relevant"),
}
_KINDS = {
    "2.A": "skill",
    "2.B": "skill",
    "2.C": "knowledge",
}  # content model: skills, cross-functional, knowledge
SCALES = {"IM": (1, 5), "LV": (0, 7)}  # O*NET Scales Reference
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,4})?")


def read(path: Path) -> Iterator[Row]:
    """Every occupation, element and rating in `path`. Raises `FrameworkUnreadable`."""
    known = False
    named: set[str] = set()
    for table in tables_of(path):
        if table.has(SCALED) or table.has(FLAT):
            known = True
            yield from _ratings(table, named)
        elif table.has(OCCUPATIONS):
            known = True
            yield from _occupations(table)
        elif table.has(ANCHORS):
            yield from _anchors(table)
        else:
            table.refuse_other_release(SCALED)
    if not known:
        raise FrameworkUnreadable(path.name, "the header", "O*NET-SOC Code, Element ID", "is in no table")


def _occupations(table: Table) -> Iterator[Row]:
    for number, cells in table.rows(OCCUPATIONS):
        soc = _soc(cells["soc"], table, number)
        title = checked_label(cells["title"], table.name, f"row {number}", "Title")
        yield Entry(id=occupation_uri(soc), label=title, kind="occupation", code=soc)
    yield Complete(kind="occupation")


def _anchors(table: Table) -> Iterator[Row]:
    for number, cells in table.rows(ANCHORS):
        if cells["element"][:3] not in _KINDS or cells["scale"] != "LV":
            continue
        row = f"row {number}"
        if not _NUMBER.fullmatch(cells["value"]):
            raise FrameworkUnreadable(table.name, row, "Anchor Value", "is no number")
        text = checked_label(cells["text"], table.name, row, "Anchor Description")
        yield Anchor(skill=element_uri(cells["element"]), value=float(cells["value"]), text=text)


def _ratings(table: Table, named: set[str]) -> Iterator[Row]:
    """Ratings; the two scales of one element stand on two rows that follow each other."""
    pending: dict[tuple[str, str], dict[str, str]] = {}
    columns = FLAT if table.has(FLAT) else SCALED
    for number, cells in table.rows(columns, _MORE):
        soc, element = _soc(cells["soc"], table, number), cells["element"]
        if element[:3] not in _KINDS:
            continue  # abilities, work activities and the like are no skills
        row = f"row {number}"
        if not re.fullmatch(ELEMENT, element):
            raise FrameworkUnreadable(table.name, row, "Element ID", "is no element of the content model")
        for entry in _entries(soc, cells, table.name, row):
            if entry.id not in named:
                named.add(entry.id)
                yield entry
        _merge(pending.setdefault((soc, element), {}), cells, table.name, row)
    for (soc, element), merged in pending.items():
        yield Rating(
            occupation=occupation_uri(soc),
            skill=element_uri(element),
            importance=float(merged["IM"]) if "IM" in merged else None,
            level=float(merged["LV"]) if "LV" in merged else None,
            suppressed=merged.get("suppress") == "Y",
            not_relevant=merged.get("not_relevant") == "Y",
        )


def _entries(soc: str, cells: dict[str, str], file: str, row: str) -> Iterator[Entry]:
    element = cells["element"]
    label = checked_label(cells["name"], file, row, "Element Name")
    yield Entry(id=element_uri(element), label=label, code=element, type=_KINDS[element[:3]])
    if cells.get("title"):
        title = checked_label(cells["title"], file, row, "Title")
        yield Entry(id=occupation_uri(soc), label=title, kind="occupation", code=soc)


def _merge(merged: dict[str, str], cells: dict[str, str], file: str, row: str) -> None:
    values = {"IM": cells["im"], "LV": cells["lv"]} if "im" in cells else {cells["scale"]: cells["value"]}
    for scale, value in values.items():
        if scale not in SCALES or not value:
            continue
        if not _NUMBER.fullmatch(value):
            raise FrameworkUnreadable(file, row, scale, "is no number")
        low, high = SCALES[scale]
        if not low <= float(value) <= high:
            raise FrameworkUnreadable(file, row, scale, f"lies outside {low} to {high}")
        merged[scale] = value
    for flag in ("suppress", "not_relevant"):
        if cells.get(flag) == "Y":  # one suppressed scale suppresses the element
            merged[flag] = "Y"


def _soc(code: str, table: Table, number: int) -> str:
    if not re.fullmatch(SOC, code):
        raise FrameworkUnreadable(table.name, f"row {number}", "O*NET-SOC Code", "is no O*NET-SOC code")
    return code
