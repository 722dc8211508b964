"""Why an issuer is believed, link by link, as a text list: from the file to the person who approved it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.components import frame
from dashboard.services import EvidenceView, FindingRow
from dashboard.wording import _


def chain(view: EvidenceView) -> None:
    """Draw what leads from the file to the decision about its issuer; where it breaks, it says so."""
    frame.heading(_("Why this issuer?"))
    lines = [f"{place}. {line}" for place, line in enumerate(links(view), start=1)]
    frame.text("\n".join(lines), key="ev-chain", look="muted")
    with st.container(horizontal=True, key="ev-registry-links"):
        for link in view.registry_links:
            frame.text(
                _("In the Credential Registry: {address}").format(address=link.url),
                key=f"ctid-{link.ctid}",
                look="muted",
            )


def links(view: EvidenceView) -> list[str]:
    """The sentences of the chain, in order."""
    proof, issuer, trust = (_passed(view, check) for check in ("proof", "issuer", "trust"))
    said = []
    if proof is None:
        return [_("The signature does not hold or could not be checked: the chain ends here.")]
    said.append(_("The file matches its signature, made with {method}.").format(method=_method(proof)))
    if issuer is None:
        return [*said, _("Whose key that is could not be established: the chain ends here.")]
    owner = issuer.get("owner") or view.card.issuer_id
    said.append(_("That key belongs to {owner}, by its own published keys.").format(owner=owner))
    if trust is None:
        return [*said, _("No list that you use accepts this issuer for this: that decision is yours.")]
    said.append(
        _("“{source}” knows it as {issuer} and accepts it.").format(
            source=trust.get("source") or _("your list"), issuer=trust.get("issuer") or owner
        )
    )
    if trust.get("reason"):
        said.append(
            _("Reason: {reason}. Approved by {person}.").format(
                reason=trust["reason"], person=trust.get("approved_by") or _("nobody named")
            )
        )
    return said


def _passed(view: EvidenceView, check: str) -> Mapping[str, str] | None:
    """The details of the check where it passed."""
    for row in view.checks:
        if row.check == check and row.outcome == "passed":
            first: FindingRow = row.findings[0]
            return first.detail
    return None


def _method(proof: Mapping[str, str]) -> str:
    return proof.get("method") or proof.get("suite") or _("a key")
