"""New jobs, job files in and out, and the versions of a job."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import session, wording
from dashboard.access import Permission
from dashboard.components import failure, frame, job_changes, job_proposals
from dashboard.services import JobDetail, JobDraft, OccupationRow, RequirementRow
from dashboard.wording import N_, _, ngettext

TABLE = "skill_name, required, level_scheme, level_value, issuer_tier, max_age_days"
FORMS = {
    "json": (N_("Export JSON"), "job.json", "application/json"),
    "csv": (N_("Export CSV"), "job.csv", "text/csv"),
    "posting": (N_("Export JobPosting"), "job.jsonld", "application/ld+json"),
}
EXAMPLES = ("data analyst", "nurse responsible for general care", "electrician", "software developer")
EMPTY = JobDraft(title="", requirements=(), notes={})


def new_job() -> None:
    """A new job by title, or from a file."""
    if not session.may(Permission.CHANGE_JOBS):
        return
    kept = session.memory()
    with st.popover(_("New job"), key=f"new-job-{kept.round}"):  # closed again once it has created one
        title = st.text_input(_("Title"), key=f"new-title-{kept.round}", max_chars=200)
        file = st.file_uploader(
            _("From a file: job or advert (JSON, JSON-LD), table (CSV, Excel)"), key=f"new-file-{kept.round}"
        )
        st.caption(_("Columns of a table, such as: {columns}.").format(columns=TABLE))
        template = _template() if file is None else None
        occupation = job_proposals.occupation() if file is None and template is None else None
        ready = title or file or template or occupation
        if st.button(_("Create"), key="create-job", type="primary", disabled=not ready):
            try:
                draft = _draft(file, template, occupation)
                _create(title or draft.title, draft)
            except ValueError as error:
                frame.text(str(error), key="new-problem")


def _template() -> str | None:
    """A job to begin like."""
    jobs = {job.job_id: job for job in session.services().jobs.rows()}
    if not jobs:
        return None
    picked: str | None = st.selectbox(
        _("Or like another job"),
        list(jobs),
        index=None,
        format_func=lambda one: jobs[one].title,
        key=f"new-like-{session.memory().round}",
        placeholder=_("None"),
    )
    return picked


def _draft(file: Any, template: str | None, occupation: OccupationRow | None) -> JobDraft:
    """What the new job begins with. Raises `ValueError` with a sentence."""
    jobs = session.services().jobs
    if file is not None:
        return jobs.draft(file.getvalue(), file.name)
    if template:
        like = jobs.detail(template)
        title = _("{title}, copy").format(title=like.title)
        return JobDraft(title=title, requirements=like.requirements, notes={})
    return jobs.propose(occupation.occupation_id) if occupation else EMPTY


def examples() -> None:
    """Occupations to begin with where there is no job yet: what they ask for is only proposed."""
    if not session.may(Permission.CHANGE_JOBS):
        st.markdown(_("No job yet. An administrator creates the first one."))
        return
    st.markdown(_("No job yet. Begin with an occupation: what it asks for waits for your click."))
    jobs = session.services().jobs
    found = [jobs.occupations(name, limit=1) for name in EXAMPLES]
    with st.container(horizontal=True, key="job-examples"):
        for one in (row for rows in found for row in rows):
            st.button(one.label, key=f"example-{one.code}", on_click=_begin, args=(one.occupation_id,))


@failure.remembered()
def _begin(occupation_id: str) -> None:
    draft = session.services().jobs.propose(occupation_id)
    job_id = session.services().jobs.create(draft.title, stated(draft))
    session.memory().proposed[job_id] = draft
    session.fresh()
    session.lead(session.JOBS, job=job_id)


def _create(title: str, draft: JobDraft) -> None:
    """What the file states is taken; what it merely suggests waits for a click. Raises `ValueError`."""
    job_id = session.services().jobs.create(title, stated(draft))
    if draft.notes or draft.texts:
        session.memory().proposed[job_id] = draft
    session.fresh()
    session.go(session.JOBS, job=job_id)


def stated(draft: JobDraft) -> tuple[RequirementRow, ...]:
    """The lines that are no proposal: those without a note on where they come from."""
    return tuple(row for row in draft.requirements if row.requirement_id not in draft.notes)


def out(job_id: str) -> None:
    """The job as a file: ours, a table, an advert; each can be read in again."""
    with st.popover(_("Export"), key="job-out"):
        for form in FORMS:
            _out(job_id, form)


def _out(job_id: str, form: str) -> None:
    label, filename, mime = FORMS[form]
    jobs = session.services().jobs
    st.download_button(
        _(label),
        failure.made(lambda: jobs.file(job_id, form)),
        filename,
        mime,
        key=f"job-file-{form}",
        on_click="ignore",
    )


def versions(job: JobDetail) -> None:
    """Every version, newest first, with what it changed; none is ever overwritten."""
    with st.expander(ngettext("{count} version", "{count} versions", len(job.versions)), key="versions"):
        for version in job.versions:
            count = ngettext("{count} requirement", "{count} requirements", version.requirements)
            st.markdown(
                _("**Version {n}** · {when} · {count}").format(
                    n=version.version, when=wording.moment(version.at), count=count
                )
            )
            said = f"{session.who(version.actor)} {version.note}".strip()
            frame.text(said, key=f"version-{version.version}", look="muted")
            job_changes.told(version.changes, key=f"version-{version.version}")
