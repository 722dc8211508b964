"""Whom to compare: two to five people, in the address as `ids=`."""

from __future__ import annotations

import streamlit as st

from dashboard import grids, session
from dashboard.wording import _

MOST = 5


def people_choice(job_id: str | None) -> list[str]:
    """Draw the choice: the ids in the order chosen."""
    wanted = [one for one in session.param("ids").split(",") if one][:MOST]
    rows = {row.applicant_id: row for row in session.services().candidates.rows(job_id)}
    names = session.names_of(list(rows.values()))
    picked = st.multiselect(
        _("Two to five people"),
        list(rows),
        default=[one for one in wanted if one in rows],
        format_func=lambda one: (
            f"{names[one]}, {grids.of_total(rows[one].required_met, rows[one].required_total)}"
        ),
        max_selections=MOST,
        key=f"compare-{job_id}",
        on_change=_remember,
        args=(f"compare-{job_id}",),
    )
    missing = [one for one in wanted if one not in rows]  # named as removed, not silently dropped
    return [*picked, *missing] if session.param("ids") else list(picked)


def _remember(key: str) -> None:
    session.put(ids=",".join(st.session_state[key]))
