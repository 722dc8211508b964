"""The decision about a person: one button, a note that is required, and what was decided before."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import frame
from dashboard.services import CandidateDetail, DecisionWord, NoteRequired
from dashboard.wording import _


def deciding(detail: CandidateDetail) -> None:
    """Draw the button and, behind it, the form and the earlier decisions."""
    decided = detail.row.decision is not DecisionWord.UNDECIDED
    label = _(wording.DECISIONS[detail.row.decision]) if decided else _("Decide")
    with st.popover(label, key="decision", type="primary"):
        _form(detail)
        for place, made in enumerate(detail.decisions):
            st.caption(f"{_(wording.DECISIONS[made.decision])} · {wording.moment(made.at)}")
            frame.text(f"{made.note} ({made.actor})", key=f"decided-{place}", look="muted")


def last(detail: CandidateDetail) -> str:
    """What was decided last and why; "" where nothing was."""
    if not detail.decisions:
        return ""
    made = detail.decisions[0]
    word, when = _(wording.DECISIONS[made.decision]), wording.day(made.at)
    return _("{decision} on {day}: {note}").format(decision=word, day=when, note=made.note)


def _form(detail: CandidateDetail) -> None:
    with st.form("decision-form", border=False):
        picked = st.segmented_control(
            _("Decision"),
            list(DecisionWord),
            default=detail.row.decision,
            format_func=lambda word: _(wording.DECISIONS[word]),
            key=f"decision-{detail.row.applicant_id}",
            label_visibility="collapsed",
        )
        note = st.text_area(
            _("Why? A note is required and is kept"), key="decision-note", height=80, max_chars=4_000
        )
        if st.form_submit_button(_("Save decision"), key="decision-save"):
            _decide(detail.row.applicant_id, picked, note or "")


def _decide(applicant_id: str, picked: DecisionWord | None, note: str) -> None:
    try:
        session.services().candidates.decide(applicant_id, picked or DecisionWord.UNDECIDED, note)
    except NoteRequired:
        st.markdown(_("Write a note first: why this decision?"))
        return
    session.notify(_("Decision saved."))
    st.rerun()
