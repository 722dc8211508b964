"""Does a step treat groups alike? On a table that is given for one look and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import session, wording
from dashboard.components import downloads, frame
from dashboard.services import ImpactPanel, ImpactRow
from dashboard.wording import _, ngettext


def impact(job_id: str) -> None:
    """Draw the request for the table and, right after it was sent, what it shows."""
    with st.expander(_("Impact: does a step treat groups alike?"), key="impact"):
        st.caption(
            _(
                "This is not an audit by itself: an audit needs an independent auditor, the data of a whole "
                "process and a look at every step. It shows where to look."
            )
        )
        st.caption(
            _(
                "The table is used for this one look and is not kept. No verdict depends on it, and no other "
                "screen sees it; that somebody looked is in the log."
            )
        )
        downloads.of_groups(job_id)
        with st.form("impact-form", border=False):
            file = st.file_uploader(_("CSV with the columns person and group"), key="impact-file")
            step = st.selectbox(
                _("Step"),
                list(wording.IMPACT_STEPS),
                format_func=lambda one: _(wording.IMPACT_STEPS[one]),
                key="impact-step",
            )
            sent = st.form_submit_button(_("Show the impact"), key="impact-show")
        if sent and file is None:
            st.markdown(_("Choose the table first."))
        elif sent and file is not None:
            _show(job_id, file.getvalue(), str(step))


def _show(job_id: str, table: bytes, step: str) -> None:
    try:
        panel = session.services().candidates.impact(job_id, table, step=step)
    except ValueError as error:
        frame.text(str(error), key="impact-problem")
        return
    st.markdown(f"**{finding(panel)}**")
    if panel.small:
        st.markdown(_("Some groups are too small to tell anything: their numbers may be chance alone."))
    st.dataframe(_table(panel.groups), hide_index=True, key="impact-groups", alt=finding(panel))
    st.caption(
        _(
            "Impact ratio: selection rate over the highest selection rate. p: Fisher’s exact test, "
            "two-sided, against the group with the highest rate."
        )
    )
    st.caption(_left_out(panel))
    downloads.of_impact(job_id, table)


def finding(panel: ImpactPanel) -> str:
    """The panel in one sentence."""
    below = sum(1 for row in panel.groups if row.below_four_fifths)
    if not below:
        return _("No group is under four fifths of the highest selection rate")
    return ngettext(
        "{count} group is under four fifths of the highest selection rate",
        "{count} groups are under four fifths of the highest selection rate",
        below,
    )


def _left_out(panel: ImpactPanel) -> str:
    unknown = ngettext("{count} person without a group", "{count} people without a group", panel.unknown)
    unmatched = ngettext(
        "{count} line that names nobody of the job",
        "{count} lines that name nobody of the job",
        panel.unmatched,
    )
    return _("In no rate: {unknown}; {unmatched}.").format(unknown=unknown, unmatched=unmatched)


def _table(rows: Sequence[ImpactRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                row.group,
                row.people,
                row.selected,
                _share(row.rate),
                "–" if row.impact_ratio is None else f"{row.impact_ratio:.2f}",
                "–" if row.p_value is None else f"{row.p_value:.3f}",
                _(wording.IMPACT_NOTES.get(row.note, row.note)),
            )
            for row in rows
        ],
        columns=[
            _("Group"),
            _("People"),
            _("Selected"),
            _("Selection rate"),
            _("Impact ratio"),
            _("p"),
            _("What it tells"),
        ],
    )


def _share(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}"
