"""Screen 1: what an applicant sent comes in here, and results appear as they finish."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components import evidence_drawer, frame, intake, results, wallet, welcome
from dashboard.services import Missing
from dashboard.wording import _


def first() -> None:
    """Nothing chosen yet."""
    frame.title(
        _("Verify"),
        _("Drop in what an applicant sent: see which skills of the job are proved, which are not, and why."),
    )
    batches = session.services().work.batches(limit=8)
    left, right = st.columns([5, 3], gap="large")
    with left:
        intake.intake()
    with right:
        welcome.sample(is_primary=not batches)
    welcome.earlier(batches)


def batch(batch_id: str) -> None:
    """One batch."""
    services = session.services()
    head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    with head:
        frame.title(_("Verify"))
    try:
        progress = services.work.progress(batch_id)
    except Missing:
        frame.gone(_("This link names a batch that is not in this store. It may have been deleted."))
        return
    with head, st.container(horizontal=True, horizontal_alignment="right", width="content"):
        st.button(_("Check more"), key="check-more", on_click=session.lead, args=(session.VERIFY,))
        st.button(
            _("See the candidates"),
            key="to-candidates",
            type="primary",
            on_click=session.lead,
            args=(session.CANDIDATES,),
            kwargs={"job": progress.job_id or ""},
        )
    results.results(services, batch_id)


if session.batch():
    batch(session.batch())
elif session.param("exchange"):
    wallet.exchange(session.param("exchange"))
else:
    first()
evidence_drawer.drawer(blind=session.is_blind())  # where files come in, whose they are is in plain sight
