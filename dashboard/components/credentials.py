"""A person's credentials, how long each counts, and the skills that they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import charts, grids, session, wording
from dashboard.components import chart, frame, pill, skills
from dashboard.components.opening import evidence_button
from dashboard.services import CandidateDetail, CredentialCard, ItemRow
from dashboard.wording import _, ngettext


def credentials(detail: CandidateDetail) -> None:
    """Draw everything below the requirements."""
    frame.heading(_("Credentials"))
    with st.container(gap=None, key="credential-list"):
        for card in detail.credentials:
            row(card)
        for item in detail.unreadable:
            _unreadable(item)
    now = session.clock() or (
        session.services().intake.sample_clock() if detail.row.sample else datetime.now(UTC)
    )
    drawn, dots = charts.timeline(detail.credentials, now), charts.level_dots(detail.cells)
    left, right = st.columns(2, gap="large")
    if drawn:
        with left:
            chart.chart(drawn[0], when(detail.credentials, now), drawn[1], key="timeline")
    if dots:
        with right:
            chart.chart(dots[0], levels(detail), dots[1], key="levels")
    skills.skills(detail.skills, detail.unverified)


def when(cards: Sequence[CredentialCard], now: datetime) -> str:
    """The finding of the timeline."""
    over = sum(1 for card in cards if card.proved and card.valid_until and card.valid_until < now)
    if not over:
        return _("No credential is past its date")
    return ngettext("{count} credential is past its date", "{count} credentials are past their date", over)


def levels(detail: CandidateDetail) -> str:
    """The finding of the dot plot."""
    short = sum(1 for cell in detail.cells if cell.state == "level_short")
    if not short:
        return _("No level is known to be short of what is asked")
    return ngettext("{count} level short of what is asked", "{count} levels short of what is asked", short)


def row(card: CredentialCard) -> None:
    """One credential: mark, name, issuer, and the way to its evidence."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-cred-{card.cred}", gap="small"):
        with st.container(key=f"pillbox-cred-{card.cred}", width=150):
            pill.mark_pill(card.mark)
        line = "inline-" if card.mark == "verified" else ""  # two lines where somebody has to do something
        with st.container(gap=None, key=f"said-{line}cred-{card.cred}"):
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
        with st.container(key=f"pillbox-un-{item.item_id}", width=150):
            pill.mark_pill(item.mark)
        with st.container(gap=None, key=f"said-un-{item.item_id}"):
            st.text(item.filename)
            frame.text(
                f"{_(told.headline)} · {told.whose}: {_(told.step)}", key=f"un-{item.item_id}", look="muted"
            )
        evidence_button(item.item_id, key=f"un-{item.item_id}")
