"""Buttons that lead on: to the evidence, to a candidate, to another screen.

They act in callbacks, before anything of the old screen is drawn again.
"""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.wording import _


def evidence_button(cred: str, *, key: str, disabled: bool = False) -> None:
    """Open the drawer on this credential."""
    st.button(_("Evidence"), key=key, type="tertiary", disabled=disabled, on_click=_show, args=(cred,))


def _show(cred: str) -> None:
    session.put(cred=cred)
    st.rerun()  # the whole page: the drawer stands outside the fragment that the button may be in


def candidate_button(applicant_id: str, *, key: str) -> None:
    """Open the candidate."""
    if not session.offers(session.CANDIDATE):
        return
    st.button(
        _("Open candidate"),
        key=key,
        type="tertiary",
        icon=":material/arrow_forward:",
        icon_position="right",
        on_click=session.lead,
        args=(session.CANDIDATE,),
        kwargs={"id": applicant_id},
    )
