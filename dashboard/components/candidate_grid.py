"""The grid of people: filter, select, open, compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import grids, session, wording
from dashboard.components import downloads
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
MOST_COMPARED = 5
HEIGHT = 640  # pixels: sixteen people; the grid scrolls by itself


@st.fragment  # a selection or a filter draws the grid anew, and reads nobody again
def grid(rows: Sequence[CandidateRow], job_id: str | None) -> None:
    """Draw the filters, the actions and the grid."""
    only = _filters()
    shown = [row for row in rows if grids.is_shown(row, only)]
    hidden = _hidden(shown)
    st.markdown(f"**{summary(shown)}**")
    actions = st.container(horizontal=True, vertical_alignment="center", key="grid-actions")
    selected = _frame(shown, hidden=hidden)
    with actions:
        _actions(shown, selected, job_id)


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
    wanted = session.chosen("only", list(FILTERS)) if session.param("only") else None
    picked = st.pills(
        _("Show only"),
        list(FILTERS),
        default=wanted,
        format_func=lambda one: _(FILTERS[one]),
        key="only-filter",
        on_change=session.remember,
        args=("only", "only-filter"),
        label_visibility="collapsed",
    )
    return picked or ""


def _hidden(rows: Sequence[CandidateRow]) -> bool:
    """Names of invented people may be shown; a real name is revealed on its own page, with a reason."""
    if any(row.sample for row in rows):
        return st.toggle(_("Hide names"), key="hide-names", value=session.param("blind") == "1")
    return True


def _frame(rows: Sequence[CandidateRow], *, hidden: bool) -> list[int]:
    frame = grids.candidates(rows, session.names_of(rows, hidden=hidden))
    event = st.dataframe(
        frame,
        hide_index=True,
        key=f"grid-{session.memory().round}",
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
    return {
        "open": config.ButtonColumn(
            _("Open"), width="small", key="grid-open", on_click=_open, args=(ids,), type="tertiary"
        ),
        "who": config.TextColumn(_("Candidate"), width="medium"),  # pinned, it would be drawn pale
        "required": config.TextColumn(_("Required"), help=_("Required skills that are proved")),
        "share": config.ProgressColumn(_("Share"), format=" ", min_value=0, max_value=1),
        "preferred": config.TextColumn(_("Preferred")),
        "skills": config.NumberColumn(_("Verified skills")),
        "verdicts": config.TextColumn(_("Files"), help=_legend()),
        "oldest": config.DatetimeColumn(_("Oldest check"), format="D MMM YYYY"),
        "decision": config.TextColumn(_("Decision")),
        "changed": config.TextColumn(_("Re-check"), help=_("A later check changed a verdict")),
    }


def _legend() -> str:
    return ", ".join(look.label for look in wording.MARKS.values())


def _open(ids: list[str]) -> None:
    session.go(session.CANDIDATE, id=ids[st.session_state["grid-open"].row])


def _actions(rows: Sequence[CandidateRow], selected: list[int], job_id: str | None) -> None:
    ids = [rows[place].applicant_id for place in selected if place < len(rows)]
    st.button(
        _("Open selected"),
        key="open-selected",
        disabled=len(ids) != 1,
        on_click=session.lead,
        args=(session.CANDIDATE,),
        kwargs={"id": "".join(ids[:1])},
    )
    st.button(
        _("Compare selected"),
        key="compare-selected",
        disabled=not 1 < len(ids) <= MOST_COMPARED,
        on_click=session.lead,
        args=(session.COMPARE,),
        kwargs={"ids": ",".join(ids[:MOST_COMPARED]), "job": job_id or ""},
    )
    st.caption(_("Select one to open, two to five to compare."), width="content")
    downloads.of_candidates(job_id)
