"""Why an issuer is believed, link by link, drawn and as a list: from the file to who approved the issuer."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard import charts, session, wording
from dashboard.components import frame
from dashboard.services import EvidenceView, FindingRow
from dashboard.wording import N_, _


def chain(view: EvidenceView) -> None:
    """Draw what leads from the file to the decision about its issuer; where it breaks, it says so."""
    frame.heading(_("Why am I trusting this?"))
    st.html(picture(view))
    lines = [f"{place}. {line}" for place, line in enumerate(links(view), start=1)]
    frame.text("\n".join(lines), key="ev-chain", look="muted")
    for link in view.registry_links:
        frame.text(
            _("In the Credential Registry: {address}").format(address=link.url),
            key=f"ctid-{link.ctid}",
            look="muted",
        )


def picture(view: EvidenceView) -> str:
    """The chain as HTML of our own words alone: no name from outside is ever in it."""
    found = {row.check: row.outcome for row in view.checks}
    nodes, holds = [f"<b>{escape(_(NODES[0]))}</b>"], True
    for check, name in zip(STEPS, NODES[1:], strict=True):
        outcome = found.get(check, "indeterminate") if holds else "not_applicable"
        holds = outcome == "passed"
        kind = "" if holds else ' class="off"'
        nodes.append(f"<i>{wording.outcome(outcome).icon}</i><b{kind}>{escape(_(name))}</b>")
    return f'<div class="sp-chain" aria-hidden="true">{"".join(nodes)}</div>'


STEPS = ("proof", "issuer", "trust")  # what joins each of the nodes to the next
NODES = (N_("The file"), N_("A key"), N_("Its issuer"), N_("Your list"))


def links(view: EvidenceView) -> list[str]:
    """The sentences of the chain, in order."""
    proof, issuer, trust = (_passed(view, check) for check in ("proof", "issuer", "trust"))
    said = []
    if proof is None:
        return [_("The signature does not hold or could not be checked: the chain ends here.")]
    said.append(
        _("The file matches its signature, made with {method}.").format(method=_short(_method(proof)))
    )
    if issuer is None:
        return [*said, _("Whose key that is could not be established: the chain ends here.")]
    owner = issuer.get("owner") or view.card.issuer_id
    said.append(_("That key belongs to {owner}, by its own published keys.").format(owner=_short(owner)))
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
                reason=trust["reason"],
                person=session.who(trust.get("approved_by") or "") or _("nobody named"),
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


def _short(identifier: str) -> str:
    return charts.shortened(identifier, 56)


def _method(proof: Mapping[str, str]) -> str:
    return proof.get("method") or proof.get("suite") or _("a key")
