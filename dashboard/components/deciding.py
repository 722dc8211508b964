"""The decision about a person: one button, a note that is required, and what was decided before."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.access import Permission
from dashboard.components import frame
from dashboard.services import CandidateDetail, DecisionWord, NoteRequired
from dashboard.wording import _


def deciding(detail: CandidateDetail) -> None:
    """Draw the button and, behind it, the form, or one for a note alone, and what was written before."""
    decided = detail.row.decision is not DecisionWord.UNDECIDED
    decides = session.may(Permission.DECIDE)
    undecided = _("Decide") if decides else _("Note")
    label = _(wording.DECISIONS[detail.row.decision]) if decided else undecided
    # Another round once something is saved: closed again, and its note empty.
    with st.popover(label, key=f"deciding-{session.memory().round}", type="primary"):
        if decides:
            _form(detail)
        elif session.may(Permission.NOTE):
            _note_form(detail.row.applicant_id)
        for place, made in enumerate(detail.decisions):
            word = _(wording.DECISIONS[made.decision]) if made.decision else _("Note")
            st.caption(f"{word} · {wording.moment(made.at)}")
            frame.text(f"{made.note} ({session.who(made.actor)})", key=f"decided-{place}", look="muted")


def last(detail: CandidateDetail) -> str:
    """What was decided last and why; "" where nothing was."""
    made = next((one for one in detail.decisions if one.decision), None)
    if made is None or made.decision is None:
        return ""
    word, when = _(wording.DECISIONS[made.decision]), wording.day(made.at)
    return _("{decision} on {day}: {note}").format(decision=word, day=when, note=made.note)


def _note_form(applicant_id: str) -> None:
    with st.form("note-form", border=False):
        note = st.text_area(
            _("A note beside the decisions; it is kept"),
            key=f"note-{session.memory().round}",
            height=80,
            max_chars=4_000,
        )
        if not st.form_submit_button(_("Save note"), key="note-save"):
            return
    try:
        session.services().candidates.note(applicant_id, note or "")
    except NoteRequired:
        st.markdown(_("Write the note first."))
        return
    session.fresh()
    session.notify(_("Note saved."))
    st.rerun()


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
            _("Why? A note is required and is kept"),
            key=f"decision-note-{session.memory().round}",
            height=80,
            max_chars=4_000,
        )
        if st.form_submit_button(_("Save decision"), key="decision-save"):
            _decide(detail.row.applicant_id, picked, note or "")


def _decide(applicant_id: str, picked: DecisionWord | None, note: str) -> None:
    try:
        session.services().candidates.decide(applicant_id, picked or DecisionWord.UNDECIDED, note)
    except NoteRequired:
        st.markdown(_("Write a note first: why this decision?"))
        return
    session.fresh()
    session.notify(_("Decision saved."))
    st.rerun()
