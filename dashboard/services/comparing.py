"""Two to five people side by side: requirement × person, required lines first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from dashboard.services.jobs import job_detail
from dashboard.services.people import Cell, Comparison, ComparisonRow
from dashboard.services.reading import candidate_row, cell_of, decisions_of
from dashboard.services.records import RequirementRow
from dashboard.services.standing import lay
from dashboard.store.tables import ApplicantRecord

FEWEST, MOST = 2, 5
NOTHING = {
    "state": "no_evidence",
    "asked": "",
    "held": "",
    "reason": "no_evidence",
    "sentence": "",
    "evidence": [],
}


def compare(session: Session, applicant_ids: Sequence[str], job_id: str | None) -> Comparison:
    """The people against one job; who applied for another is laid against nothing of it."""
    wanted = tuple(dict.fromkeys(applicant_ids))
    found = [(one, session.get(ApplicantRecord, one)) for one in wanted]
    people = [person for _, person in found if person is not None]
    removed = tuple(one for one, person in found if person is None)
    if not FEWEST <= len(wanted) <= MOST or not people:
        raise ValueError("choose two to five people")
    job_id = job_id or next((person.vacancy_id for person in people if person.vacancy_id), None)
    if job_id is None:
        raise ValueError("these people applied for no job")
    job = job_detail(session, job_id)
    columns = [
        _cells(lay(session, person).cells if person.vacancy_id == job_id else [], job.requirements)
        for person in people
    ]
    rows = [
        _row(line, tuple(column[index] for column in columns)) for index, line in enumerate(job.requirements)
    ]
    return Comparison(
        job=job,
        people=tuple(candidate_row(session, person.id) for person in people),
        removed=removed,
        notes=tuple(next(iter(decisions_of(session, person.id)), None) for person in people),
        rows=tuple(sorted(rows, key=lambda row: not row.requirement.required)),
    )


def _cells(laid: list[dict[str, Any]], lines: tuple[RequirementRow, ...]) -> list[Cell]:
    stored = {cell["id"]: cell for cell in laid}
    return [cell_of(stored.get(line.requirement_id, NOTHING), line) for line in lines]


def _row(line: RequirementRow, cells: tuple[Cell, ...]) -> ComparisonRow:
    differs = len({(cell.state, cell.held) for cell in cells}) > 1
    return ComparisonRow(requirement=line, cells=cells, differs=differs)
