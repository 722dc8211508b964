"""The door: how to sign in, or why that was not enough. Nothing of the store is on it."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.admission import sign_in
from dashboard.components import frame
from dashboard.identity import UNNAMED, Why
from dashboard.settings import Settings
from dashboard.wording import _

AGAIN = frozenset({Why.SIGNED_OUT, Why.OVER, Why.IDLE})


def entrance(why: Why) -> None:
    """Draw it."""
    frame.title("Skillproof")
    if why is Why.NO_ROLE:
        _without_role()
    else:
        st.markdown(_(wording.REFUSED[why]))
    if why in AGAIN:
        _sign_in()
    elif why is not Why.SIGN_IN_MISSING:
        st.button(_("Sign out"), key="sign-out", on_click=session.sign_out)


def _without_role() -> None:
    """Who they are, as whoever gives out roles has to know it, and whom to ask."""
    identity = session.visit().identity()
    frame.text(_(wording.REFUSED[Why.NO_ROLE]).format(who=identity.label), key="no-role")
    contact = Settings.read().contact or _("whoever runs Skillproof at your organisation")
    frame.text(_("Ask {whom} for one, with these two lines:").format(whom=contact), key="whom-to-ask")
    frame.text(f"{identity.issuer}\n{identity.subject}", key="identity", look="mono")


def _sign_in() -> None:
    with st.container(horizontal=True, key="sign-in-with"):
        found = sign_in()
        names = [provider.name for provider in found.providers] if found else []
        for place, provider in enumerate(names):
            unnamed = provider == UNNAMED
            st.button(
                _("Sign in") if unnamed else _("Sign in with {provider}").format(provider=provider),
                key=f"sign-in-{place}",
                type="primary",
                on_click=session.sign_in_with,
                args=(None if unnamed else provider,),
            )
    if st.query_params:
        st.caption(_("Open your link again afterwards: signing in leads to the first page."))
