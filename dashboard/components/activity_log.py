"""The activity log and the registries: who did what, when, and whether the log is whole."""

from __future__ import annotations

import streamlit as st

from dashboard import grids, session, wording
from dashboard.components import downloads, frame
from dashboard.services import RegistryRow
from dashboard.wording import _, ngettext


def activity_log() -> None:
    """Draw the filter, the log and the proof that it is whole."""
    services = session.services()
    with st.container(horizontal=True, vertical_alignment="bottom", key="activity-tools"):
        action = st.selectbox(
            _("What"),
            ["", *wording.ACTIONS],
            format_func=lambda one: _(wording.ACTIONS[one]) if one else _("Everything"),
            key="activity-what",
            width=260,
        )
        actor = st.text_input(_("Who"), key="activity-who", width=180)
        verify = st.button(_("Verify the chain"), key="verify-chain")
        downloads.of_activity(action=action or "", who=(actor or "").strip())
    if verify:
        _chain()
    limit = session.memory().log_lines
    rows = services.activity.rows(action=action or "", actor=(actor or "").strip(), limit=limit)
    if not rows:
        st.caption(_("Nothing yet."))
        return
    config = st.column_config
    st.dataframe(
        grids.activity(rows),
        hide_index=True,
        key="activity",
        height=460,
        column_config={
            "seq": config.NumberColumn(_("No."), width="small"),
            "at": config.DatetimeColumn(_("When"), format="D MMM YYYY, HH:mm:ss"),
            "actor": config.TextColumn(_("Who")),
            "action": config.TextColumn(_("What")),
            "subject": config.TextColumn(_("About")),
            "detail": config.TextColumn(_("Detail"), width="large"),
            "digest": config.TextColumn(_("Digest")),
        },
        alt=ngettext("Activity log, {count} line", "Activity log, {count} lines", len(rows)),
    )
    if len(rows) == limit:
        st.button(_("Show older lines"), key="activity-more", on_click=_older)


def _older() -> None:
    session.memory().log_lines += 500


def _chain() -> None:
    chain = session.services().activity.verify()
    if chain.intact:
        st.markdown(
            ":green[✓] "
            + ngettext(
                "The chain of {count} line is whole.", "The chain of {count} lines is whole.", chain.length
            )
        )
        frame.text(_("Last digest: {digest}").format(digest=chain.head), key="chain-head", look="mono")
    else:
        st.markdown(f":red[✗] {_('The chain is broken at line {n}.').format(n=chain.broken_at)}")


def registries() -> None:
    """The public registries that are asked besides the list."""
    rows = session.services().issuers.registries()
    if not rows:
        st.caption(
            _("No public registry is asked. Set SKILLPROOF_REGISTRIES to the addresses of those you want.")
        )
    for place, row in enumerate(rows):
        with st.container(key=f"row-registry-{place}", gap=None):
            st.text(row.name)
            frame.text(f"{row.url} · {freshness(row)}", key=f"registry-{place}", look="muted")


def freshness(row: RegistryRow) -> str:
    """When a registry answered last, and whether it has failed since: then whom it lists is not known now."""
    answer, failure = row.last_answer, row.last_failure
    if answer is None and failure is None:
        return _("not asked yet")
    told = _("answered {when}").format(when=wording.moment(answer)) if answer else _("never answered")
    if failure is None:
        return told
    failed = _("did not answer {when}").format(when=wording.moment(failure))
    if answer is None or failure > answer:
        return f"{told} · {_('✗ at its last try')}: {failed}"
    return f"{told} · {failed}"
