"""A chart with its finding in words and its table; nothing is said by colour alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from dashboard import session, wording
from dashboard.wording import _

CONFIG = {"displayModeBar": False, "responsive": True}


def chart(figure: Figure, finding: str, table: pd.DataFrame, *, key: str) -> None:
    """Draw `figure` under `finding`, our own words, with `table` folded below."""
    st.markdown(f"**{finding}**")
    bare(figure, finding, key=key)
    folded(table, finding, key=key)


def bare(figure: Figure, finding: str, *, key: str) -> None:
    """Draw `figure` alone, where the finding stands above it already."""
    ink = {"color": wording.INK[session.theme()]}  # Streamlit writes on axes in a grey too pale to read
    figure.update_layout(font=ink).update_xaxes(tickfont=ink).update_yaxes(tickfont=ink)
    st.plotly_chart(figure, key=key, config=CONFIG, alt=finding)


def folded(table: pd.DataFrame, finding: str, *, key: str) -> None:
    """The table of a chart, folded."""
    with st.expander(_("As a table"), key=f"{key}-table", type="compact"):
        st.dataframe(table, hide_index=True, key=f"{key}-frame", alt=finding)
