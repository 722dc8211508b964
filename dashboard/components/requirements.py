"""A person requirement by requirement, with the evidence behind the selected line beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import grids, session, wording
from dashboard.components import frame, pill, to_candidate
from dashboard.components.confirmation import confirmation
from dashboard.components.opening import evidence_button
from dashboard.services import CandidateDetail, Cell, CredentialCard, EvidenceLink
from dashboard.wording import N_, _

LINKS = {
    "declared": N_("the credential names this skill"),
    "label": N_("matched by name"),
    "crosswalk": N_("by a published mapping"),
    "inferred": N_("read out of free text"),
}


def requirements(detail: CandidateDetail) -> None:
    """Draw the list, required lines first, and the evidence of one of them after its line.

    Within required and preferred the order is the job's own: the same line stands at the same place with
    everybody. On a wide screen the evidence stands beside the list (`look.css`), on a phone below its line.
    """
    ordered = sorted(detail.cells, key=lambda cell: not cell.requirement.required)
    ids = [cell.requirement.requirement_id for cell in ordered]
    chosen = session.chosen("req", ids, _first_to_read(ordered))
    with st.container(gap=None, key="board"):
        for required, title in ((True, _("Required")), (False, _("Preferred"))):
            lines = [cell for cell in ordered if cell.requirement.required is required]
            if lines:
                frame.heading(title)
            for cell in lines:
                is_chosen = cell.requirement.requirement_id == chosen
                _line(cell, is_chosen=is_chosen)
                if is_chosen:
                    _beside(cell, detail)


def _first_to_read(cells: Sequence[Cell]) -> str:
    """What wants a person's judgement first: evidence that does not count yet, else the first evidence."""
    held = [cell for cell in cells if cell.evidence]
    unsettled = [cell for cell in held if cell.state != "met"]
    return next((cell.requirement.requirement_id for cell in (*unsettled, *held)), "")


def headline(cells: Sequence[Cell]) -> str:
    """One sentence, e.g. "4 of 6 required verified, 1 level unknown, 1 no evidence"."""
    return wording.headline([cell.state for cell in cells if cell.requirement.required])


def _line(cell: Cell, *, is_chosen: bool) -> None:
    one = cell.requirement.requirement_id
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-req-{one}", gap="small"):
        with st.container(key=f"pillbox-req-{one}", width=132):
            pill.pill(wording.state(cell.state))
        with st.container(gap=None, key=f"said-inline-{one}"):
            st.text(grids.requirement_text(cell.requirement))
            if cell.asked:
                frame.text(_levels(cell), key=one, look="muted")
        # It stays enabled where it is chosen already: the focus would be lost with it.
        st.button(
            _("Shown") if is_chosen else _("Show"),
            key=f"req-{one}",
            type="tertiary",
            on_click=session.put,
            kwargs={"req": one},
        )


def _levels(cell: Cell) -> str:
    asked = grids.level_text(cell.requirement)
    if not cell.evidence:
        return _("asked {asked}").format(asked=asked)
    held = _short(cell.held) if cell.held else _("not stated")
    return _("asked {asked}, held {held}").format(asked=asked, held=held)


def _short(level: str) -> str:
    return level if "/" not in level else level.rpartition("#")[2].rpartition("/")[2]


def _beside(cell: Cell, detail: CandidateDetail) -> None:
    """Why the line stands as it does, whose move it is, and each piece of evidence."""
    with st.container(key="picked-evidence"):
        frame.text(grids.requirement_text(cell.requirement), key="req-name", look="strong")
        st.text(cell.sentence)
        told = wording.CODES.get(cell.reason)
        if told and told.owner is not wording.Owner.NOBODY:
            st.markdown(f"**{told.whose}.** {_(told.step)}")
            to_candidate.message(told, grids.requirement_text(cell.requirement), key="req-message")
        asked: set[str] = set()  # links whose confirmation is drawn already
        for place, link in enumerate(_distinct(cell.evidence)):
            _piece(link, detail, key=f"{cell.requirement.requirement_id}-{place}")
            if detail.job and link.confirms not in asked:
                confirmation(
                    link,
                    applicant_id=detail.row.applicant_id,
                    job_id=detail.job.job_id,
                    requirement_id=cell.requirement.requirement_id,
                )
            asked.add(link.confirms)


def _distinct(links: Sequence[EvidenceLink]) -> list[EvidenceLink]:
    """Pieces that read differently: a credential that names a skill twice is one piece of evidence."""
    kept: dict[tuple[str, ...], EvidenceLink] = {}
    for link in links:
        asks = link.confirms if link.confirmable or link.confirmed else ""
        kept.setdefault((link.cred, link.level, link.link, asks), link)
    return list(kept.values())


def _piece(link: EvidenceLink, detail: CandidateDetail, *, key: str) -> None:
    with st.container(key=f"row-piece-{key}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            pill.mark_pill(link.mark)
            evidence_button(link.cred, key=f"piece-{key}")
        st.text(_title(link, detail.credentials))
        about = [link.issuer, _short(link.level), _(LINKS.get(link.link, link.link))]
        frame.text(" · ".join(part for part in about if part), key=f"piece-{key}", look="muted")


def _title(link: EvidenceLink, cards: Sequence[CredentialCard]) -> str:
    """What it calls itself, only where that is proved; else the file."""
    unproved = (card.source for card in cards if card.cred == link.cred and not card.proved)
    return next(unproved, link.name)
