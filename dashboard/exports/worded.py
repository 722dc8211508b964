"""A frame of codes as a frame of words: what leaves the house is read without us beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard.wording import DECISIONS, MARKS, N_, STATES, _, mark, outcome, state

OPAQUE = ("applicant_id", "item_id", "cred")  # ids of our own, of no use outside
HEADS: Mapping[str, str] = {
    "person": N_("Person"),
    "required_met": N_("Required met"),
    "required_total": N_("Required"),
    "preferred_met": N_("Preferred met"),
    "preferred_total": N_("Preferred"),
    "verified_skills": N_("Verified skills"),
    "oldest_check": N_("Oldest check (UTC)"),
    "checked_at": N_("Checked at (UTC)"),
    "policy": N_("Policy"),
    "decision": N_("Decision"),
    "changed": N_("Changed since decision"),
    "requirement": N_("Requirement"),
    "required": N_("Must have"),
    "state": N_("State"),
    "asked": N_("Level asked"),
    "held": N_("Level held"),
    "reason": N_("Reason"),
    "evidence": N_("Evidence"),
    "confirmed": N_("Confirmed by a person"),
    "issuers": N_("Issuers"),
    "issuer": N_("Issuer"),
    "credential": N_("Credential"),
    "format": N_("Format"),
    "mark": N_("Verdict"),
    "code": N_("Code"),
    "genuine": N_("Genuine"),
    "theirs": N_("Theirs"),
    "valid_from": N_("Valid from (UTC)"),
    "valid_until": N_("Valid until (UTC)"),
    "source": N_("File"),
    "check": N_("Check"),
    "outcome": N_("Outcome"),
    "message": N_("This credential …"),
    "spec": N_("Clause"),
    "pointer": N_("Place in the file"),
    "what": N_("What"),
    "value": N_("Value"),
    "seq": N_("Line"),
    "at": N_("When (UTC)"),
    "actor": N_("Who"),
    "action": N_("Action"),
    "subject": N_("Subject"),
    "detail": N_("Detail"),
    "digest": N_("Digest"),
}
WORDS: Mapping[str, Callable[[str], str]] = {
    "mark": lambda code: _(mark(code).word),
    "state": lambda code: _(state(code).word),
    "outcome": lambda code: _(outcome(code).word),
    "genuine": lambda code: _(outcome(code).word),
    "theirs": lambda code: _(outcome(code).word),
    "decision": lambda code: _(DECISIONS.get(code, code)),
}


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with words for codes and for column names; our own ids are left out."""
    table = frame.drop(columns=[name for name in OPAQUE if name in frame.columns])
    for name, word in WORDS.items():
        if name in table.columns:
            table[name] = table[name].map(word)
    return table.rename(columns=head)


def states_worded(frame: pd.DataFrame) -> pd.DataFrame:
    """A comparison: every column but the first two holds states of a person."""
    table = frame.copy()
    for name in table.columns[2:]:
        table[name] = table[name].map(WORDS["state"])
    return worded(table)


def head(name: str) -> str:
    """A column's name for people."""
    looks = MARKS.get(name) or STATES.get(name)
    return _(looks.word) if looks else _(HEADS.get(name, name))
