"""A chart with its finding in words and its table; nothing is said by colour alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from dashboard import session, wording
from dashboard.charts import ON_GROUND
from dashboard.components import frame
from dashboard.wording import _

CONFIG = {"displayModeBar": False, "responsive": True}


def chart(figure: Figure, said: str, table: pd.DataFrame, *, key: str) -> None:
    """Draw `figure` under what it shows, `said`, with `table` folded below."""
    finding(said, key=key)
    bare(figure, said, key=key)
    folded(table, said, key=key)


def finding(said: str, *, key: str) -> None:
    """What a chart shows, as its title; as text, for it may name what comes from outside."""
    frame.text(said, key=f"finding-{key}", look="strong")


def bare(figure: Figure, said: str, *, key: str) -> None:
    """Draw `figure` alone, where the finding stands above it already."""
    theme = session.theme()
    ink = {"color": wording.INK[theme]}  # Streamlit writes on axes in a grey too pale to read
    figure.update_layout(font=ink).update_xaxes(tickfont=ink, title_font=ink).update_yaxes(tickfont=ink)
    figure.update_annotations(font=ink).update_traces(
        textfont_color=ink["color"], selector={"meta": ON_GROUND}
    )
    edge = {"width": 1, "color": wording.GROUND[theme]}  # what parts two bars is the ground itself
    figure.update_traces(marker_line=edge, selector={"type": "bar"})
    st.plotly_chart(figure, key=key, config=CONFIG, alt=said)


def folded(table: pd.DataFrame, said: str, *, key: str) -> None:
    """The table of a chart, folded."""
    with st.expander(_("As a table"), key=f"{key}-table", type="compact"):
        st.dataframe(table, hide_index=True, key=f"{key}-frame", alt=said)
