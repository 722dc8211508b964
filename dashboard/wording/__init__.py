"""Every sentence for people, and the icon and colour of every outcome. No Streamlit, no services.

wording.said(code, outcome)   what happened, whose move it is, what to do
wording.mark(name)            icon, word and colour of a verdict
_("…")                        a sentence in the reader's language
"""

from __future__ import annotations

from dashboard.wording.actions import ACTIONS, LOGGED, logged
from dashboard.wording.catalogue import N_, _, language, ngettext, speak, speaking
from dashboard.wording.checks import (
    CHECKS,
    FORMATS,
    ROW_FIELDS,
    ROW_PROBLEMS,
    TIERS,
    format_name,
    question,
    step,
)
from dashboard.wording.codes import CODES, said
from dashboard.wording.entrance import REFUSED, ROLES
from dashboard.wording.failures import FAILURES
from dashboard.wording.marks import (
    DECISIONS,
    GROUND,
    INK,
    ISSUER_DECISIONS,
    MARKS,
    OUTCOMES,
    STATES,
    Colour,
    Look,
    mark,
    outcome,
    palette,
    state,
)
from dashboard.wording.messages import MESSAGES, message
from dashboard.wording.said import OWNERS, Owner, Said
from dashboard.wording.summary import answers, headline
from dashboard.wording.times import calendar_day, day, moment, remaining, until
from dashboard.wording.validity import ANSWERS, IMPACT_NOTES, IMPACT_STEPS, ISSUER_TIERS, PRESENCE, VALID_ON

__all__ = [
    "ACTIONS",
    "ANSWERS",
    "CHECKS",
    "CODES",
    "DECISIONS",
    "FAILURES",
    "FORMATS",
    "GROUND",
    "IMPACT_NOTES",
    "IMPACT_STEPS",
    "INK",
    "ISSUER_DECISIONS",
    "ISSUER_TIERS",
    "LOGGED",
    "MARKS",
    "MESSAGES",
    "N_",
    "OUTCOMES",
    "OWNERS",
    "PRESENCE",
    "REFUSED",
    "ROLES",
    "ROW_FIELDS",
    "ROW_PROBLEMS",
    "STATES",
    "TIERS",
    "VALID_ON",
    "Colour",
    "Look",
    "Owner",
    "Said",
    "_",
    "answers",
    "calendar_day",
    "day",
    "format_name",
    "headline",
    "language",
    "logged",
    "mark",
    "message",
    "moment",
    "ngettext",
    "outcome",
    "palette",
    "question",
    "remaining",
    "said",
    "speak",
    "speaking",
    "state",
    "step",
    "until",
]
