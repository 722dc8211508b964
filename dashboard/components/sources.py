"""Where trust comes from besides the list: public registries, and every address that checks asked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import grids, session, wording
from dashboard.access import Permission
from dashboard.components import failure, frame
from dashboard.services import AddressRow, RegistryRow
from dashboard.wording import _, ngettext


def sources() -> None:
    """Draw the registries, then the addresses with how old each answer is."""
    services = session.services()
    frame.heading(_("Public registries"))
    _registries(services.issuers.registries())
    frame.heading(_("Status lists, keys and other addresses asked"))
    rows = services.addresses.rows()
    if rows:
        _addresses(rows)
    else:
        st.caption(_("None yet: nothing that was checked needed one."))


def _registries(rows: Sequence[RegistryRow]) -> None:
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


def _addresses(rows: Sequence[AddressRow]) -> None:
    silent = sum(1 for row in rows if grids.is_silent(row))
    asked = ngettext("{count} address", "{count} addresses", len(rows))
    said = _("{addresses} asked by the last checks, {n} without an answer at the last try").format(
        addresses=asked, n=silent
    )
    st.caption(said)
    config = st.column_config
    event = st.dataframe(
        grids.addresses(rows, session.services().activity.now()),
        hide_index=True,
        key=f"addresses-{session.memory().round}",
        row_height=36,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "kind": config.TextColumn(_("What"), width=110),
            "url": config.TextColumn(_("Address"), width=430),
            "answered": config.TextColumn(_("Last answer"), width=175),
            "failed": config.TextColumn(_("Last failure"), width=150),
            "files": config.NumberColumn(_("Files"), width=70, help=_("Whose last check asked it")),
            "sha256": config.TextColumn(_("Hash of the answer"), width=150),
        },
        alt=said,
    )
    picked = [rows[place].url for place in event.selection.rows if place < len(rows)]
    if session.may(Permission.CHANGE_ISSUERS):
        st.button(
            _("Refresh"),
            key="addresses-refresh",
            disabled=not picked,
            help=_("Select lines: whatever hangs on them is checked again now"),
            on_click=_refresh,
            args=(picked,),
        )


@failure.remembered()
def _refresh(urls: Sequence[str]) -> None:
    count = sum(session.services().addresses.refresh(url) for url in urls)
    session.fresh()
    session.notify(ngettext("{count} file is checked again.", "{count} files are checked again.", count))
