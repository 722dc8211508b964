"""What every screen says first: demo mode, offline mode, what the last action did or could not do.

And last: how many files are being checked.
"""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import failure
from dashboard.wording import _, ngettext

AWAIT_SECONDS = 1.0


def notices() -> None:
    """Draw them."""
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
    failure.left_behind()
    notice = session.take_notice()
    if notice:
        st.toast(notice)


def waiting() -> None:
    """While anything is being checked, wait for it: then what is on the screen says the new verdicts."""
    waits = session.services().work.waiting() > 0
    st.fragment(_waiting, run_every=AWAIT_SECONDS if waits else None)(waits)


@failure.told()
def _waiting(waits: bool) -> None:
    count = session.services().work.waiting()
    if waits and not count:
        st.rerun()
    if count:
        st.caption(ngettext("{count} file is being checked.", "{count} files are being checked.", count))


@failure.remembered()
def _reset() -> None:
    batch = session.services().intake.reset_sample(step_by_step=True)
    session.forget_views()
    session.notify(_("The sample was loaded anew."))
    session.lead(session.VERIFY, batch=batch)  # where it can be watched
