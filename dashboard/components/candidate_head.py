"""The head of a candidate: who, one sentence, the two statements, and the decision with its note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import session, wording
from dashboard.components import blindness, downloads, frame, pill, standing
from dashboard.components.requirements import headline
from dashboard.services import CandidateDetail, CredentialCard, DecisionWord, NoteRequired, Statement
from dashboard.wording import _, ngettext


def head(detail: CandidateDetail) -> None:
    """Draw it."""
    row = detail.row
    with st.container(horizontal=True, vertical_alignment="center", key="candidate-head"):
        with st.container(gap=None):
            frame.text(session.name_of(row), key="candidate", look="big")
            frame.text(_about(detail), key="candidate-about", look="muted")
        _actions(detail)
    if row.sample and row.line:
        frame.text(row.line, key="candidate-line", look="plain")
    if detail.cells:
        st.markdown(f"**{headline(detail.cells)}**")
    if detail.credentials:
        left, right, _rest = st.columns([1, 1, 1])
        with left:
            _both(_("Is it real?"), [card.genuine for card in detail.credentials])
        with right:
            _both(_("Is it theirs?"), [card.theirs for card in detail.credentials])
    if detail.pending:
        st.caption(
            ngettext("{count} file is still waiting", "{count} files are still waiting", len(detail.pending))
        )


def _about(detail: CandidateDetail) -> str:
    job = detail.job.title if detail.job else _("no job")
    checked = _("oldest check {date}").format(date=wording.day(detail.row.oldest_check))
    return " · ".join((detail.row.pseudonym, job, checked, _(wording.DECISIONS[detail.row.decision])))


def _both(question: str, said: Sequence[Statement]) -> None:
    """How many credentials get which answer to one of the two questions."""
    counts = {name: sum(1 for one in said if one.outcome == name) for name in wording.OUTCOMES}
    parts = [
        f"{pill.text_mark(look)} {counts[name]} {_(look.word)}"
        for name, look in wording.OUTCOMES.items()
        if counts[name]
    ]
    with st.container(gap=None):
        st.caption(question)
        st.markdown(" · ".join(parts))


def _actions(detail: CandidateDetail) -> None:
    one = detail.row.applicant_id
    with st.container(horizontal=True, width="content", key="candidate-actions"):
        st.button(_("Check again"), key="candidate-again", on_click=_again, args=(one,))
        standing.applied(detail)
        blindness.switch([detail.row])
        downloads.of_candidate(one, hidden=detail.blind)
        if detail.blind and not detail.row.sample and not session.is_blind():
            _reveal(one)


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


def decision(detail: CandidateDetail) -> None:
    """The decision control with its required note, and earlier decisions."""
    frame.heading(_("Decision"))
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
    for place, made in enumerate(detail.decisions):
        st.caption(f"{_(wording.DECISIONS[made.decision])} · {wording.moment(made.at)}")
        frame.text(f"{made.note} ({made.actor})", key=f"decided-{place}", look="muted")


def _decide(applicant_id: str, picked: DecisionWord | None, note: str) -> None:
    try:
        session.services().candidates.decide(applicant_id, picked or DecisionWord.UNDECIDED, note)
    except NoteRequired:
        st.markdown(_("Write a note first: why this decision?"))
        return
    session.notify(_("Decision saved."))
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
