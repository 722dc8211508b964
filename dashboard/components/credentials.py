"""A person's credentials over time, the skills they name, and what nothing proves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import charts, grids, session, wording
from dashboard.components import chart, frame, intake, pill
from dashboard.components.opening import evidence_button
from dashboard.services import CandidateDetail, CredentialCard, ItemRow
from dashboard.wording import _, ngettext


def credentials(detail: CandidateDetail) -> None:
    """Draw everything below the requirements."""
    frame.heading(_("Credentials"))
    with st.container(gap=None, key="credential-list"):
        for card in detail.credentials:
            _card(card)
        for item in detail.unreadable:
            _unreadable(item)
    now = session.clock() or (
        session.services().intake.sample_clock() if detail.row.sample else datetime.now(UTC)
    )
    drawn = charts.timeline(detail.credentials, now)
    left, right = st.columns(2, gap="large")
    with left:
        if drawn:
            chart.chart(drawn[0], when(detail.credentials, now), drawn[1], key="timeline")
    with right:
        dots = charts.level_dots(detail.cells)
        if dots:
            chart.chart(dots[0], levels(detail), dots[1], key="levels")
    _skills(detail)
    with st.expander(_("Add files to this candidate"), key="add-files"):
        intake.intake(detail.row.applicant_id)


def when(cards: Sequence[CredentialCard], now: datetime) -> str:
    """The finding of the timeline."""
    over = sum(1 for card in cards if card.valid_until and card.valid_until < now)
    if not over:
        return _("No credential is past its date")
    return ngettext("{count} credential is past its date", "{count} credentials are past their date", over)


def levels(detail: CandidateDetail) -> str:
    """The finding of the dot plot."""
    short = sum(1 for cell in detail.cells if cell.state == "level_short")
    if not short:
        return _("No level is known to be short of what is asked")
    return ngettext("{count} level short of what is asked", "{count} levels short of what is asked", short)


def _card(card: CredentialCard) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-cred-{card.cred}", gap="small"):
        with st.container(key=f"pillbox-cred-{card.cred}", width=205):
            pill.mark_pill(card.mark)
        with st.container(gap=None, key=f"said-cred-{card.cred}"):
            st.text(grids.title_of(card))
            frame.text(_about(card), key=f"cred-{card.cred}", look="muted")
        evidence_button(card.cred, key=f"cred-{card.cred}")


def _about(card: CredentialCard) -> str:
    told = wording.said(card.code, card.verdict)
    parts = [card.issuer_listed or card.issuer_id, wording.format_name(card.format)]
    if card.mark != "verified":
        parts = [_(told.headline), told.whose, *parts]
    return " · ".join(part for part in parts if part)


def _unreadable(item: ItemRow) -> None:
    told = wording.said(item.code, item.verdict)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-un-{item.item_id}", gap="small"
    ):
        with st.container(key=f"pillbox-un-{item.item_id}", width=205):
            pill.mark_pill(item.mark)
        with st.container(gap=None, key=f"said-un-{item.item_id}"):
            st.text(item.filename)
            frame.text(
                f"{_(told.headline)} · {told.whose}: {_(told.step)}", key=f"un-{item.item_id}", look="muted"
            )
        evidence_button(item.item_id, key=f"un-{item.item_id}")


def _skills(detail: CandidateDetail) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        frame.heading(_("Skills that a verified credential names"))
        if detail.skills:
            st.dataframe(grids.claims(detail.skills), hide_index=True, key="skills", alt=_("Verified skills"))
        else:
            st.caption(_("None."))
    with right:
        frame.heading(_("Claimed, and not proved"))
        if detail.unverified:
            st.dataframe(
                grids.claims(detail.unverified), hide_index=True, key="claims", alt=_("Unproved claims")
            )
        else:
            st.caption(_("None."))
