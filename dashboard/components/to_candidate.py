"""A ready message to the candidate, to be copied: nothing is sent from here."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard import wording
from dashboard.wording import Said, _

Look = Literal["primary", "secondary"]


def message(told: Said, what: str, *, key: str, look: Look = "secondary") -> None:
    """Draw the message that asks for what `told` needs about `what`; nothing where nothing is to be asked."""
    text = wording.message(told, what)
    if text:
        with st.popover(_("Message to the candidate"), key=key, type=look):
            st.caption(_("Nothing is sent from here. Copy it into your own mail."))
            st.code(text, language=None, wrap_lines=True)
