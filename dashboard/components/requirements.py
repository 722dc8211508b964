"""A person requirement by requirement, with the evidence behind the selected line beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import grids, session, wording
from dashboard.components import frame, pill
from dashboard.components.confirmation import confirmation
from dashboard.components.opening import evidence_button
from dashboard.services import CandidateDetail, Cell, EvidenceLink
from dashboard.wording import N_, _

LINKS = {
    "declared": N_("the credential names this skill"),
    "label": N_("matched by name"),
    "crosswalk": N_("by a published mapping"),
    "inferred": N_("read out of free text"),
}


def requirements(detail: CandidateDetail) -> None:
    """Draw the list, required lines first, and the evidence of one of them."""
    ordered = sorted(detail.cells, key=lambda cell: not cell.requirement.required)
    ids = [cell.requirement.requirement_id for cell in ordered]
    chosen = session.chosen("req", ids, _first_with_evidence(ordered))
    left, right = st.columns([5, 3], gap="large")
    with left:
        _list(ordered, chosen)
    with right, st.container(key="picked-evidence"):
        for cell in ordered:
            if cell.requirement.requirement_id == chosen:
                _evidence(cell)
                for place, link in enumerate(cell.evidence):
                    _piece(link, detail, cell, place)


def _first_with_evidence(cells: Sequence[Cell]) -> str:
    return next((cell.requirement.requirement_id for cell in cells if cell.evidence), "")


def headline(cells: Sequence[Cell]) -> str:
    """One sentence, e.g. "4 of 6 required verified, 1 level unknown, 1 no evidence"."""
    required = [cell for cell in cells if cell.requirement.required]
    met = sum(1 for cell in required if cell.state == "met")
    parts = [_("{met} of {all} required verified").format(met=met, all=len(required))]
    for name, look in wording.STATES.items():
        count = sum(1 for cell in required if cell.state == name)
        if count and name != "met":
            parts.append(f"{count} {_(look.word).lower()}")
    return ", ".join(parts)


def _list(cells: Sequence[Cell], chosen: str) -> None:
    for required, title in ((True, _("Required")), (False, _("Preferred"))):
        lines = [cell for cell in cells if cell.requirement.required is required]
        if lines:
            frame.heading(title)
            with st.container(gap=None, key=f"list-{required}"):
                for cell in lines:
                    _line(cell, is_chosen=cell.requirement.requirement_id == chosen)


def _line(cell: Cell, *, is_chosen: bool) -> None:
    one = cell.requirement.requirement_id
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-req-{one}", gap="small"):
        with st.container(key=f"pillbox-{one}", width=165):
            pill.pill(wording.state(cell.state))
        with st.container(gap=None, key=f"said-{one}"):
            st.text(grids.requirement_text(cell.requirement))
            if cell.asked:
                asked = grids.level_text(cell.requirement)
                held = _short(cell.held) if cell.held else _("not stated")
                frame.text(
                    _("asked {asked}, held {held}").format(asked=asked, held=held), key=one, look="muted"
                )
        st.button(
            _("Shown") if is_chosen else _("Show"),
            key=f"req-{one}",
            type="tertiary",
            disabled=is_chosen,
            on_click=_choose,
            args=(one,),
        )


def _short(level: str) -> str:
    return level if "/" not in level else level.rpartition("#")[2].rpartition("/")[2]


def _choose(requirement_id: str) -> None:
    session.put(req=requirement_id)


def _evidence(cell: Cell) -> None:
    look = wording.state(cell.state)
    pill.pill(look)
    frame.text(grids.requirement_text(cell.requirement), key="req-name", look="strong")
    st.text(cell.sentence)
    told = wording.CODES.get(cell.reason)
    if told and told.owner is not wording.Owner.NOBODY:
        st.markdown(f"**{told.whose}.** {_(told.step)}")


def _piece(link: EvidenceLink, detail: CandidateDetail, cell: Cell, place: int) -> None:
    one = cell.requirement.requirement_id
    key = f"{one}-{place}"
    with st.container(key=f"row-piece-{key}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center"):
            pill.mark_pill(link.mark)
            evidence_button(link.cred, key=f"piece-{key}")
        st.text(link.name)
        about = [link.issuer, _short(link.level), _(LINKS.get(link.link, link.link))]
        frame.text(" · ".join(part for part in about if part), key=f"piece-{key}", look="muted")
        if detail.job and not any(other.confirms == link.confirms for other in cell.evidence[:place]):
            confirmation(
                link, applicant_id=detail.row.applicant_id, job_id=detail.job.job_id, requirement_id=one
            )
