"""Checking one credential again, in its drawer: the plan, then the ticks, then what changed."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import checking, failure, frame, pill
from dashboard.components.receipt import answer
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


def watch(view: EvidenceView) -> None:
    """The checks in the place where they will stand, drawn again and again until they are made."""
    frame.heading(_("What changed"))
    st.caption(_("Said here once every check is made."))
    frame.heading(_("The checks, in order"))
    checks = tuple(check.check for check in view.checks)
    st.fragment(_watch, run_every=POLL_SECONDS)(view.card.item_id, checks, view.blind)


@failure.told()
def _watch(item_id: str, checks: tuple[str, ...], blind: bool) -> None:
    at_work = session.services().work.checking(item_id)
    if at_work is None:
        st.rerun()  # the whole page: it has another verdict now, and polling ends
    checking.steps(at_work, checks, hides_host=blind)


def changes(view: EvidenceView) -> None:
    """What the last check says otherwise than the one before it."""
    if len(view.history) < 2:
        return
    frame.heading(_("What changed"))
    if not view.changes:
        st.caption(
            _("Nothing: every check says what it said on {time}.").format(
                time=wording.moment(view.history[1].at)
            )
        )
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
