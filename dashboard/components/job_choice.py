"""Which job a screen is about: in the address as `job=`."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components.intake import job_label
from dashboard.wording import _


def job_choice(*, key: str, everybody: bool = False) -> str | None:
    """Draw the choice: the job's id, None for "everybody" or where there is no job."""
    jobs = {job.job_id: job for job in session.services().jobs.rows()}
    options = [*(("all",) if everybody else ()), *jobs]
    if not jobs:
        return None
    if session.param("job") not in ("", *options):
        st.caption(_("The job that this link names is not in this store. It may have been deleted."))
    last = session.memory().job
    session.follow(key, session.chosen("job", options, last if last in jobs else next(iter(jobs))))
    picked = st.selectbox(
        _("Job"),
        options,
        format_func=lambda one: _("Everybody") if one == "all" else job_label(jobs[one]),
        key=key,
        on_change=session.remember,
        args=("job", key),
        width=420,
    )
    return None if picked == "all" else picked
