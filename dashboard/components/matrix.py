"""Requirement × person: the grid of the comparison; a cell opens the evidence behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import charts, grids, session, wording
from dashboard.components import chart, frame, pill
from dashboard.components.opening import evidence_button
from dashboard.services import Cell, Comparison, ComparisonRow
from dashboard.wording import _, ngettext

ROW = 38  # pixels
HEAD = 36  # of the line with the names, and the frame


def matrix(comparison: Comparison, names: Mapping[str, str], *, only_differences: bool) -> None:
    """Draw the grid, the cell that was chosen, and the same as text and as a heat map."""
    rows = grids.kept_rows(comparison, only_differences=only_differences)
    if not rows:
        st.caption(_("These people do not differ in any requirement."))
        return
    event = st.dataframe(
        grids.coloured(comparison, only_differences=only_differences, theme=session.theme()),
        hide_index=True,
        key=f"matrix-{session.memory().round}-{only_differences}",
        height=ROW * len(rows) + HEAD,
        row_height=ROW,
        on_select="rerun",
        selection_mode="single-cell",
        column_config=_columns(comparison, names),
        alt=finding(comparison),
    )
    st.caption(" · ".join(look.label for look in wording.STATES.values()))
    cell = _chosen(event.selection.cells, comparison, rows)
    if cell:
        _cell(*cell, names)
    _as_text(comparison, rows, names)
    with st.expander(_("As a heat map"), key="heat", type="compact"):
        chart.bare(charts.heat_map(comparison, names), finding(comparison), key="heat-map")


def finding(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    nobody = sum(1 for row in comparison.rows if all(cell.state != "met" for cell in row.cells))
    everybody = sum(1 for row in comparison.rows if all(cell.state == "met" for cell in row.cells))
    return _("{n} of {all} requirements proved by all of them, {none} by none").format(
        n=everybody, all=len(comparison.rows), none=nobody
    )


def _columns(comparison: Comparison, names: Mapping[str, str]) -> dict[str, Any]:
    text = st.column_config.TextColumn
    columns = {
        "requirement": text(_("Requirement"), pinned=True, width="medium"),
        "asked": text(_("Asked")),
    }
    people = {
        person.applicant_id: text(
            names[person.applicant_id], help=grids.of_total(person.required_met, person.required_total)
        )
        for person in comparison.people
    }
    return {**columns, **people}


def _chosen(
    cells: list[tuple[int, str]], comparison: Comparison, rows: tuple[ComparisonRow, ...]
) -> tuple[Cell, str] | None:
    """The cell and whose it is; None where a skill or nothing is selected."""
    places = {person.applicant_id: place for place, person in enumerate(comparison.people)}
    for line, column in cells:
        if column in places and line < len(rows):
            return rows[line].cells[places[column]], column
    return None


def _cell(cell: Cell, applicant_id: str, names: Mapping[str, str]) -> None:
    with st.container(key="picked-cell", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            pill.pill(wording.state(cell.state))
            frame.text(names[applicant_id], key="cell-who", look="strong")
        st.text(cell.sentence or _("Nothing handed in names this skill."))
        for place, link in enumerate(cell.evidence):
            with st.container(horizontal=True, vertical_alignment="center", key=f"cell-ev-{place}"):
                pill.mark_pill(link.mark)
                st.text(link.name)
                evidence_button(link.cred, key=f"cell-{place}")


def _as_text(comparison: Comparison, rows: tuple[ComparisonRow, ...], names: Mapping[str, str]) -> None:
    """The grid is a canvas: the same in words, with a button for each piece of evidence."""
    with st.expander(_("As text, with the evidence"), key="as-text", type="compact"):
        for row in rows:
            requirement = row.requirement
            frame.text(
                f"{grids.requirement_text(requirement)} ({grids.asked_text(requirement)})",
                key=f"line-{requirement.requirement_id}",
                look="strong",
            )
            for person, cell in zip(comparison.people, row.cells, strict=True):
                one = f"{requirement.requirement_id}-{person.applicant_id}"
                with st.container(horizontal=True, vertical_alignment="center", key=f"cell-{one}"):
                    pill.pill(wording.state(cell.state))
                    st.text(" · ".join(part for part in (names[person.applicant_id], cell.held) if part))
                    if cell.evidence:
                        evidence_button(cell.evidence[0].cred, key=f"text-{one}")


def removed(comparison: Comparison) -> None:
    """People of the link who are not there any more."""
    if comparison.removed:
        count = len(comparison.removed)
        st.caption(
            ngettext(
                "{count} person of this link is not in the store any more.",
                "{count} people of this link are not in the store any more.",
                count,
            )
        )
