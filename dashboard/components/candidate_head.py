"""The head of a candidate: who, what can be done, one sentence, and the two statements."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import session, wording
from dashboard.access import Permission
from dashboard.components import blindness, deciding, downloads, failure, frame, pill, standing, statements
from dashboard.components.requirements import headline
from dashboard.services import CandidateDetail, CredentialCard, NoteRequired
from dashboard.wording import _


def head(detail: CandidateDetail) -> None:
    """Draw it."""
    row = detail.row
    with st.container(horizontal=True, vertical_alignment="top", key="candidate-head"):
        with st.container(gap=None, key="candidate-names"):
            frame.text(session.name_of(row), key="candidate", look="big")
            frame.text(_about(detail), key="candidate-about", look="muted")
            if row.sample and row.line:
                frame.text(row.line, key="candidate-line", look="muted")
            if decided := deciding.last(detail):
                frame.text(decided, key="candidate-decided", look="muted")
        _actions(detail)
    if detail.cells:
        with st.container(key="lead-headline"):
            st.markdown(headline(detail.cells))
    if detail.credentials:
        statements.of_person(detail.credentials)
    standing.waiting(len(detail.pending))


def _about(detail: CandidateDetail) -> str:
    job = detail.job.title if detail.job else _("no job")
    checked = _("oldest check {date}").format(date=wording.day(detail.row.oldest_check))
    pseudonym = (detail.row.pseudonym,) if session.name_of(detail.row) != detail.row.pseudonym else ()
    return " · ".join((*pseudonym, job, checked))


def _actions(detail: CandidateDetail) -> None:
    one = detail.row.applicant_id
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        width="content",
        gap="small",
        key="candidate-actions",
    ):
        deciding.deciding(detail)
        if session.may(Permission.VERIFY):
            st.button(_("Check again"), key="candidate-again", on_click=_again, args=(one,))
        standing.applied(detail)
        downloads.of_candidate(one, hidden=detail.blind)
        hidden = detail.blind and not detail.row.sample and not session.is_blind()
        if hidden and session.may(Permission.REVEAL):
            _reveal(one)
        blindness.switch([detail.row])


@failure.remembered()
def _again(applicant_id: str) -> None:
    session.services().work.recheck_applicant(applicant_id)
    session.notify(_("Checking again; earlier verdicts stay in the history."))


def _reveal(applicant_id: str) -> None:
    with st.popover(_("Reveal who it is"), key="reveal"), st.form("reveal-form", border=False):
        reason = st.text_input(_("Reason; it goes into the log"), key="reveal-reason")
        if st.form_submit_button(_("Reveal"), key="reveal-do"):
            try:
                session.services().candidates.reveal(applicant_id, reason or "")
            except NoteRequired:
                st.markdown(_("A reason is needed."))
                return
            session.reveal(applicant_id)
            st.rerun()


def changed(cards: Iterable[CredentialCard]) -> None:
    """Credentials whose verdict a re-check changed."""
    for card in cards:
        if card.changed_from:
            before = wording.mark(_mark_of(card.changed_from))
            now = pill.inline(wording.mark(card.mark))
            st.markdown(
                _("Changed by a re-check: was {before}, now {now}").format(
                    before=pill.inline(before), now=now
                )
            )
            frame.text(card.name if card.proved else card.source, key=f"changed-{card.cred}", look="muted")


def _mark_of(verdict: str) -> str:
    return {"verified": "verified", "failed": "problem", "unreadable": "unreadable"}.get(
        verdict, "not_checked"
    )
