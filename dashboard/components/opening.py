"""Buttons that lead on: to the evidence, to a candidate."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.wording import _


def evidence_button(cred: str, *, key: str, disabled: bool = False, label: str = "") -> None:
    """Open the drawer on this credential."""
    if st.button(label or _("Evidence"), key=key, type="tertiary", disabled=disabled):
        session.put(cred=cred)
        st.rerun()  # the whole page: the drawer stands outside the fragment that polls


def candidate_button(applicant_id: str, *, key: str) -> None:
    """Open the candidate."""
    icon = ":material/arrow_forward:"
    if st.button(_("Open candidate"), key=key, type="tertiary", icon=icon, icon_position="right"):
        session.go(session.CANDIDATE, id=applicant_id)
