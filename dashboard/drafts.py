"""The lines of a job that were changed in this session and not saved."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import session
from dashboard.services import JobDetail, RequirementRow


def lines_of(job: JobDetail) -> tuple[RequirementRow, ...]:
    """The job's lines with everything that was changed and not saved."""
    kept = session.memory()
    return kept.edited.get(job.job_id) or kept.drafts.get(job.job_id, job.requirements)


def draft(job_id: str, lines: Sequence[RequirementRow]) -> None:
    """Take `lines` as the draft; the grid begins anew with them."""
    session.memory().drafts[job_id] = tuple(lines)
    session.memory().edited.pop(job_id, None)
    session.fresh()


def keep_edits(job_id: str) -> None:
    """Take over what the grid holds, before it changes its form; a callback."""
    if job_id in session.memory().edited:
        draft(job_id, session.memory().edited[job_id])


def drop(job_id: str) -> None:
    """Forget what was not saved."""
    session.memory().drafts.pop(job_id, None)
    session.memory().edited.pop(job_id, None)
    session.fresh()
