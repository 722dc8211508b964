"""The checks in order, like a receipt: mark, what was asked, the answer, and by which rule."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.components import frame, pill
from dashboard.services import CheckRow, EvidenceView, FindingRow
from dashboard.wording import N_, _

CALM = ("passed", "not_applicable", "unproved")  # everything else stands out
DETAILS = {
    "issuer": N_("On your list as"),
    "reason": N_("Reason"),
    "approved_by": N_("Approved by"),
    "source": N_("List"),
}


def receipt(view: EvidenceView) -> None:
    """Draw every check; the ones that did not pass stand out, and none is left out."""
    frame.heading(_("The checks, in order"))
    with st.container(key="receipt-checks", gap=None):
        for check in view.checks:
            _check(check)


def _check(check: CheckRow) -> None:
    look = wording.outcome(check.outcome)
    is_open = check.outcome not in CALM
    with st.container(gap=None, key=f"step-{'open-' if is_open else ''}{check.check}"):
        # The mark alone would be colour and shape: the word of the outcome follows.
        said = answer(check.outcome, check.findings[0].code)
        st.markdown(f"{pill.text_mark(look)} **{wording.question(check.check)}** {said}")
        lines = [line for finding in check.findings for line in _lines(finding, check, is_open=is_open)]
        frame.text("\n".join(dict.fromkeys(lines)), key=f"finding-{check.check}", look="muted")


def answer(outcome: str, code: str) -> str:
    """The answer of a check in our words, e.g. "Signature holds · passed"."""
    word = _(wording.outcome(outcome).word)
    if outcome == "unproved":
        return word
    headline = _(wording.said(code, outcome).headline)
    return headline if headline.casefold() == word.casefold() else f"{headline} · {word}"


def _lines(finding: FindingRow, check: CheckRow, *, is_open: bool) -> list[str]:
    """What is to be read of a finding. Why a passed issuer is trusted stands in the chain below."""
    said = _("By its own words it {message}.") if check.outcome == "unproved" else _("It {message}.")
    lines = [said.format(message=finding.message)]
    if is_open:
        lines += [
            f"{_(name)}: {finding.detail[field]}"
            for field, name in DETAILS.items()
            if finding.detail.get(field)
        ]
    if finding.pointer and finding.outcome != "passed":
        lines.append(_("Field: {pointer}").format(pointer=finding.pointer))
    if finding.spec:
        lines.append(_("Rule: {address}").format(address=finding.spec.removeprefix("https://")))
    return lines
