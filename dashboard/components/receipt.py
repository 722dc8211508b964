"""The checks in order, like a receipt: mark, what was asked, the answer, and why."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.components import frame, pill
from dashboard.services import CheckRow, EvidenceView, FindingRow
from dashboard.wording import _


def receipt(view: EvidenceView) -> None:
    """Draw every check; the ones that did not pass are open, and none is left out."""
    frame.heading(_("The checks, in order"))
    with st.container(key="receipt-checks", gap="small"):
        for check in view.checks:
            _check(check)


def _check(check: CheckRow) -> None:
    look = wording.outcome(check.outcome)
    first = check.findings[0]
    told = wording.said(first.code, check.outcome)
    with st.container(gap=None, key=f"check-{check.check}"):
        st.markdown(
            f"{pill.text_mark(look)} **{wording.question(check.check)}**  {_(told.headline)} · {_(look.word)}"
        )
        for place, finding in enumerate(check.findings):
            _finding(finding, key=f"{check.check}-{place}")


def _finding(finding: FindingRow, *, key: str) -> None:
    parts = [_("This credential {message}.").format(message=finding.message)]
    parts += [
        f"{_(name)}: {finding.detail[field]}" for field, name in DETAILS.items() if finding.detail.get(field)
    ]
    if finding.pointer and finding.outcome != "passed":
        parts.append(_("Field: {pointer}").format(pointer=finding.pointer))
    if finding.spec:
        parts.append(_("Rule: {address}").format(address=finding.spec))
    frame.text("\n".join(parts), key=f"finding-{key}", look="muted")


DETAILS = {
    "issuer": wording.N_("On your list as"),
    "reason": wording.N_("Reason"),
    "approved_by": wording.N_("Approved by"),
    "source": wording.N_("List"),
}
