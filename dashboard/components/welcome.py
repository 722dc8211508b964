"""The first screen before anything is checked: what it is for, the sample, earlier batches."""

from __future__ import annotations

import streamlit as st

from dashboard import session, wording
from dashboard.components import failure, frame
from dashboard.components.intake import ACCEPTED
from dashboard.components.results import finding
from dashboard.services import Progress
from dashboard.wording import _

# A faint picture of the result: constant, ours, without a word in it.
GHOST = (
    '<div class="sp-ghost" aria-hidden="true">'
    + "".join(
        f'<div><i class="{tint}"></i><i style="width:{width}%"></i><i></i></div>'
        for tint, width in (("ok", 82), ("ok", 64), ("no", 73), ("un", 55), ("is", 68))
    )
    + "</div>"
)


def sample(*, is_primary: bool) -> None:
    """The one-click sample."""
    frame.heading(_("New here?"))
    st.markdown(_("Fifteen invented applicants for one job, checked for real, without a network."))
    st.button(
        _("Try the sample applicants"),
        key="try-sample",
        type="primary" if is_primary else "secondary",
        on_click=_load,
    )
    st.html(GHOST)
    st.caption(_("What we read: {kinds}").format(kinds=_(ACCEPTED)))


@failure.remembered()
def _load() -> None:
    session.lead(session.VERIFY, batch=session.services().intake.load_sample())


def earlier(batches: tuple[Progress, ...]) -> None:
    """Batches that are in the store."""
    if not batches:
        return
    frame.heading(_("Earlier batches"))
    for batch in batches:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-batch-{batch.batch_id}"):
            with st.container(width=190):
                st.caption(wording.moment(batch.created_at))
            with st.container(key=f"said-batch-{batch.batch_id}"):
                st.markdown(finding(batch))
            st.button(
                _("Open batch"),
                key=f"batch-{batch.batch_id}",
                type="tertiary",
                on_click=session.lead,
                args=(session.VERIFY,),
                kwargs={"batch": batch.batch_id},
            )
