"""Checks while they are being made: all of them listed first, each ticked with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from dashboard import session, wording
from dashboard.components import frame, pill
from dashboard.components.receipt import answer
from dashboard.services import Checking, Tick
from dashboard.wording import Look, _

RUNNING, WAITING = UNANSWERED = (wording.mark("running"), wording.mark("pending"))


def plan(below: str, *, spoken: str = "") -> None:
    """What each item is asked, in its order, and what the marks mean: once, above the items, folded.

    Folded, for the checks stand with their words in each line: so the head is as high while checks are made
    as afterwards, and the results begin on the first screen of a phone. `below` is one line before it,
    `spoken` is for screen readers.
    """
    asked = [f"**{wording.step(check)}** – {wording.question(check)}" for check in wording.CHECKS]
    looks = (*wording.OUTCOMES.values(), *UNANSWERED)
    with st.container(gap=None, key="plan"):
        frame.text(below, key="plan-below", look="muted")
        with st.expander(_("What each is asked, in order"), key="plan-questions", type="compact"):
            st.caption("  \n".join(asked))
            st.caption("  ·  ".join(f"{look.icon} {_word(look)}" for look in looks))
        if spoken:
            announce(spoken)


def asking(in_work: Iterable[Checking]) -> str:
    """Whom the items in work ask at this moment."""
    hosts = sorted({checking.host for checking in in_work if checking.host})
    return _("Asking {hosts}").format(hosts=", ".join(hosts)) if hosts else _("Asking nobody at this moment")


def announce(text: str) -> None:
    """`text`, ours, for screen readers: they say it when it changes, without being interrupted."""
    st.html(f'<p class="sp-unseen" role="status">{escape(text)}</p>')


def line(checking: Checking, *, key: str) -> None:
    """The checks of one item side by side, as high as the line that takes their place in the end.

    A mark and a short word each; the answer in words is on hover and for screen readers.
    """
    if not checking.ticks:
        frame.text(_word(RUNNING), key=key, look="muted")
        return
    palette = wording.palette(session.theme())
    items = "".join(_item(tick, _look(tick, checking), palette) for tick in checking.ticks)
    st.html(f'<ul class="sp-ticks">{items}<li>{escape(_inside(checking))}</li></ul>')


def _item(tick: Tick, look: Look, palette: Mapping[wording.Colour, tuple[str, str, str]]) -> str:
    """Our own words only: nothing of a file or a person is in it."""
    answer = escape(_word(look))
    return (
        f'<li title="{escape(wording.question(tick.check))} {answer}">'
        f'<b style="color:{palette[look.colour][0]}" aria-hidden="true">{look.icon}</b> '
        f'{escape(wording.step(tick.check))}<span class="sp-unseen">: {answer}.</span></li>'
    )


def _look(tick: Tick, checking: Checking) -> Look:
    if tick.outcome:
        return wording.outcome(tick.outcome)
    return RUNNING if tick.check == checking.check else WAITING


def _word(look: Look) -> str:
    return _(look.word).lower()


def _inside(checking: Checking) -> str:
    return _("credential {number} inside it").format(number=checking.inside) if checking.inside else ""


def steps(checking: Checking, checks: tuple[str, ...], *, hides_host: bool) -> None:
    """The checks of one item below each other, in the shape of the receipt that takes their place."""
    frame.heading(_("The checks, in order"))
    with st.container(key="receipt-steps", gap=None):
        for tick in checking.ticks or tuple(Tick(check=check) for check in checks):
            _step(tick, _look(tick, checking), _doing(checking, hides_host=hides_host))
    made = [tick for tick in checking.ticks if tick.outcome]
    if made:
        announce(f"{wording.question(made[-1].check)} {_word(_look(made[-1], checking))}")


def _doing(checking: Checking, *, hides_host: bool) -> str:
    asks = asking([checking]) if checking.host and not hides_host else ""
    return " · ".join(part for part in (_inside(checking), asks) if part)


def _step(tick: Tick, look: Look, at_this_moment: str) -> None:
    said = answer(tick.outcome, tick.code) if tick.outcome else _word(look)
    below = at_this_moment if look is RUNNING else ""
    if tick.outcome and tick.outcome != "unproved":  # what nothing proves is not said in full
        below = _(wording.said(tick.code, tick.outcome).sentence)
    with st.container(gap=None, key=f"step-{tick.check}"):
        st.markdown(f"{pill.text_mark(look)} **{wording.question(tick.check)}** {said}")
        frame.text(below or "\N{NO-BREAK SPACE}", key=f"below-{tick.check}", look="muted")
