"""Does a step treat groups alike? On group data that is given for this one look and forgotten.

Nothing of it is stored or logged, no other part reads it, and no verdict depends on it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.services.core import plain
from dashboard.services.people import CandidateRow, DecisionWord
from verifier import impact

MAX_BYTES = 5_000_000
PEOPLE = ("person", "candidate", "pseudonym", "id", "name")
GROUPS = ("group", "category")
STEPS: Mapping[str, Callable[[CandidateRow], bool]] = {
    "shortlisted": lambda row: row.decision is DecisionWord.SHORTLISTED,
    "not_declined": lambda row: row.decision is not DecisionWord.DECLINED,
    "all_required_met": lambda row: row.required_total > 0 and row.required_met == row.required_total,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow:
    """One group and how it fared."""

    group: str  # as the table writes it: hostile text
    people: int
    selected: int
    rate: float | None  # None: nobody is in it
    impact_ratio: float | None  # rate ÷ the highest rate
    below_four_fifths: bool
    p_value: float | None  # Fisher's exact test, two-sided, against the group with the highest rate
    # too_small_to_tell | adverse_and_significant | adverse_not_significant | significant_not_adverse |
    # no_difference_found
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPanel:
    """All groups at one step, in the order of their names."""

    step: str  # shortlisted | not_declined | all_required_met
    groups: tuple[ImpactRow, ...]
    unknown: int  # people of the job whose group the table does not tell: in no rate
    unmatched: int  # rows of the table that name nobody of the job

    @property
    def small(self) -> bool:
        """Whether some group is too small to tell anything: say so above the numbers."""
        return any(row.note == "too_small_to_tell" for row in self.groups)


def panel_of(rows: Sequence[CandidateRow], table: bytes, step: str) -> tuple[ImpactPanel, Any]:
    """The panel, and the verifier's own value of it. Raises `ValueError` with a sentence, and for a step
    that is none of `STEPS`.
    """
    if step not in STEPS:
        raise ValueError(f"there is no step “{plain(step, 40)}”")
    groups, unmatched = _groups(rows, table)
    found = impact(step, ((groups.get(row.applicant_id), STEPS[step](row)) for row in rows))
    panel = ImpactPanel(
        step=step,
        groups=tuple(_row(group) for group in found.groups),
        unknown=found.unknown,
        unmatched=unmatched,
    )
    return panel, found


def template(rows: Sequence[CandidateRow]) -> list[tuple[str, str]]:
    """A table to fill in: pseudonyms and an empty column."""
    return [("person", "group"), *((row.pseudonym, "") for row in rows)]


def _row(group: Any) -> ImpactRow:
    return ImpactRow(
        group=plain(group.name),
        people=group.people,
        selected=group.selected,
        rate=group.rate,
        impact_ratio=group.impact_ratio,
        below_four_fifths=group.below_four_fifths,
        p_value=group.p_value,
        note=group.note,
    )


def _groups(rows: Sequence[CandidateRow], table: bytes) -> tuple[dict[str, str], int]:
    """Applicant → group, and how many rows name nobody; a name of several people names none of them."""
    keys: dict[str, set[str]] = {}
    for row in rows:
        for key in (row.applicant_id, row.pseudonym, row.name):
            if key:
                keys.setdefault(key.casefold(), set()).add(row.applicant_id)
    groups: dict[str, str] = {}
    unmatched = 0
    for person, group in _read(table):
        named = keys.get(person.casefold(), set())
        if len(named) == 1:
            [applicant_id] = named
            if groups.setdefault(applicant_id, group) != group:
                raise ValueError(f"The table has two groups for {plain(person, 80)}.")
        else:
            unmatched += 1
    return groups, unmatched


def _read(table: bytes) -> list[tuple[str, str]]:
    if len(table) > MAX_BYTES:
        raise ValueError(f"The table is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = table.decode("utf-8-sig")
        separator = ";" if text.partition("\n")[0].count(";") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError("The table is not CSV in UTF-8.") from error
    head = [name.strip().casefold() for name in rows[0]] if rows else []
    person = next((head.index(name) for name in PEOPLE if name in head), None)
    group = next((head.index(name) for name in GROUPS if name in head), None)
    if person is None or group is None:
        raise ValueError("The table needs the columns “person” and “group”.")
    return [
        (row[person].strip(), plain(row[group].strip(), 100))
        for row in rows[1:]
        if len(row) > max(person, group) and row[person].strip()
    ]
