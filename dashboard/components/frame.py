"""What stands around every screen: title, notices, the foot; and small pieces of text."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.wording import _


def title(text: str, lead: str = "") -> None:
    """The one heading of a screen, in our words, with one line on what the screen is for."""
    st.title(text, anchor=False)
    if lead:
        st.caption(lead)


def heading(text: str) -> None:
    """A small, quiet sub-head."""
    st.header(text, anchor=False)


def notices() -> None:
    """Demo mode, offline mode, and what the last action said."""
    services, clock = session.services(), session.clock()
    if clock:
        with st.container(horizontal=True, vertical_alignment="center", key="demo-bar"):
            st.badge(_("Sample data"), color="gray")
            st.badge(_("Demo clock: {time}").format(time=wording.moment(clock)), color="gray")
            st.badge(
                _("Shown step by step"),
                color="gray",
                help=_("Each check waits a moment to be seen. It is the real one; nothing is replayed."),
            )
            st.button(_("Reset the demo"), key="demo-reset", type="tertiary", on_click=_reset)
    if services.offline:
        st.caption(
            _("**Offline.** Signatures are checked; revocation and keys kept at an address are not asked.")
        )
    notice = session.take_notice()
    if notice:
        st.toast(notice)


def _reset() -> None:
    batch = session.services().intake.reset_sample(step_by_step=True)
    session.forget_views()
    session.notify(_("The sample was loaded anew."))
    session.lead(session.VERIFY, batch=batch)  # where it can be watched


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
