"""The skills that a person's credentials name: proved ones by framework; apart, what nothing proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from dashboard import wording
from dashboard.components import frame
from dashboard.services import ClaimRow
from dashboard.wording import _, ngettext

MOST = 30  # lines of one list on a page that is read and printed; the export has them all


def skills(proved: Sequence[ClaimRow], unproved: Sequence[ClaimRow]) -> None:
    """Draw both lists, side by side and never mixed."""
    left, right = st.columns(2, gap="large")
    with left:
        frame.heading(_("Proved skills, by framework"))
        if not proved:
            st.caption(_("None: no credential that names a skill is verified."))
        for place, (framework, names) in enumerate(by_framework(proved)):
            with st.container(gap=None, key=f"framework-{place}"):
                frame.text(framework, key=f"framework-{place}", look="muted")
                _list(names, key=f"skills-{place}", look="plain")
    if unproved:
        with right:
            frame.heading(_("Claimed, and not proved"))
            with st.container(gap=None, key="claimed"):
                st.caption(_("The files say this. Nothing here counts."))
                _list(claimed(unproved), key="claims", look="muted")


def by_framework(rows: Iterable[ClaimRow]) -> list[tuple[str, list[str]]]:
    """Each framework with its skills, each skill once with every level at which it is proved."""
    ordered = sorted(rows, key=lambda row: (row.framework or "~", _name(row).casefold()))
    found = []
    for framework, claims in groupby(ordered, key=lambda row: row.framework):
        names = [_with_levels(name, same) for name, same in groupby(claims, key=_name)]
        found.append((framework or _("In no framework"), names))
    return found


def claimed(rows: Iterable[ClaimRow]) -> list[str]:
    """Each claim once, with its mark and why it does not count."""
    lines = (
        f"{wording.mark(row.mark).icon} {_with_levels(_name(row), [row])} – "
        f"{_(wording.said(row.code, row.mark).headline)}"
        for row in rows
    )
    return list(dict.fromkeys(lines))


def _name(row: ClaimRow) -> str:
    return row.skill_name or row.skill_id


def _with_levels(name: str, rows: Iterable[ClaimRow]) -> str:
    levels = dict.fromkeys(row.level for row in rows if row.level)
    return " · ".join((name, *levels))


def _list(lines: Sequence[str], *, key: str, look: str) -> None:
    frame.text("\n".join(lines[:MOST]), key=key, look=look)
    if len(lines) > MOST:
        more = len(lines) - MOST
        st.caption(ngettext("and {count} more, in the export", "and {count} more, in the export", more))
