"""New jobs, job files in and out, and the versions of a job."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import frame, job_proposals
from dashboard.services import JobDetail, JobDraft, RequirementRow
from dashboard.wording import N_, _, ngettext

TABLE = "skill_name, required, level_scheme, level_value, issuer_tier, max_age_days"
FORMS = {
    "json": (N_("Export JSON"), "job.json", "application/json"),
    "csv": (N_("Export CSV"), "job.csv", "text/csv"),
    "posting": (N_("Export JobPosting"), "job.jsonld", "application/ld+json"),
}
EMPTY = JobDraft(title="", requirements=(), notes={})


def new_job() -> None:
    """A new job by title, or from a file."""
    kept = session.memory()
    with st.popover(_("New job"), key=f"new-job-{kept.round}"):  # closed again once it has created one
        title = st.text_input(_("Title"), key=f"new-title-{kept.round}", max_chars=200)
        file = st.file_uploader(
            _("From a file: job or advert (JSON, JSON-LD), table (CSV, Excel)"), key=f"new-file-{kept.round}"
        )
        st.caption(_("Columns of a table, such as: {columns}.").format(columns=TABLE))
        occupation = job_proposals.occupation() if file is None else None
        if st.button(_("Create"), key="create-job", disabled=not (title or file or occupation)):
            jobs = session.services().jobs
            try:
                if file is not None:
                    draft = jobs.draft(file.getvalue(), file.name)
                else:
                    draft = jobs.propose(occupation.occupation_id) if occupation else EMPTY
                _create(title or draft.title, draft)
            except ValueError as error:
                frame.text(str(error), key="new-problem")


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


def out(job: JobDetail) -> None:
    """The job as a file: ours, a table, an advert; each can be read in again."""
    for form in FORMS:
        _out(job.job_id, form)


def _out(job_id: str, form: str) -> None:
    label, filename, mime = FORMS[form]
    st.download_button(
        _(label),
        lambda: session.services().jobs.file(job_id, form).data,
        filename,
        mime,
        key=f"job-file-{form}",
        on_click="ignore",
    )


def versions(job: JobDetail) -> None:
    """Every version, newest first; none is ever overwritten."""
    with st.expander(ngettext("{count} version", "{count} versions", len(job.versions)), key="versions"):
        for version in job.versions:
            count = ngettext("{count} requirement", "{count} requirements", version.requirements)
            st.markdown(
                _("**Version {n}** · {when} · {count}").format(
                    n=version.version, when=wording.moment(version.at), count=count
                )
            )
            frame.text(
                f"{version.actor} {version.note}".strip(), key=f"version-{version.version}", look="muted"
            )
