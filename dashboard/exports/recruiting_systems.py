"""Candidates as tables that recruiting systems import: Greenhouse, and Lever and Workday with a mapping.

Greenhouse asks for first name, last name and job, matches by e-mail, takes further columns as custom fields
and advises at most 8,000 rows a file (support.greenhouse.io, "Bulk import candidates from spreadsheet").
Lever and Workday import by templates of each account: the mapping beside the table names the usual fields, to
be changed to those of the account; no template is promised.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.exports.ler_rs import parted
from dashboard.services.people import CandidateRow
from dashboard.services.values import Given
from dashboard.wording import DECISIONS, mark

MOST_ROWS = 8_000  # of one Greenhouse file
FIRST, LAST, JOB, EMAIL, PHONE = "First name", "Last name", "Job", "Email", "Phone"
OURS = "Skillproof"  # custom fields begin with it, so that nobody takes them for the system's own
FIELDS: Mapping[str, Mapping[str, str]] = {
    "Lever": {FIRST: "firstName", LAST: "lastName", JOB: "posting", EMAIL: "emails", PHONE: "phones"},
    "Workday": {
        FIRST: "Legal_First_Name",
        LAST: "Legal_Last_Name",
        JOB: "Job_Requisition",
        EMAIL: "Email_Address",
        PHONE: "Phone_Number",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """A candidate as another system wants them."""

    row: CandidateRow
    given: Given
    job: str
    policy: str  # by which their credentials were checked


def rows(people: Iterable[Applying]) -> pd.DataFrame:
    """A person a row: who, for which job, how to reach them, and what we found, in words."""
    return pd.DataFrame([_row(one) for one in people], columns=COLUMNS, dtype=object)


def in_parts(table: pd.DataFrame, most: int = MOST_ROWS) -> list[pd.DataFrame]:
    """The table in files of at most `most` rows; one, and be it empty, at least."""
    return [table.iloc[start : start + most] for start in range(0, max(len(table), 1), most)]


def mapping(system: str, columns: Sequence[str]) -> bytes:
    """Which column goes into which field of `system`: JSON to edit, then to import by."""
    fields = FIELDS[system]
    said: dict[str, Any] = {
        "system": system,
        "note": (
            f"Import templates differ from one {system} account to the next. Change “field” to the names "
            "that yours has; an empty one is a custom field to be made, or to be left out."
        ),
        "table": "candidates.csv",
        "columns": [{"column": column, "field": fields.get(column, "")} for column in columns],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _row(one: Applying) -> dict[str, Any]:
    row = one.row
    first, last = parted(row.name, row.pseudonym)
    found = [f"{count} {mark(name).word}" for name, count in row.counts.by_mark().items() if count]
    return {
        FIRST: first,
        LAST: last,
        JOB: one.job,
        EMAIL: next(iter(one.given.emails), ""),
        PHONE: _dialled(next(iter(one.given.phones), "")),
        f"{OURS} files": ", ".join(found),
        f"{OURS} required met": f"{row.required_met} of {row.required_total}",
        f"{OURS} preferred met": f"{row.preferred_met} of {row.preferred_total}",
        f"{OURS} verified skills": row.verified_skills,
        f"{OURS} oldest check (UTC)": row.oldest_check,
        f"{OURS} policy": one.policy,
        f"{OURS} decision": DECISIONS[row.decision],
        f"{OURS} reference": row.applicant_id,
    }


def _dialled(number: str) -> str:
    """A number without the plus, which a spreadsheet takes for a formula: +49 is 0049 (ITU-T E.123)."""
    return f"00{number[1:]}" if number.startswith("+") else number


COLUMNS = (
    FIRST, LAST, JOB, EMAIL, PHONE, f"{OURS} files", f"{OURS} required met", f"{OURS} preferred met",
    f"{OURS} verified skills", f"{OURS} oldest check (UTC)", f"{OURS} policy", f"{OURS} decision",
    f"{OURS} reference",
)  # fmt: skip
