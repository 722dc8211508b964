"""A batch as it finishes: progress with count and cancel, tiles that filter, a row for each item."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from dashboard import charts, session, wording
from dashboard.components import chart, checking, credentials, failure, frame, pill
from dashboard.components.opening import candidate_button, evidence_button
from dashboard.services import BatchState, Checking, CredentialCard, ItemRow, Mark, Progress, Services
from dashboard.wording import _, ngettext

POLL_SECONDS = 0.6
WATCH_SECONDS = 0.3  # in the demo, whose checks wait a moment to be seen
PAGE = 40  # rows on one page: what a person scans before paging
TILES = [mark for mark in Mark if mark is not Mark.PENDING]


def results(services: Services, batch: str) -> None:
    """Draw the batch, again and again while it is running."""
    running = services.work.progress(batch).state is BatchState.RUNNING
    every = WATCH_SECONDS if session.memory().demo else POLL_SECONDS
    # A fragment in either case: the same place on the page, so that nothing is drawn twice in between.
    st.fragment(_draw, run_every=every if running else None)(batch, running)


@failure.told()
def _draw(batch: str, polls: bool) -> None:
    services = session.services()
    progress = services.work.progress(batch)
    if polls != (progress.state is BatchState.RUNNING):
        st.rerun()  # the whole page: polling ends, or begins again after "Go on"
    in_work = services.work.running(batch) if polls else {}
    _headline(services, progress)
    if polls:
        checking.plan(checking.asking(in_work.values()), spoken=_done(progress))
    else:
        checking.plan(_("Received {time}").format(time=wording.moment(progress.created_at)))
    # The tiles below are its table: mark, word and count.
    chart.bare(charts.verdict_bar(progress.counts), finding(progress), key="verdicts")
    shown = _tiles(progress)
    total = progress.counts.by_mark()[shown] if shown else progress.counts.received
    with st.container(gap=None, key="results"):
        groups = _page(services, batch, shown, total)
        inside = services.work.presented([row.item_id for group in groups for row in group if row.contained])
        for group in groups:
            _person(group, in_work, inside)
    for place, name in enumerate(progress.duplicates):
        frame.text(_("Handed in before, taken once: {name}").format(name=name), key=f"dup-{place}")


def _headline(services: Services, progress: Progress) -> None:
    counts = progress.counts
    if progress.state is BatchState.FINISHED:
        with st.container(vertical_alignment="center", key="progress-done"):
            st.markdown(f"**{finding(progress)}**")
    else:
        text = _done(progress)
        if progress.state is BatchState.CANCELLED:
            text = _("Stopped: {done}").format(done=text)
        elif progress.seconds_left:
            text += f", {wording.remaining(progress.seconds_left)}"
        with st.container(horizontal=True, vertical_alignment="center", key="progress-bar"):
            st.progress(counts.done / max(counts.received, 1), text=text)
            _stop_or_go(services, progress)


def _done(progress: Progress) -> str:
    return _("{done} of {all} checked").format(done=progress.counts.done, all=progress.counts.received)


def _stop_or_go(services: Services, progress: Progress) -> None:
    batch = progress.batch_id
    if progress.state is BatchState.RUNNING:
        st.button(_("Cancel"), key="batch-cancel", on_click=failure.do, args=(services.work.cancel, batch))
    else:
        st.button(_("Go on"), key="batch-resume", on_click=failure.do, args=(services.work.resume, batch))


def finding(progress: Progress) -> str:
    """The batch in one sentence, e.g. "27 received: 16 verified, 7 problem found"."""
    counts = progress.counts
    parts = [f"{n} {_(wording.mark(mark).word).lower()}" for mark, n in counts.by_mark().items() if n]
    return (
        ngettext("{count} item received", "{count} items received", counts.received) + ": " + ", ".join(parts)
    )


def _tiles(progress: Progress) -> Mark | None:
    """The filter: one pill a verdict with its count; together they are everything received."""
    by_mark = progress.counts.by_mark()
    wanted = session.param("show")
    picked = st.pills(
        _("Show only"),
        TILES,
        default=next((mark for mark in TILES if mark.value == wanted), None),
        format_func=lambda mark: f"{wording.mark(mark).label}  **{by_mark[mark]}**",
        key="show-tile",
        on_change=session.remember,
        args=("show", "show-tile"),
        label_visibility="collapsed",
    )
    return picked


def _page(services: Services, batch: str, shown: Mark | None, total: int) -> list[list[ItemRow]]:
    """The rows of this page, by person; no more than a page is read."""
    pages = max(1, -(-total // PAGE))
    page = st.pagination(pages, key=f"page-{batch}-{shown}") if pages > 1 else 1
    rows = services.work.items(batch, mark=shown, limit=PAGE, offset=(page - 1) * PAGE)
    return [list(group) for _id, group in groupby(rows, key=lambda row: row.applicant_id)]


def _person(
    rows: list[ItemRow],
    in_work: Mapping[str, Checking],
    inside: Mapping[str, tuple[CredentialCard, ...]],
) -> None:
    """The name beside what the person handed in: names are read down one edge, verdicts down the next."""
    first = rows[0]
    with st.container(horizontal=True, gap="small", key=f"person-{first.item_id}"):
        with st.container(gap=None, width=190, key=f"holder-{first.item_id}"):
            frame.text(first.applicant, key=f"who-{first.item_id}", look="strong")
            candidate_button(first.applicant_id, key=f"open-{first.item_id}")
        with st.container(gap=None, key=f"items-{first.item_id}"):
            for row in rows:
                _item(row, in_work.get(row.item_id) if row.mark is Mark.PENDING else None)
                for card in inside.get(row.item_id, ()) if row.mark is not Mark.PENDING else ():
                    credentials.row(card)


def _item(row: ItemRow, at_work: Checking | None) -> None:
    """One line where all is well, two where somebody has to do something."""
    line = "inline-" if row.mark in (Mark.VERIFIED, Mark.PENDING) else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{row.item_id}", gap="small"):
        with st.container(width=150, key=f"pillbox-{row.item_id}"):
            pill.mark_pill("running" if at_work else row.mark)
        with st.container(gap=None, key=f"said-{line}{row.item_id}"):
            st.text(_title(row))
            if at_work:
                checking.line(at_work, key=row.item_id)
            else:
                frame.text(_about(row), key=row.item_id, look="muted")
        evidence_button(row.item_id, key=f"ev-{row.item_id}", disabled=row.mark is Mark.PENDING)


def _title(row: ItemRow) -> str:
    """The credential's name only where it is proved; else the file."""
    return row.credential if row.proved and row.credential else row.filename


def _about(row: ItemRow) -> str:
    if row.mark is Mark.PENDING:
        return _("waiting for its turn")
    issuer = row.issuer or row.issuer_id
    if row.mark is Mark.VERIFIED:
        return " · ".join(part for part in (issuer, wording.day(row.checked_at), row.filename) if part)
    told = wording.said(row.code, row.verdict)
    return f"{_(told.headline)} · {told.whose}: {_(told.step)}"
