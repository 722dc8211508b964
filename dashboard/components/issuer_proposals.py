"""How a change of the issuer list is made: at once on one machine, by two persons where people sign in."""

from __future__ import annotations

import streamlit as st

from dashboard import grids, session, wording
from dashboard.access import Permission
from dashboard.components import failure, frame
from dashboard.services import IssuerRow, Missing, ProposalRow
from dashboard.wording import _, ngettext


def may_change() -> bool:
    """Whether the forms are offered."""
    return session.may(Permission.CHANGE_ISSUERS)


def approver(*, key: str) -> str:
    """Who approved it, where that is a matter of trust; with sign-in it is whoever approves it here."""
    if not session.may(Permission.ALONE):
        return ""
    return st.text_input(_("Approved by"), key=key) or ""


def put(entry: IssuerRow, *, reason: str, approver: str) -> str:
    """Save or propose the entry: what to tell. Raises `NoteRequired`, `ValueError`."""
    services = session.services()
    if not session.may(Permission.ALONE):
        services.proposals.put(entry, reason=reason)
        return _("Proposed. It takes effect when another administrator approves it.")
    count = services.issuers.put(entry, reason=reason, approver=approver)
    return ngettext("Saved. {count} file is checked again.", "Saved. {count} files are checked again.", count)


def remove(issuer_id: str, *, reason: str) -> str:
    """Take the entry off or propose it: what to tell. Raises `NoteRequired`."""
    services = session.services()
    if not session.may(Permission.ALONE):
        services.proposals.remove(issuer_id, reason=reason)
        return _("Proposed. It takes effect when another administrator approves it.")
    count = services.issuers.remove(issuer_id, reason=reason)
    return ngettext(
        "Removed. {count} file is checked again.", "Removed. {count} files are checked again.", count
    )


def read(data: bytes, *, reason: str, approver: str) -> str:
    """Import or propose a list: what to tell. Raises `NoteRequired`, `ValueError`."""
    services = session.services()
    if not session.may(Permission.ALONE):
        count = services.proposals.read(data, reason=reason)
        return ngettext("{count} change proposed.", "{count} changes proposed.", count)
    count = services.issuers.read(data, reason=reason, approver=approver)
    return ngettext("{count} issuer imported.", "{count} issuers imported.", count)


def reason_needed() -> None:
    """What was missing."""
    if session.may(Permission.ALONE):
        st.markdown(_("A reason and who approved it are needed: somebody will ask."))
    else:
        st.markdown(_("A reason is needed: whoever approves it reads it."))


def proposals() -> None:
    """What waits for a second person, and what it would change."""
    rows = session.services().proposals.rows()
    if not rows:
        return
    frame.heading(_("Waiting for a second person"))
    called = session.called(row.proposed_by for row in rows)
    for row in rows:
        with st.container(key=f"row-proposal-{row.proposal_id}", gap="small"):
            frame.text(row.entry.name or row.entry.issuer_id, key=f"prop-{row.proposal_id}", look="strong")
            frame.text(row.entry.issuer_id, key=f"prop-id-{row.proposal_id}", look="mono")
            frame.text(_change(row), key=f"prop-what-{row.proposal_id}")
            said = _("{reason} (proposed by {who}, {when})").format(
                reason=row.entry.reason, who=called[row.proposed_by], when=wording.moment(row.at)
            )
            frame.text(said, key=f"prop-why-{row.proposal_id}", look="muted")
            _answers(row)


def _change(row: ProposalRow) -> str:
    now = _(wording.ISSUER_DECISIONS[row.now.decision]) if row.now else _("not on your list")
    after = _(wording.ISSUER_DECISIONS[row.entry.decision])
    return _("{before} → {after}, for: {scope}").format(
        before=now, after=after, scope=grids.scope_text(row.entry)
    )


def _answers(row: ProposalRow) -> None:
    if not may_change():
        return
    mine = row.proposed_by == session.actor().id
    with st.container(horizontal=True, vertical_alignment="center", key=f"answer-{row.proposal_id}"):
        if mine:
            st.caption(_("Another administrator has to approve it."), width="content")
        else:
            st.button(
                _("Approve and check again"),
                key=f"approve-{row.proposal_id}",
                on_click=_approve,
                args=(row.proposal_id,),
            )
        st.button(
            _("Withdraw") if mine else _("Decline"),
            key=f"drop-{row.proposal_id}",
            type="tertiary",
            on_click=_withdraw,
            args=(row.proposal_id,),
        )


@failure.remembered()
def _approve(proposal_id: str) -> None:
    try:
        count = session.services().proposals.approve(proposal_id)
    except (Missing, ValueError):
        session.notify(_("It does not wait any more, or cannot be used any more: look again."))
        return
    session.notify(
        ngettext(
            "Approved. {count} file is checked again.", "Approved. {count} files are checked again.", count
        )
    )


@failure.remembered()
def _withdraw(proposal_id: str) -> None:
    try:
        session.services().proposals.withdraw(proposal_id)
    except Missing:
        session.notify(_("It does not wait any more."))
