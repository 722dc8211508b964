"""Screen 5: two to five people against one job, requirement by requirement."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import (
    blindness,
    downloads,
    evidence_drawer,
    frame,
    job_choice,
    matrix,
    people_choice,
    standing,
)
from dashboard.wording import _


def page() -> bool:
    """Draw the people that the address names: whether it is hidden who they are."""
    frame.title(_("Compare"), _("The same requirements, side by side. A cell opens the evidence behind it."))
    left, right = st.columns([1, 2])
    with left:
        job_id = job_choice.job_choice(key="compare-job")
    if job_id is None:
        st.markdown(_("A comparison needs a job and two people."))
        frame.link(session.VERIFY, _("Verify first"))
        return session.is_blind()
    with right:
        ids = people_choice.people_choice(job_id)
    try:
        comparison = session.services().candidates.compare(ids, job_id=job_id)
    except ValueError:
        st.markdown(_("Choose two to five people above, or select them among the candidates."))
        return session.is_blind()
    # Side by side all are seen alike: who is hidden alone would stand out.
    hidden = any(session.hides(row.applicant_id, sample=row.sample) for row in comparison.people)
    if hidden:
        comparison = session.services().candidates.compare(ids, job_id=job_id, blind=True)
    matrix.left_out(comparison)
    standing.waiting(sum(person.counts.pending for person in comparison.people))
    st.markdown(f"**{matrix.finding(comparison)}**")
    names = session.names_of(comparison.people, hidden=hidden)
    with st.container(horizontal=True, vertical_alignment="center", key="compare-tools"):
        look = matrix.look()
        only = matrix.only_differences()
        blindness.switch(comparison.people)
        downloads.of_comparison(ids, comparison.job.job_id, hidden=hidden)
    if look == "heat":
        matrix.heat_map(comparison, names)
    else:
        matrix.matrix(comparison, names, only_differences=only)
    return hidden


evidence_drawer.drawer(blind=page())
