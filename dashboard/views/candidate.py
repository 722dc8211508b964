"""Screen 3: one person, requirement by requirement, with the evidence behind each."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.access import Permission
from dashboard.components import (
    candidate_head,
    credentials,
    evidence_drawer,
    frame,
    intake,
    microcredential,
    requirements,
    standing,
)
from dashboard.services import Missing
from dashboard.wording import _


def page() -> None:
    """Draw the person that the address names."""
    with st.container(key="quiet-title"):
        frame.title(_("Candidate"))
    try:
        row = session.services().candidates.row(session.param("id"))
        hidden = session.hides(row.applicant_id, sample=row.sample)
        detail = session.services().candidates.detail(row.applicant_id, blind=hidden)
    except Missing:
        frame.gone(_("This link names no candidate in this store. They may have been deleted."))
        return
    candidate_head.head(detail)
    if detail.row.changed:
        found = session.services().candidates.alerts(detail.row.job_id)
        standing.alerts([alert for alert in found if alert.applicant_id == detail.row.applicant_id])
    candidate_head.changed(detail.credentials)
    if detail.cells:
        requirements.requirements(detail)
    else:
        st.caption(_("No job: only whether the credentials are genuine can be said."))
    credentials.credentials(detail)
    microcredential.overview(detail.microcredentials)
    if session.may(Permission.VERIFY):
        with st.expander(_("Add files to this candidate"), key="add-files"):
            intake.intake(detail.row.applicant_id)


page()
evidence_drawer.drawer()
