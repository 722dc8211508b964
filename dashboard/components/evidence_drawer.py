"""Screen 4: the receipt behind a verdict, in a drawer with its own address (`&cred=`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import assert_never

import streamlit as st

from dashboard import charts, grids, marking, session, wording
from dashboard.access import Permission
from dashboard.components import (
    downloads,
    failure,
    frame,
    microcredential,
    pill,
    recheck,
    standing,
    statements,
    to_candidate,
    trust_chain,
)
from dashboard.components.opening import evidence_button
from dashboard.components.to_candidate import Look
from dashboard.services import CredentialCard, EvidenceView, Missing, NotYet
from dashboard.wording import _

IDENTIFIER = 56  # characters of an identifier; the whole one stands in the report and the file


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


@failure.told()
def _body(cred: str, blind: bool | None) -> None:
    try:
        view = session.services().evidence.view(cred)
        if session.hides(view.card.applicant_id, sample=view.sample) if blind is None else blind:
            view = session.services().evidence.view(cred, blind=True)
    except NotYet:
        _waiting()
        return
    except Missing:
        st.markdown(_("This link names no credential in this store. It may have been deleted."))
        return
    is_idle = session.services().work.checking(view.card.item_id) is None
    _headline(view, is_idle=is_idle)
    _next_step(view, is_idle=is_idle)
    statements.of_card(view.card)
    _facts(view)
    recheck.checks(view, is_idle=is_idle)
    if not view.blind:
        trust_chain.chain(view)
    _inside(view)
    _asked(view)
    _history(view)
    microcredential.card(view)
    _document(view)


def _waiting() -> None:
    """What will be asked is listed before it is answered."""
    pill.mark_pill("pending")
    st.markdown(_("This file waits for its turn: nothing is known of it yet."))
    asked = " ".join(wording.question(check) for check in wording.CHECKS)
    st.caption(_("Asked of each, in this order: {questions}").format(questions=asked))
    st.button(_("Look again"), key="ev-look-again")


def _headline(view: EvidenceView, *, is_idle: bool) -> None:
    card = view.card
    told = wording.said(card.code, card.verdict)
    with st.container(horizontal=True, vertical_alignment="center", key="ev-head"):
        pill.mark_pill(card.mark)
        if told.headline != wording.mark(card.mark).word:  # the pill has said it already
            st.markdown(f"**{_(told.headline)}**")
        if not is_idle:
            pill.mark_pill("running")
    with st.container(gap=None, key="ev-names"):
        if card.proved:
            frame.text(card.name or card.source, key="ev-name", look="lead")
        else:
            st.caption(_("The file says, but nothing proves it:"))
            frame.text(card.name or card.source, key="ev-name", look="muted")
    st.markdown(_(told.sentence))


def _facts(view: EvidenceView) -> None:
    """Who issued it, how long it counts, when it was checked: label and value, line by line."""
    card = view.card
    with st.container(gap=None, key="ev-facts"):
        if view.blind:
            tier = wording.ISSUER_TIERS.get(card.issuer_tier, card.issuer_tier)
            frame.fact(_("Issuer, hidden"), _(tier), key="ev-tier")
        elif card.kind != "unreadable":
            listed = card.issuer_listed or _("not on your list")
            frame.fact(_("Issuer on your list"), listed, key="ev-listed")
            frame.fact(_("Its identifier"), charts.shortened(card.issuer_id, IDENTIFIER), key="ev-issuer")
            frame.fact(_("In force"), _validity(card), key="ev-valid")
        if card.kind == "credential":  # what wraps credentials has no dates of its own
            standing.valid_on(view.valid_on)
        frame.fact(_("Checked"), _checked(view), key="ev-checked")


def _validity(card: CredentialCard) -> str:
    if not card.proved:
        return _("nothing proves its dates")
    end = wording.day(card.valid_until) if card.valid_until else _("no end date")
    return f"{wording.day(card.valid_from)} – {end}"


def _checked(view: EvidenceView) -> str:
    clock = f"{wording.moment(view.at)}" + (f" ({_('demo clock')})" if view.sample else "")
    due = view.card.recheck_due
    return f"{clock}, {wording.until(due, datetime.now(UTC))}" if due and not view.sample else clock


def _next_step(view: EvidenceView, *, is_idle: bool) -> None:
    """Whose move it is, and one button ahead of the others: the one that makes it."""
    card = view.card
    told = wording.said(card.code, card.verdict)
    if told.owner is not wording.Owner.NOBODY:
        st.markdown(f"**{told.whose}.** {_(told.step)}")
    first, again, issuer = _looks(told)

    def decide() -> None:
        _leave(_("Decide on the issuer"), session.TRUST, issuer, key="ev-issuer-link", issuer=card.issuer_id)

    buttons: list[tuple[Look, Callable[[], None]]] = [
        (first, lambda: to_candidate.message(told, card.source, key="ev-message", look=first)),
        (issuer, decide),
    ]
    if session.may(Permission.VERIFY):
        buttons.append((again, lambda: recheck.button(view, again, disabled=not is_idle)))
    with st.container(horizontal=True, gap="small", key="ev-actions"):
        for _look, draw in sorted(buttons, key=lambda button: button[0] != "primary"):
            draw()
        if session.param("id") != card.applicant_id:  # else it is the page below
            _leave(_("Open candidate"), session.CANDIDATE, key="ev-candidate", id=card.applicant_id)


def _looks(told: wording.Said) -> tuple[Look, Look, Look]:
    """How the message, checking again and the issuer look: at most one is primary."""
    match told.owner:
        case wording.Owner.CANDIDATE | wording.Owner.ISSUER:
            return "primary", "secondary", "secondary"
        case wording.Owner.NETWORK | wording.Owner.US:
            return "secondary", "primary", "secondary"
        case wording.Owner.YOU:
            return "secondary", "secondary", "primary"
        case wording.Owner.NOBODY:
            return "secondary", "secondary", "secondary"
        case other:
            assert_never(other)


def _leave(label: str, page: str, look: Look = "secondary", *, key: str, **values: str) -> None:
    if all(values.values()) and session.offers(page):
        st.button(label, key=key, type=look, on_click=session.lead, args=(page,), kwargs=values)


def _inside(view: EvidenceView) -> None:
    if not view.contained:
        return
    frame.heading(_("Inside it"))
    with st.container(gap=None, key="ev-inside"):
        for card in view.contained:
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-in-{card.cred}"):
                with st.container(key=f"pillbox-in-{card.cred}", width=150):
                    pill.mark_pill(card.mark)
                with st.container(gap=None, key=f"said-in-{card.cred}"):
                    st.text(grids.title_of(card))
                evidence_button(card.cred, key=f"in-{card.cred}")


def _asked(view: EvidenceView) -> None:
    frame.heading(_("Addresses asked"))
    if view.policy == "offline":
        st.caption(_("None of them was asked: this was checked offline. Online, “Check again” asks."))
    elif not view.consulted:
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
        if session.offers(session.CANDIDATE):
            st.caption(_("The file and its report would tell who it is: they are on the candidate’s page."))
        return
    with st.container(horizontal=True, key="ev-downloads"):
        _downloads(view.card)


def _downloads(card: CredentialCard) -> None:
    downloads.of_credential(card.cred)
    if not session.may(Permission.READ_FILES):
        return
    services = session.services()
    # Made when it is asked for: a file made now is gone once the drawer is drawn again, and its link dead.
    st.download_button(
        _("Report (JSON)"),
        failure.made(lambda: services.evidence.report_json(card.cred)),
        f"report-{card.item_id}.json",
        "application/json",
        key="ev-report",
        on_click="ignore",
    )
    st.download_button(
        _("File as handed in"),
        failure.made(lambda: services.evidence.raw(card.cred)),
        card.source.rpartition("/")[2] or "credential",
        "application/octet-stream",
        key="ev-raw",
        on_click="ignore",
    )
