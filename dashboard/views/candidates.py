"""Screen 2: everybody of a job, in the order received; never ranked."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import candidate_grid, evidence_drawer, frame, job_choice, standing
from dashboard.wording import _

with st.container(
    horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="candidates-top"
):
    with st.container(width="content", key="candidates-title"):
        frame.title(_("Candidates"), _("Who proves what the job asks for; never ranked by a score."))
    job_id = job_choice.job_choice(key="candidates-job", everybody=True)
rows = session.services().candidates.rows(job_id)
if rows:
    standing.waiting(sum(row.counts.pending for row in rows))
    standing.behind(session.services().candidates.behind(job_id))
    if any(row.changed for row in rows):  # who they are is a question over everybody's reports
        standing.alerts(session.services().candidates.alerts(job_id))
    standing.due(job_id)
    candidate_grid.grid(rows, job_id)
else:
    st.markdown(_("Nobody here yet. Verify what an applicant sent, and they appear."))
    frame.link(session.VERIFY, _("Verify first"))
evidence_drawer.drawer()
