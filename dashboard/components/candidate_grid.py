"""The grid of people: filter, select, open, compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import grids, session, wording
from dashboard.components import blindness, downloads, failure
from dashboard.services import CandidateRow
from dashboard.wording import N_, _, ngettext

FILTERS = {
    "all_met": N_("Everything required met"),
    "some_open": N_("Open points"),
    "problem": N_("Problem found"),
    "unlisted": N_("Issuer not on your list"),
    "undecided": N_("Undecided"),
    "shortlisted": N_("Shortlisted"),
    "changed": N_("Changed since checked"),
}
ORDERS = {
    "received": N_("As received"),
    "required": N_("Most required skills proved"),
    "oldest": N_("Oldest check first"),
}
MOST_COMPARED = 5
HEIGHT = 640  # pixels: sixteen people; the grid scrolls by itself


@st.fragment  # a selection or a filter draws the grid anew, and reads nobody again
@failure.told()
def grid(rows: Sequence[CandidateRow], job_id: str | None) -> None:
    """Draw the filters, the actions and the grid."""
    only = _filters()
    with st.container(horizontal=True, vertical_alignment="center", key="grid-tools"):
        find = _find()
        order = _order()
        blindness.switch(rows)
    names = session.names_of(rows)
    kept = [row for row in rows if grids.is_shown(row, only) and find in names[row.applicant_id].casefold()]
    shown = grids.ordered(kept, order)
    head = st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="grid-head"
    )
    # A selection is of places: another choice of rows starts without one.
    selected = _frame(shown, names, key=f"grid-{session.memory().round}-{only}-{order}-{hash(find)}")
    with head:
        st.markdown(f"**{summary(shown)}**", width="content")
        with st.container(horizontal=True, width="content", key="grid-actions"):
            _actions(shown, selected, job_id, hidden=_hidden(rows))  # a file holds everybody


def _find() -> str:
    """A part of a name or number. Not in the address: it would hold a name."""
    wanted = st.text_input(
        _("Find"),
        key="grid-find",
        placeholder=_("Find a name or number"),
        width=240,
        label_visibility="collapsed",
    )
    return (wanted or "").strip().casefold()


def _order() -> str:
    session.follow("grid-order", session.chosen("sort", list(ORDERS), "received"))
    picked = st.selectbox(
        _("Order"),
        list(ORDERS),
        format_func=lambda one: _(ORDERS[one]),
        key="grid-order",
        on_change=session.remember,
        args=("sort", "grid-order"),
        width=260,
        label_visibility="collapsed",
    )
    return picked or "received"


def summary(rows: Sequence[CandidateRow]) -> str:
    """The key facts in words, for whoever cannot see the canvas."""
    whole = sum(1 for row in rows if row.required_total and row.required_met == row.required_total)
    problems = sum(1 for row in rows if row.counts.problem)
    open_points = sum(1 for row in rows if grids.is_shown(row, "some_open"))
    return " · ".join(
        (
            ngettext("{count} candidate", "{count} candidates", len(rows)),
            ngettext("{count} proves everything required", "{count} prove everything required", whole),
            ngettext("{count} with a problem", "{count} with a problem", problems),
            ngettext("{count} with open points", "{count} with open points", open_points),
        )
    )


def _filters() -> str:
    wanted = session.param("only")
    session.follow("only-filter", wanted if wanted in FILTERS else None)
    picked = st.pills(
        _("Show only"),
        list(FILTERS),
        format_func=lambda one: _(FILTERS[one]),
        key="only-filter",
        on_change=session.remember,
        args=("only", "only-filter"),
        label_visibility="collapsed",
    )
    return picked or ""


def _frame(rows: Sequence[CandidateRow], names: Mapping[str, str], *, key: str) -> list[int]:
    frame = grids.candidates(rows, names)
    event = st.dataframe(
        frame,
        hide_index=True,
        key=key,
        height=min(HEIGHT, 40 + 38 * max(len(rows), 1)),
        row_height=38,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=_columns([row.applicant_id for row in rows]),
        alt=summary(rows),
    )
    return list(event.selection.rows)


def _columns(ids: list[str]) -> dict[str, Any]:
    config = st.column_config
    opens = config.ButtonColumn(
        _("Open"), width=60, key="grid-open", on_click=_open, args=(ids,), type="tertiary"
    )
    return {
        "who": config.TextColumn(_("Candidate"), width=210),  # pinned, it would be drawn pale
        "open": opens if session.offers(session.CANDIDATE) else None,
        "required": config.TextColumn(_("Required"), width=85, help=_("Required skills that are proved")),
        "share": config.ProgressColumn(_("Share"), format=" ", min_value=0, max_value=1, width=120),
        "preferred": config.TextColumn(_("Preferred"), width=85),
        "skills": config.NumberColumn(_("Skills"), width=70, help=_("Verified skills, asked for or not")),
        "verdicts": config.TextColumn(_("Files"), width=130, help=_legend()),
        "oldest": config.DatetimeColumn(_("Oldest check"), format="D MMM YYYY", width=115),
        "decision": config.TextColumn(_("Decision"), width=105),
        "changed": config.TextColumn(_("Re-check"), width=95, help=_("A later check changed a verdict")),
    }


def _hidden(rows: Sequence[CandidateRow]) -> bool:
    return any(session.hides(row.applicant_id, sample=row.sample) for row in rows)


def _legend() -> str:
    return ", ".join(look.label for look in wording.MARKS.values())


def _open(ids: list[str]) -> None:
    session.go(session.CANDIDATE, id=ids[st.session_state["grid-open"].row])


def _actions(rows: Sequence[CandidateRow], selected: list[int], job_id: str | None, *, hidden: bool) -> None:
    ids = [rows[place].applicant_id for place in selected if place < len(rows)]
    if session.offers(session.CANDIDATE):
        st.button(
            _("Open selected"),
            key="open-selected",
            disabled=len(ids) != 1,
            help=_("Select one person"),
            on_click=session.lead,
            args=(session.CANDIDATE,),
            kwargs={"id": "".join(ids[:1])},
        )
    if session.offers(session.COMPARE):
        st.button(
            _("Compare selected"),
            key="compare-selected",
            type="primary",
            help=_("Select two to five people"),
            disabled=not 1 < len(ids) <= MOST_COMPARED,
            on_click=session.lead,
            args=(session.COMPARE,),
            kwargs={"ids": ",".join(ids[:MOST_COMPARED]), "job": job_id or ""},
        )
    downloads.of_candidates(job_id, hidden=hidden)
