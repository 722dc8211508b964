"""What stands around every screen: title and foot; and small pieces of text."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.wording import _


def title(text: str, lead: str = "") -> None:
    """The one heading of a screen, in our words, with one line on what the screen is for."""
    st.title(text, anchor=False)
    if lead:
        st.caption(lead)


def heading(text: str) -> None:
    """A small, quiet sub-head."""
    st.header(text, anchor=False)


def foot() -> None:
    """Who is at work here."""
    st.space("medium")
    st.caption(_("Local, no sign-in. Everything stays on this machine."))


def text(body: str, *, key: str, look: str = "plain") -> None:
    """Text from outside, as text: `look` is plain, strong, lead, big, muted or mono."""
    with st.container(key=f"{look}-{key}", gap=None):
        st.text(body)


def fact(label: str, value: str, *, key: str) -> None:
    """A label of ours beside a value from anywhere."""
    with st.container(horizontal=True, key=f"fact-{key}"):
        st.caption(label)
        st.text(value or "–")


def gone(sentence: str) -> None:
    """A link whose target is not there any more."""
    st.markdown(sentence)
    st.page_link(session.CANDIDATES, label=_("All candidates"))
