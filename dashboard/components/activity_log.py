"""The activity log: who did what, when, and whether the log is whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from dashboard import charts, grids, session, wording
from dashboard.components import chart, downloads, frame
from dashboard.services import DayRow
from dashboard.wording import N_, _, ngettext

SINCE = {"": N_("Any time"), "1": N_("Last 24 hours"), "7": N_("Last 7 days"), "30": N_("Last 30 days")}


def activity_log() -> None:
    """Draw the checks a day, the filter, the log and the proof that it is whole."""
    services = session.services()
    days = services.activity.checks_a_day()
    figure, table = charts.day_bars(days)
    chart.chart(figure, checks_sentence(days), table, key="checks-a-day")
    with st.container(horizontal=True, vertical_alignment="bottom", key="activity-tools"):
        wanted = _filter()
        downloads.of_activity(**wanted)
        verify = st.button(_("Verify the chain"), key="verify-chain")
    if verify:
        _chain()
    limit = session.memory().log_lines
    rows = services.activity.rows(**wanted, limit=limit)
    if not rows:
        st.caption(_("No line matches."))
        return
    config = st.column_config
    st.dataframe(
        grids.activity(rows, session.called(row.actor for row in rows)),
        hide_index=True,
        key="activity",
        height=min(460, 38 + 35 * len(rows)),
        column_config={
            "seq": config.NumberColumn(_("No."), width=60),
            "at": config.DatetimeColumn(_("When"), format="D MMM YYYY, HH:mm:ss", width=175),
            "actor": config.TextColumn(_("Who"), width=110),
            "action": config.TextColumn(_("What"), width=165),
            "subject": config.TextColumn(_("About"), width=190),
            "detail": config.TextColumn(_("Detail"), width=290),
            "digest": config.TextColumn(_("Digest"), width=150),
        },
        alt=ngettext("Activity log, {count} line", "Activity log, {count} lines", len(rows)),
    )
    if len(rows) == limit:
        st.button(_("Show older lines"), key="activity-more", on_click=_older)


def checks_sentence(days: Sequence[DayRow]) -> str:
    """The finding of the sparkline."""
    total, today = sum(day.checks for day in days), days[-1].checks
    checks = ngettext("{count} check", "{count} checks", total)
    return _("{checks} in {n} days, {today} of them today").format(checks=checks, n=len(days), today=today)


def _filter() -> dict[str, Any]:
    """What the list and the file are to hold."""
    action = st.selectbox(
        _("What"),
        ["", *wording.ACTIONS],
        format_func=lambda one: _(wording.ACTIONS[one]) if one else _("Everything"),
        key="activity-what",
        width=200,
    )
    actors = session.services().activity.actors()
    called = session.called(actors)
    who = st.selectbox(
        _("Who"),
        ["", *actors],
        format_func=lambda one: called[one] if one else _("Everybody"),
        key="activity-who",
        width=150,
    )
    since = st.selectbox(
        _("Since"), list(SINCE), format_func=lambda one: _(SINCE[one]), key="activity-since", width=150
    )
    subject = st.text_input(
        _("About"), key="activity-about", width=190, placeholder=_("Number of a person, job, file")
    )
    return {
        "action": action or "",
        "who": who or "",
        "subject": (subject or "").strip(),
        "since": _moment(since or ""),
    }


def _moment(days: str) -> datetime | None:
    """The hour that many days ago: the same for the list and for the file."""
    if not days:
        return None
    hour = session.services().activity.now().replace(minute=0, second=0, microsecond=0)
    return hour - timedelta(days=int(days))


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
