"""Screen 6: all people of a job against its requirements. Counts, no names."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import coverage, downloads, frame, impact, job_choice, standing
from dashboard.services import Missing
from dashboard.wording import _

FEWEST = 2


def page() -> None:
    """Draw the coverage of the chosen job."""
    frame.title(_("Coverage"), _("Where everybody stands against the job. Counts alone, never a name."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="coverage-tools"):
        job_id = job_choice.job_choice(key="coverage-job")
        try:
            values = session.services().candidates.coverage(job_id or "")
        except Missing:
            values = None
        if values and values.people >= FEWEST:
            downloads.of_coverage(values.job.job_id)
    if values is None or values.people < FEWEST:
        st.markdown(_("Coverage needs a job and at least two people."))
        frame.link(session.VERIFY, _("Verify first"))
        return
    standing.waiting(values.pending)
    standing.behind(values.behind)
    coverage.coverage(values)
    impact.impact(values.job.job_id)


page()
