"""Screen 5: two to five people against one job, requirement by requirement."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import downloads, evidence_drawer, frame, job_choice, matrix, people_choice
from dashboard.wording import _


def page() -> None:
    """Draw the people that the address names."""
    frame.title(_("Compare"), _("The same requirements, side by side. A cell opens the evidence behind it."))
    left, right = st.columns([1, 2])
    with left:
        job_id = job_choice.job_choice(key="compare-job")
    if job_id is None:
        st.markdown(_("A comparison needs a job and two people."))
        st.page_link(session.VERIFY, label=_("Verify first"))
        return
    with right:
        ids = people_choice.people_choice(job_id)
    try:
        comparison = session.services().candidates.compare(ids, job_id=job_id)
    except ValueError:
        st.markdown(_("Choose two to five people above, or select them among the candidates."))
        return
    hidden = session.is_blind(comparison.people)
    if hidden:
        session.put(blind="1")  # the drawer reads it there
        comparison = session.services().candidates.compare(ids, job_id=job_id, blind=True)
    matrix.removed(comparison)
    st.markdown(f"**{matrix.finding(comparison)}**")
    with st.container(horizontal=True, vertical_alignment="center", key="compare-tools"):
        only = st.toggle(_("Only differences"), key="only-differences")
        st.toggle(
            _("Hide who they are"),
            value=hidden,
            key="compare-blind",
            on_change=session.remember_blind,
            args=("compare-blind",),
            help=_("Names, issuers, dates and places; the skills and verdicts stay"),
        )
        downloads.of_comparison(ids, job_id)
    names = session.names_of(comparison.people, hidden=hidden)
    matrix.matrix(comparison, names, only_differences=only)


page()
evidence_drawer.drawer()
