"""Which part of a screen is shown: named in the address, so that a link, a reload and Back bring it back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import session
from dashboard.wording import _


def part(name: str, words: Mapping[str, str], *, key: str, label: str) -> str:
    """Draw the choice among `words`, the first where the address says nothing under `name`."""
    first = next(iter(words))
    session.follow(key, session.chosen(name, list(words), first))
    picked = st.segmented_control(
        label,
        list(words),
        required=True,
        format_func=lambda one: _(words[one]),
        key=key,
        on_change=session.remember,
        args=(name, key),
        label_visibility="collapsed",
    )
    return picked or first
