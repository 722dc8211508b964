"""Two to five people side by side: requirement × person, required lines first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dashboard.services.jobs import job_detail
from dashboard.services.people import Cell, Comparison, ComparisonRow
from dashboard.services.reading import candidate_row, cell_of, decisions_of
from dashboard.services.records import RequirementRow
from dashboard.services.standing import lay
from dashboard.store.tables import ApplicantRecord

FEWEST, MOST = 2, 5


def compare(session: Session, applicant_ids: Sequence[str], job_id: str | None) -> Comparison:
    """The people against one job. Who applied for another is laid against nothing of it, and stays out."""
    wanted = tuple(dict.fromkeys(applicant_ids))
    found = [(one, session.get(ApplicantRecord, one)) for one in wanted]
    known = [person for _, person in found if person is not None]
    job_id = job_id or next((person.vacancy_id for person in known if person.vacancy_id), None)
    if known and job_id is None:
        raise ValueError("these people applied for no job")
    people = [person for person in known if person.vacancy_id == job_id]
    if not FEWEST <= len(wanted) <= MOST or not people or job_id is None:
        raise ValueError("choose two to five people")
    job = job_detail(session, job_id)
    columns = [_cells(session, person, job.requirements) for person in people]
    rows = [
        _row(line, tuple(column[index] for column in columns)) for index, line in enumerate(job.requirements)
    ]
    return Comparison(
        job=job,
        people=tuple(candidate_row(session, person.id) for person in people),
        removed=tuple(one for one, person in found if person is None),
        elsewhere=tuple(person.id for person in known if person.vacancy_id != job_id),
        notes=tuple(next(iter(decisions_of(session, person.id)), None) for person in people),
        rows=tuple(sorted(rows, key=lambda row: not row.requirement.required)),
    )


def _cells(session: Session, person: ApplicantRecord, lines: tuple[RequirementRow, ...]) -> list[Cell]:
    laid = lay(session, person).cells
    return [cell_of(cell, line) for cell, line in zip(laid, lines, strict=True)]


def _row(line: RequirementRow, cells: tuple[Cell, ...]) -> ComparisonRow:
    differs = len({(cell.state, cell.held) for cell in cells}) > 1
    return ComparisonRow(requirement=line, cells=cells, differs=differs)
