"""The official ESCO–O*NET crosswalk: occupations only, mostly inexact, and read against the grain of SKOS.

Its column says how the O*NET side stands: `Chief Executives → airport chief executive` is "broadMatch",
that is, the O*NET occupation is the broader one. `exactISCO` names a group, which proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from verifier.skills.frameworks.entries import Entry, FrameworkUnreadable, Hop, Row, checked_label
from verifier.skills.frameworks.onet import SOC, occupation_uri
from verifier.skills.frameworks.relation import Relation
from verifier.skills.frameworks.tables import Columns, Table, tables_of

COLUMNS: Columns = {
    "soc": ("O*NET Id", "O*NET-SOC Code"),
    "soc_title": ("O*NET Title",),
    "uri": ("ESCO or ISCO URI",),
    "title": ("ESCO or ISCO Title",),
    "match": ("Type of Match",),
}
ORIGIN = "ESCO–O*NET crosswalk"
# Seen from the O*NET occupation: where that is the broader side, the ESCO occupation is the narrower one.
RELATIONS = {
    "exactMatch": Relation.EXACT,
    "closeMatch": Relation.CLOSE,
    "broadMatch": Relation.NARROWER,
    "narrowMatch": Relation.BROADER,
    "exactISCO": Relation.RELATED,
}


def read(path: Path) -> Iterator[Row]:
    """Every row as a hop, with the occupations it names. Raises `FrameworkUnreadable`."""
    tables = [table for table in tables_of(path) if table.has(COLUMNS)]
    if not tables:
        raise FrameworkUnreadable(path.name, "the header", "O*NET Id, Type of Match", "is in no table")
    for table in tables:
        for number, cells in table.rows(COLUMNS):
            yield from _row(table, number, cells)


def _row(table: Table, number: int, cells: dict[str, str]) -> Iterator[Row]:
    row = f"row {number}"
    if not re.fullmatch(SOC, cells["soc"]):
        raise FrameworkUnreadable(table.name, row, "O*NET Id", "is no O*NET-SOC code")
    if "data.europa.eu/esco/" not in cells["uri"]:
        raise FrameworkUnreadable(table.name, row, "ESCO or ISCO URI", "is no ESCO identifier")
    if cells["match"] not in RELATIONS:
        raise FrameworkUnreadable(table.name, row, "Type of Match", f"is none of {', '.join(RELATIONS)}")
    source = occupation_uri(cells["soc"])
    soc_title = checked_label(cells["soc_title"], table.name, row, "O*NET Title")
    title = checked_label(cells["title"], table.name, row, "ESCO or ISCO Title")
    yield Entry(id=source, label=soc_title, kind="occupation", code=cells["soc"], mention=True)
    yield Entry(id=cells["uri"], label=title, kind="occupation", mention=True)
    yield Hop(source=source, target=cells["uri"], relation=RELATIONS[cells["match"]], origin=ORIGIN)
