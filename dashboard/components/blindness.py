"""The switch that hides who people are, the same on every screen that shows them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.access import Permission
from dashboard.services import CandidateRow
from dashboard.wording import _


def switch(people: Sequence[CandidateRow]) -> None:
    """Draw the switch where it changes anything, and say so where people are hidden without it."""
    if not session.may(Permission.NAMES):
        st.caption(_("Who people are is not part of your role."), width="content")
        return
    revealed = session.memory().revealed
    shown = [row for row in people if row.sample or row.applicant_id in revealed]
    if shown or session.is_blind():
        session.follow("blind", session.is_blind())
        st.toggle(
            _("Hide who they are"),
            key="blind",
            on_change=session.set_blind,
            args=("blind",),
            help=_("Names, issuers, dates and places, on every screen; skills and verdicts stay"),
        )
    if len(shown) < len(people) and session.may(Permission.REVEAL):
        st.caption(
            _("Hidden until revealed, with a reason, on a person’s own page."),
            width="content",
        )
