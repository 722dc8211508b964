"""Screen 7: what a job asks for, line by line, kept in versions."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import frame, job_choice, job_files, job_proposals, requirement_editor
from dashboard.wording import _


def page() -> None:
    """Draw the editor of the chosen job."""
    with st.container(horizontal=True, vertical_alignment="center", key="jobs-head"):
        frame.title(_("Jobs"))
        job_files.new_job()
    st.caption(
        _("Which skills a job asks for, at which level, and what counts as proof. Every save is a version.")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="jobs-tools"):
        # Afresh after a job was created: the address names another one then.
        job_id = job_choice.job_choice(key=f"jobs-job-{session.memory().round}")
        if job_id is not None:
            job_files.out(job_id)
    if job_id is None:
        job_files.examples()
        frame.link(session.VERIFY, _("Or try the sample applicants: they come with a job"))
        return
    job = session.services().jobs.detail(job_id)
    job_proposals.proposals(job)
    requirement_editor.editor(job)
    job_files.versions(job)


page()
