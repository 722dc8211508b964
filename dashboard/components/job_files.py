"""New jobs, job files in and out, and the versions of a job."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import frame
from dashboard.services import JobDetail
from dashboard.wording import _, ngettext


def new_job() -> None:
    """A new job by title, or from a file."""
    kept = session.memory()
    with st.popover(_("New job"), key="new-job"):
        title = st.text_input(_("Title"), key=f"new-title-{kept.round}", max_chars=200)
        file = st.file_uploader(_("From a job file (JSON), if you have one"), key=f"new-file-{kept.round}")
        if st.button(_("Create"), key="create-job", disabled=not (title or file)):
            try:
                named, rows = session.services().jobs.read(file.getvalue()) if file else ("", ())
                job_id = session.services().jobs.create(title or named, rows)
            except ValueError as error:
                frame.text(str(error), key="new-problem")
                return
            session.fresh()
            session.go(session.JOBS, job=job_id)


def out(job: JobDetail) -> None:
    """The job as a file."""
    services = session.services()
    st.download_button(
        _("Export JSON"),
        lambda: services.jobs.file(job.job_id).data,
        "job.json",
        "application/json",
        key="job-file",
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
