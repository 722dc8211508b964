"""Screen 4: the receipt behind a verdict, in a drawer with its own address (`&cred=`)."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import marking, session, wording
from dashboard.components import downloads, frame, microcredential, pill, standing, trust_chain
from dashboard.components.opening import evidence_button
from dashboard.components.receipt import receipt
from dashboard.services import CredentialCard, EvidenceView, Missing, Statement
from dashboard.wording import _


def drawer(*, blind: bool | None = None) -> None:
    """Open the drawer where the address names a credential; `blind` None: hidden as its person is."""
    cred = session.param("cred")
    if cred:
        _open(cred, blind)


def _open(cred: str, blind: bool | None) -> None:
    # Decorated here, for the title is translated for the reader of this moment.
    st.dialog(_("Evidence"), width="medium", position="right", on_dismiss=session.close_evidence)(_body)(
        cred, blind
    )


def _body(cred: str, blind: bool | None) -> None:
    try:
        view = session.services().evidence.view(cred)
        if session.hides(view.card.applicant_id, sample=view.sample) if blind is None else blind:
            view = session.services().evidence.view(cred, blind=True)
    except Missing:
        st.markdown(_("This link names no credential in this store. It may have been deleted."))
        return
    _headline(view)
    if view.card.kind == "credential":  # what wraps credentials has no dates of its own
        standing.valid_on(view.valid_on)
    _next_step(view)
    receipt(view)
    if not view.blind:
        trust_chain.chain(view)
    _inside(view)
    _asked(view)
    _history(view)
    microcredential.card(view)
    _document(view)


def _headline(view: EvidenceView) -> None:
    card = view.card
    told = wording.said(card.code, card.verdict)
    with st.container(horizontal=True, vertical_alignment="center", key="ev-head"):
        pill.mark_pill(card.mark)
        if told.headline != wording.mark(card.mark).word:  # the pill has said it already
            st.markdown(f"**{_(told.headline)}**")
    if card.proved:
        frame.text(card.name or card.source, key="ev-name", look="strong")
    else:
        st.caption(_("The file says, but nothing proves it:"))
        frame.text(card.name or card.source, key="ev-name", look="muted")
    st.markdown(_(told.sentence))
    left, right = st.columns(2)
    with left:
        statement(_("Is it real?"), card.genuine)
        _issuer(view)
    with right:
        statement(_("Is it theirs?"), card.theirs)
        if not view.blind:
            frame.fact(_("Valid"), _validity(card), key="ev-valid")
        frame.fact(_("Checked"), _checked(view), key="ev-checked")


def _issuer(view: EvidenceView) -> None:
    card = view.card
    if view.blind:
        tier = wording.ISSUER_TIERS.get(card.issuer_tier, card.issuer_tier)
        frame.fact(_("Issuer, hidden"), _(tier), key="ev-tier")
        return
    frame.fact(
        _("Issuer, as your list calls it"), card.issuer_listed or _("not on your list"), key="ev-listed"
    )
    frame.fact(_("Issuer’s identifier"), _short(card.issuer_id), key="ev-issuer")


def statement(question: str, said: Statement) -> None:
    """One of the two statements, side by side and never merged."""
    look = wording.outcome(said.outcome)
    told = wording.said(said.code, said.outcome)
    with st.container(gap=None):
        st.caption(question)
        st.markdown(f"{pill.text_mark(look)} {_(told.headline)}")


def _short(identifier: str) -> str:
    return identifier if len(identifier) <= 60 else f"{identifier[:40]}…{identifier[-12:]}"


def _validity(card: CredentialCard) -> str:
    end = wording.day(card.valid_until) if card.valid_until else _("no end date")
    return f"{wording.day(card.valid_from)} – {end}"


def _checked(view: EvidenceView) -> str:
    clock = f"{wording.moment(view.at)}" + (f" ({_('demo clock')})" if view.sample else "")
    due = view.card.recheck_due
    return f"{clock}, {wording.until(due, datetime.now(UTC))}" if due and not view.sample else clock


def _next_step(view: EvidenceView) -> None:
    card = view.card
    told = wording.said(card.code, card.verdict)
    message = wording.message(told, card.source)
    if told.owner is not wording.Owner.NOBODY:
        st.markdown(f"**{told.whose}.** {_(told.step)}")
    with st.container(horizontal=True, key="ev-actions"):
        st.button(_("Check again"), key="ev-again", on_click=_again, args=(card.item_id,))
        if message:
            with st.popover(_("Message to the candidate"), key="ev-message"):
                st.caption(_("Nothing is sent from here. Copy it into your own mail."))
                st.code(message, language=None, wrap_lines=True)
        _leave(_("Decide on the issuer"), session.TRUST, key="ev-issuer-link", issuer=card.issuer_id)
        _leave(_("Candidate"), session.CANDIDATE, key="ev-candidate", id=card.applicant_id)


def _leave(label: str, page: str, *, key: str, **values: str) -> None:
    st.button(
        label, key=key, disabled=not all(values.values()), on_click=session.lead, args=(page,), kwargs=values
    )


def _again(item_id: str) -> None:
    session.services().work.recheck((item_id,))
    session.notify(_("Checking again; earlier verdicts stay in the history."))


def _inside(view: EvidenceView) -> None:
    if not view.contained:
        return
    frame.heading(_("Inside it"))
    for card in view.contained:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-in-{card.cred}"):
            pill.mark_pill(card.mark)
            st.text(card.name if card.proved and card.name else card.source)
            evidence_button(card.cred, key=f"in-{card.cred}")


def _asked(view: EvidenceView) -> None:
    frame.heading(_("Addresses asked"))
    if not view.consulted:
        st.caption(_("None: everything needed was in the file and in your list."))
    for place, entry in enumerate(view.consulted):
        answered = (
            _("answered, {size} bytes").format(size=f"{entry.size:,}")
            if entry.sha256
            else _("did not answer")
        )
        frame.text(f"{entry.url}\n{answered}, {wording.moment(entry.at)}", key=f"asked-{place}", look="muted")


def _history(view: EvidenceView) -> None:
    if len(view.history) > 1:
        frame.heading(_("Earlier verdicts"))
        for row in view.history[1:]:
            st.markdown(f"{pill.inline(wording.mark(row.mark))} {wording.moment(row.at)}")


def _document(view: EvidenceView) -> None:
    pointers = tuple(f.pointer for check in view.checks for f in check.findings if f.outcome != "passed")
    with st.expander(_("What was read"), key="ev-document"):
        if view.document is None:
            st.caption(_("No document could be read from this file."))
        else:
            st.code(marking.marked(view.document, pointers), language=None, height=420)
        frame.text(f"SHA-256 {view.raw_sha256}\n{view.raw_size:,} bytes", key="ev-hash", look="mono")
        frame.text(
            " · ".join(f"{name} {version}" for name, version in view.versions.items()),
            key="ev-versions",
            look="mono",
        )
    if view.blind:
        st.caption(_("The file and its report would tell who it is: they are on the candidate’s page."))
        return
    with st.container(horizontal=True, key="ev-downloads"):
        _downloads(view.card)


def _downloads(card: CredentialCard) -> None:
    services = session.services()
    report = services.evidence.report_json(card.cred)
    st.download_button(
        _("Report (JSON)"), report.data, report.filename, report.mime, key="ev-report", on_click="ignore"
    )
    st.download_button(
        _("File as handed in"),
        lambda: services.evidence.raw(card.cred).data,
        card.source.rpartition("/")[2] or "credential",
        "application/octet-stream",
        key="ev-raw",
        on_click="ignore",
    )
    downloads.of_credential(card.cred)
