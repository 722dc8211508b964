"""The two statements, side by side and never merged: is it genuine, and is it theirs?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.components import pill
from dashboard.services import CredentialCard, Statement
from dashboard.wording import N_, _, ngettext

GENUINE, THEIRS = N_("Is it genuine?"), N_("Is it theirs?")


def of_person(cards: Sequence[CredentialCard]) -> None:
    """Both statements over everything that a person handed in."""
    with st.container(horizontal=True, gap="large", key="two-statements"):
        _question(GENUINE, genuine_lines([card.genuine for card in cards]), key="all-genuine")
        _question(THEIRS, theirs_lines([card.theirs for card in cards]), key="all-theirs")


def of_card(card: CredentialCard) -> None:
    """Both statements about one credential."""
    with st.container(horizontal=True, gap="large", key="two-statements-ev"):
        _question(GENUINE, [_line(card.genuine)], key="ev-genuine")
        _question(THEIRS, [_line(card.theirs)], key="ev-theirs")


def genuine_lines(said: Sequence[Statement]) -> list[str]:
    """Our own words, as Markdown: how many are genuine, then what is wrong with which."""
    count = sum(1 for one in said if one.outcome == "passed")
    if count == len(said):
        sentence = ngettext("Genuine and in force", "All {count} genuine and in force", count)
    else:
        sentence = _("{count} of {all} genuine and in force").format(count=count, all=len(said))
    return _lines(count, sentence, said)


def theirs_lines(said: Sequence[Statement]) -> list[str]:
    """The same of whose they are."""
    count = sum(1 for one in said if one.outcome == "passed")
    if count == len(said):
        sentence = ngettext("Issued to this applicant", "All {count} issued to this applicant", count)
    else:
        sentence = _("{count} of {all} issued to this applicant").format(count=count, all=len(said))
    return _lines(count, sentence, said)


def _lines(count: int, sentence: str, said: Sequence[Statement]) -> list[str]:
    held = [f"{pill.text_mark(wording.outcome('passed'))} {sentence}"] if count else []
    return held + _others(said)


def _others(said: Sequence[Statement]) -> list[str]:
    """What did not pass, the worst first, each kind once."""
    ranks = {name: place for place, name in enumerate(wording.OUTCOMES)}
    kinds = Counter((one.outcome, _headline(one)) for one in said if one.outcome != "passed")
    lines = []
    for (outcome, headline), count in sorted(kinds.items(), key=lambda kind: ranks.get(kind[0][0], 0)):
        times = f" ({count})" if count > 1 else ""
        lines.append(f"{pill.text_mark(wording.outcome(outcome))} {headline}{times}")
    return lines


def _line(said: Statement) -> str:
    return f"{pill.text_mark(wording.outcome(said.outcome))} {_headline(said)}"


def _headline(said: Statement) -> str:
    if said.outcome == "unproved":
        return _("The file says so, but nothing proves it")
    return _(wording.said(said.code, said.outcome).headline)


def _question(question: str, lines: Sequence[str], *, key: str) -> None:
    with st.container(gap=None, width="content", key=f"statement-{key}"):
        st.caption(_(question))
        st.markdown("  \n".join(lines))
