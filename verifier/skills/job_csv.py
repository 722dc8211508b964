"""A job's rows as CSV, for people who edit it in a spreadsheet; written and read without loss.

skill_id,skill_name,required,weight,level_scheme,level_value,…
http://data.europa.eu/esco/skill/…,data mining,yes,1,EQF,6,…
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import IO, Any

from verifier.errors import NotParseable
from verifier.model import JsonObject
from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.tables import Table
from verifier.skills.requirement import JobUnreadable, Requirement
from verifier.skills.requirement_json import read_requirement, requirement_json
from verifier.skills.requirements import MAX_REQUIREMENTS

MAX_BYTES = 2_000_000  # a thousand rows of long cells
_GUARDED = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'",
)  # a spreadsheet would run these; the quote keeps it reversible

# column → where it stands in the JSON form of a row
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "skill_id": ("skill", "id"),
    "skill_code": ("skill", "code"),
    "skill_name": ("skill", "name"),
    "framework": ("skill", "framework"),
    "framework_version": ("skill", "version"),
    "kind": ("skill", "kind"),
    "required": ("required",),
    "weight": ("weight",),
    "level_scheme": ("minimum_level", "scheme"),
    "level_value": ("minimum_level", "value"),
    "level_label": ("minimum_level", "label"),
    "level_order": ("minimum_level", "order"),
    "must_hold": ("must_hold",),
    "issuer_tier": ("evidence", "issuer_tier"),
    "issuers": ("evidence", "issuers"),
    "max_age_days": ("evidence", "max_age_days"),
    "assessed": ("evidence", "assessed"),
    "identity_verified": ("evidence", "identity_verified"),
    "self_asserted_allowed": ("evidence", "self_asserted_allowed"),
    "crosswalk": ("match", "crosswalk"),
    "related": ("match", "related"),
    "label": ("match", "label"),
}
_BOOLEANS = frozenset(
    {
        "required",
        "must_hold",
        "assessed",
        "identity_verified",
        "self_asserted_allowed",
        "crosswalk",
        "related",
        "label",
    }
)
_LISTS = frozenset({"level_order", "issuers"})  # in JSON
_NUMBERS = frozenset({"weight", "max_age_days"})
_YES, _NO = frozenset({"yes", "true", "1", "required"}), frozenset({"no", "false", "0", "preferred"})


def write_requirements_csv(requirements: tuple[Requirement, ...]) -> bytes:
    """The rows with every column; cells that a spreadsheet would run are guarded by a quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for requirement in requirements:
        row = requirement_json(requirement)
        writer.writerow([_cell(_at(row, path)) for path in COLUMNS.values()])
    return out.getvalue().encode("utf-8")


def read_requirements_csv(data: bytes) -> tuple[Requirement, ...]:
    """The rows in `data`: `skill_id` or `skill_name` must be a column, every other may be absent.

    Raises `Unreadable`; `JobUnreadable` names row and column.
    """
    if len(data) > MAX_BYTES:
        raise JobUnreadable("the file", "", f"is over {MAX_BYTES:,} bytes")
    table = Table(name="requirements.csv", open=_opener(data))
    anchor = next((name for name in ("skill_id", "skill_name") if table.has({name: (name,)})), None)
    if anchor is None:
        raise NotParseable("a list of requirements", "no column is called skill_id or skill_name")
    optional = {name: (name,) for name in COLUMNS if name != anchor}
    try:
        return requirements_from(table.rows({anchor: (anchor,)}, optional))
    except FrameworkUnreadable as error:
        raise JobUnreadable(error.row, error.column, error.reason) from error


def requirements_from(rows: Iterable[tuple[int, dict[str, str]]]) -> tuple[Requirement, ...]:
    """Requirements from (row number, column → text), as a spreadsheet has them. Raises `JobUnreadable`."""
    requirements: list[Requirement] = []
    for number, cells in rows:
        if len(requirements) == MAX_REQUIREMENTS:
            raise JobUnreadable(f"row {number}", "", f"is one more than {MAX_REQUIREMENTS}")
        requirements.append(read_requirement(_row(cells, f"row {number}"), number))
    return tuple(requirements)


def _opener(data: bytes) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    return lambda: io.BytesIO(data)


def _at(row: JsonObject, path: tuple[str, ...]) -> Any:
    value: Any = row
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return "'" + text if text.startswith(_GUARDED) else text


def _row(cells: dict[str, str], row: str) -> JsonObject:
    document: JsonObject = {}
    for name, text in cells.items():
        if text == "":
            continue
        value = _value(name, text.removeprefix("'"), row)
        *outer, last = COLUMNS[name]
        target = document
        for part in outer:
            target = target.setdefault(part, {})
        target[last] = value
    if "skill" not in document:
        raise JobUnreadable(row, "skill_id", "is empty, and so is skill_name")
    return document


def _value(name: str, text: str, row: str) -> Any:
    if name in _BOOLEANS:
        word = text.strip().casefold()
        if word not in _YES | _NO:
            raise JobUnreadable(row, name, "is neither yes nor no")
        return word in _YES
    if name in _NUMBERS:
        try:
            return float(text)
        except ValueError as error:
            raise JobUnreadable(row, name, "is no number") from error
    if name in _LISTS:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise JobUnreadable(row, name, "is no list in JSON") from error
    return text
