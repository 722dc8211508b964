"""One sentence over many verdicts, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.wording.catalogue import _
from dashboard.wording.marks import OUTCOMES, STATES


def headline(states: Sequence[str]) -> str:
    """Of the states of all required lines, e.g. "4 of 6 required verified, 1 level unknown"."""
    parts = [_("{met} of {all} required verified").format(met=states.count("met"), all=len(states))]
    parts += [
        f"{states.count(name)} {_(look.word).lower()}"
        for name, look in STATES.items()
        if name != "met" and name in states
    ]
    return ", ".join(parts)


def answers(outcomes: Sequence[str]) -> str:
    """How often a question got which answer, e.g. "✓ 3 passed · ? 1 could not check"."""
    return " · ".join(
        f"{look.icon} {outcomes.count(name)} {_(look.word)}"
        for name, look in OUTCOMES.items()
        if name in outcomes
    )
