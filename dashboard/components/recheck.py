"""Checking one credential again, in its drawer: the plan, then the ticks, then what changed."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import checking, failure, frame, pill
from dashboard.components.receipt import answer, receipt
from dashboard.components.to_candidate import Look
from dashboard.services import EvidenceView, Tick
from dashboard.wording import _

POLL_SECONDS = 0.3  # one item, a few lines


def button(view: EvidenceView, look: Look, *, disabled: bool) -> None:
    """Ask for the check; what is shown live in the demo is the same check, step by step."""
    is_live = view.sample and session.memory().demo
    st.button(
        _("Check this live") if is_live else _("Check again"),
        key="ev-again",
        type=look,
        disabled=disabled,
        on_click=_again,
        args=(view.card.item_id,),
        kwargs={"step_by_step": is_live},
    )


@failure.remembered()
def _again(item_id: str, *, step_by_step: bool) -> None:
    session.services().work.recheck((item_id,), step_by_step=step_by_step)
    session.notify(_("Checking again; earlier verdicts stay in the history."))
    st.rerun()  # the page behind the drawer as well: it says "waiting" now


def checks(view: EvidenceView, *, is_idle: bool) -> None:
    """The receipt; while a check is made, its lines in the same place, drawn again and again."""
    _changes(view, is_idle=is_idle)
    st.fragment(_checks, run_every=None if is_idle else POLL_SECONDS)(view, is_idle)


@failure.told()
def _checks(view: EvidenceView, is_idle: bool) -> None:
    at_work = session.services().work.checking(view.card.item_id)
    if (at_work is None) is not is_idle:
        st.rerun()  # the whole page: it has another verdict now, and polling begins or ends
    if at_work is None:
        receipt(view)
    else:
        names = tuple(check.check for check in view.checks)
        checking.steps(at_work, names, hides_host=view.blind)


def _changes(view: EvidenceView, *, is_idle: bool) -> None:
    """What the last check says otherwise than the one before it."""
    if is_idle and len(view.history) < 2:
        return
    frame.heading(_("What changed"))
    if not is_idle:
        st.caption(_("Said here once every check is made."))
        return
    if not view.changes:
        since = wording.moment(view.history[1].at)
        st.caption(_("Nothing: every check says what it said on {time}.").format(time=since))
    for change in view.changes:
        st.markdown(
            _("**{question}** was {before}, now {now}").format(
                question=wording.question(change.now.check),
                before=_answer(change.before),
                now=_answer(change.now),
            )
        )


def _answer(tick: Tick) -> str:
    return f"{pill.text_mark(wording.outcome(tick.outcome))} {answer(tick.outcome, tick.code)}"
