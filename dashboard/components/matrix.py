"""Requirement × person, the grid of the comparison: a real table whose cells open the evidence.

Streamlit's own grid is a canvas: no screen reader gets into it, its fixed column is pale, and a cell takes
no press of a key. This table is drawn by `assets/matrix.js` out of text nodes alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard import charts, session, side_by_side, wording
from dashboard.components import chart, frame, parts
from dashboard.services import Comparison
from dashboard.wording import N_, _, ngettext

ASSETS = Path(__file__).resolve().parent.parent / "assets"
_TABLE = st.components.v2.component(
    "skillproof_matrix",
    html='<div class="frame"></div>\n',
    css=(ASSETS / "matrix.css").read_text("utf-8"),
    js=(ASSETS / "matrix.js").read_text("utf-8"),
)


LOOKS = {"table": N_("Table"), "heat": N_("Heat map")}


def look() -> str:
    """Which of the two views: in the address as `look=`."""
    return parts.part("look", LOOKS, key="compare-look", label=_("View"))


def only_differences() -> bool:
    """Whether lines in which all are alike are left out: in the address as `differ=`."""
    session.follow("only-differences", session.param("differ") == "1")
    return st.toggle(
        _("Only differences"),
        key="only-differences",
        on_change=session.remember_flag,
        args=("differ", "only-differences"),
    )


def matrix(comparison: Comparison, names: Mapping[str, str], *, only_differences: bool) -> None:
    """Draw the table, and under it what the marks mean and what was left out."""
    rows = side_by_side.kept_rows(comparison, only_differences=only_differences)
    if not rows:
        st.caption(_("These people do not differ in any requirement."))
        return
    data = side_by_side.table(comparison, names, rows) | {"finding": finding(comparison)}
    _TABLE(key="matrix", data=data, on_evidence_change=_evidence, on_person_change=_person)
    st.caption(" · ".join(look.label for look in wording.STATES.values()))
    if only_differences:
        _alike(side_by_side.alike(comparison))


def heat_map(comparison: Comparison, names: Mapping[str, str]) -> None:
    """The same as a picture; the table is its other view."""
    chart.bare(charts.heat_map(comparison, names), finding(comparison), key="heat-map")
    st.caption(" · ".join(look.label for look in wording.STATES.values()))


def _evidence() -> None:
    session.put(cred=str(st.session_state["matrix"].evidence))


def _person() -> None:
    session.lead(session.CANDIDATE, id=str(st.session_state["matrix"].person))


def _alike(lines: list[str]) -> None:
    if lines:
        said = ngettext(
            "{count} line is the same for all:", "{count} lines are the same for all:", len(lines)
        )
        frame.text(f"{said} {', '.join(lines)}", key="alike", look="muted")


def finding(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    nobody = sum(1 for row in comparison.rows if all(cell.state != "met" for cell in row.cells))
    everybody = sum(1 for row in comparison.rows if all(cell.state == "met" for cell in row.cells))
    return _("{n} of {all} requirements proved by all of them, {none} by none").format(
        n=everybody, all=len(comparison.rows), none=nobody
    )


def left_out(comparison: Comparison) -> None:
    """People of the link who are not in the table, and why."""
    if comparison.removed:
        count = len(comparison.removed)
        st.caption(
            ngettext(
                "{count} person of this link is not in the store any more.",
                "{count} people of this link are not in the store any more.",
                count,
            )
        )
    if comparison.elsewhere:
        count = len(comparison.elsewhere)
        st.caption(
            ngettext(
                "{count} person of this link is not considered for this job, and is not compared.",
                "{count} people of this link are not considered for this job, and are not compared.",
                count,
            )
        )
