"""Whom to compare: two to five people, in the address as `ids=`."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.wording import _

FEWEST, MOST = 2, 5


def people_choice(job_id: str | None) -> list[str]:
    """Draw the choice: the ids in the order chosen."""
    wanted = [one for one in session.param("ids").split(",") if one][:MOST]
    rows = {row.applicant_id: row for row in session.services().candidates.rows(job_id)}
    if len(rows) < FEWEST:
        st.caption(_("This job has fewer than two people. Verify what applicants sent, and they appear."))
    names = session.names_of(list(rows.values()))
    # The browser knows options by their labels: under other labels it would take back what was chosen.
    key = f"compare-{job_id}-{session.is_blind()}"
    session.follow(key, [one for one in wanted if one in rows])
    picked = st.multiselect(
        _("Two to five people"),
        list(rows),
        format_func=names.__getitem__,
        max_selections=MOST,
        key=key,
        on_change=_remember,
        args=(key,),
        wrap=True,  # in one line the first ones would be pushed out of sight
    )
    missing = [one for one in wanted if one not in rows]  # said to be left out, not silently dropped
    return [*picked, *missing] if session.param("ids") else list(picked)


def _remember(key: str) -> None:
    session.put(ids=",".join(st.session_state[key]))
