"""A job's lines that are changed in this session and not saved; another one may save meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import session
from dashboard.services import JobDetail, RequirementRow


def begun(job: JobDetail) -> tuple[RequirementRow, ...]:
    """The lines that the grid began with; what was changed in it since is kept by `edit`."""
    return session.memory().drafts.get(job.job_id, job.requirements)


def lines_of(job: JobDetail) -> tuple[RequirementRow, ...]:
    """The job's lines with everything that was changed and not saved."""
    return session.memory().edited.get(job.job_id, begun(job))


def edit(job: JobDetail, rows: tuple[RequirementRow, ...]) -> None:
    """Remember the lines as the grid stands, and those that it began with.

    The grid knows a change by its place: over the lines of another version it would fall on another one.
    """
    kept = session.memory()
    if rows != begun(job):
        kept.drafts.setdefault(job.job_id, job.requirements)
        kept.edited[job.job_id] = rows
        return
    kept.edited.pop(job.job_id, None)
    if rows == job.requirements:
        kept.drafts.pop(job.job_id, None)


def draft(job_id: str, rows: Sequence[RequirementRow]) -> None:
    """Take `rows` as the draft; the grid begins anew with them."""
    session.memory().drafts[job_id] = tuple(rows)
    session.memory().edited.pop(job_id, None)
    session.fresh()


def keep_edits(job_id: str) -> None:
    """Take over what the grid holds, before it changes its form; a callback."""
    kept = session.memory()
    if job_id in kept.edited:
        draft(job_id, kept.edited[job_id])


def drop(job_id: str) -> None:
    """Forget what was not saved."""
    session.memory().drafts.pop(job_id, None)
    session.memory().edited.pop(job_id, None)
    session.fresh()


def is_overtaken(job: JobDetail) -> bool:
    """Whether a version was saved elsewhere under unsaved lines; said once of each version."""
    kept = session.memory()
    before = kept.drafted_on.get(job.job_id, job.version)
    kept.drafted_on[job.job_id] = job.version
    if before == job.version:
        return False
    if job.job_id not in kept.drafts:
        session.fresh()
        return False
    return True
