"""The Annex I card, the size and the yardsticks: information beside the verdict, weighing nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.components import frame
from dashboard.components.opening import evidence_button
from dashboard.services import ConditionRow, ElementRow, EvidenceView, Microcredential, YardstickRow
from dashboard.wording import _


def card(view: EvidenceView) -> None:
    """Everything about one document, folded: whoever hires looks at it last, a recognition officer first."""
    found = view.microcredential
    if found is None:
        return
    with st.expander(_("As a micro-credential: {headline}").format(headline=found.headline), key="ev-annex"):
        if not found.proved:
            st.caption(_("The file says this, but nothing proves it."))
        st.markdown(_(SIZES.get(found.size, SIZES[""])))
        if found.workload:
            st.caption(_("Workload: {workload}").format(workload=found.workload))
        st.caption(_("EU standard elements, Council Recommendation 2022/C 243/02, Annex I"))
        st.dataframe(
            _elements(found.elements),
            hide_index=True,
            key="ev-elements",
            height="content",
            alt=found.headline,
        )
        for place, one in enumerate(found.yardsticks):
            _yardstick(one, key=f"ev-yardstick-{place}")
        frame.text(_("What a recognition officer asks first"), key="ev-recognition", look="strong")
        _conditions(found.recognition, key="ev-recognition-said")


SIZES = {
    "": wording.N_("**Size:** not stated; a document without a workload says nothing about it."),
    "skill credential": wording.N_("**Size:** a skill credential"),
    "module": wording.N_("**Size:** a module"),
    "short programme": wording.N_("**Size:** a short programme"),
}


def _elements(rows: Sequence[ElementRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                row.number.removeprefix("o"),
                row.name,
                _("mandatory") if row.mandatory else _("optional"),
                row.value or _(wording.PRESENCE.get(row.presence, row.presence)),
            )
            for row in rows
        ],
        columns=[_("No."), _("Element"), _("Kind"), _("What it says")],
    )


def _yardstick(one: YardstickRow, *, key: str) -> None:
    frame.text(_("It {sentence}.").format(sentence=one.sentence), key=key, look="strong")
    _conditions(one.conditions, key=f"{key}-said")


def _conditions(rows: Sequence[ConditionRow], *, key: str) -> None:
    words = {name: _(look.word).lower() for name, look in wording.ANSWERS.items()}
    lines = [f"{row.name}: {words.get(row.holds, row.holds)} – {row.reason}" for row in rows]
    frame.text("\n".join(lines), key=key, look="muted")


def overview(cards: Sequence[Microcredential]) -> None:
    """One line a document on the candidate's page; the rest is in its evidence."""
    if not cards:
        return
    with st.expander(_("What the documents say by the EU standard (Annex I)"), key="annex-overview"):
        for one in cards:
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-annex-{one.cred}"):
                with st.container(gap=None, key=f"said-annex-{one.cred}"):
                    st.text(one.name if one.proved else _("not proved"))
                    parts = [one.headline, one.size, one.workload]
                    frame.text(
                        " · ".join(part for part in parts if part), key=f"annex-{one.cred}", look="muted"
                    )
                evidence_button(one.cred, key=f"annex-{one.cred}")
