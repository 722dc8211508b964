"""Evidence that only points at what is asked: a person says why it counts, or takes that back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import session, wording
from dashboard.access import Permission
from dashboard.components import frame
from dashboard.services import EvidenceLink, Missing, NoteRequired
from dashboard.wording import _

Change = Callable[[str, str, str, str, str], None]  # person, job, requirement, link, reason


def confirmation(link: EvidenceLink, *, applicant_id: str, job_id: str, requirement_id: str) -> None:
    """Draw who confirmed the link and why, and the way to do or undo it; nothing where it needs nobody."""
    key = f"{requirement_id}-{link.confirms}"
    named = (applicant_id, job_id, requirement_id, link.confirms)
    candidates = session.services().candidates
    if link.confirmed:
        made = link.confirmed
        said = _("confirmed by {who} on {day}: {reason}").format(
            who=session.who(made.actor), day=wording.day(made.at), reason=made.reason
        )
        frame.text(said, key=f"confirmed-{key}", look="muted")
        if not session.may(Permission.DECIDE):
            return
        with st.popover(_("Withdraw"), key=f"withdraw-{key}"):
            _form(
                named,
                candidates.withdraw_confirmation,
                key=f"withdraw-{key}",
                label=_("Reason; it goes into the log"),
                button=_("Withdraw the confirmation"),
                done=_("Confirmation withdrawn."),
            )
    elif link.confirmable and session.may(Permission.DECIDE):
        with st.popover(_("Counts – confirm with a reason"), key=f"confirm-{key}"):
            st.caption(_("Nothing proves that this is the skill that is asked. Say why it counts."))
            _form(
                named,
                candidates.confirm,
                key=f"confirm-{key}",
                label=_("Reason; it is kept with your confirmation"),
                button=_("Let it count"),
                done=_("Confirmed: it counts now."),
            )


def _form(
    named: tuple[str, str, str, str], change: Change, *, key: str, label: str, button: str, done: str
) -> None:
    with st.form(f"form-{key}", border=False):
        reason = st.text_input(label, key=f"reason-{key}", max_chars=1_000)
        if not st.form_submit_button(button, key=f"do-{key}"):
            return
    try:
        change(*named, reason or "")
    except NoteRequired:
        st.markdown(_("A reason is needed."))
        return
    except Missing:
        done = _("The evidence has changed meanwhile: look again.")
    session.notify(done)
    st.rerun()
