"""What stands around every screen: title and foot; and small pieces of text."""

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


def foot() -> None:
    """Who is at work here."""
    here = session.actor()
    if not here.roles:
        local()
        return
    st.space("medium")
    with st.container(horizontal=True, vertical_alignment="center", key="foot"):
        roles = ", ".join(_(wording.ROLES[role]) for role in here.roles)
        text(
            _("Signed in as {who} ({roles})").format(who=here.label, roles=roles),
            key="signed-in",
            look="muted",
        )
        st.button(_("Sign out"), key="sign-out", type="tertiary", on_click=session.sign_out)


def local() -> None:
    """The mark of a machine on which nobody signs in."""
    st.space("medium")
    st.caption(_("Local, no sign-in. Everything stays on this machine."))


def not_yours() -> None:
    """An address of somebody else's screen, or something on a screen that is not allowed any more."""
    roles = ", ".join(_(wording.ROLES[role]) for role in session.actor().roles)
    st.markdown(_("This is not part of your role here ({roles}).").format(roles=roles))
    st.caption(_("Whoever gives out roles at your organisation can change that."))


def link(page: str, label: str) -> None:
    """A way to another screen, for those whose screen it is."""
    if session.offers(page):
        st.page_link(page, label=label)


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
    link(session.CANDIDATES, _("All candidates"))
