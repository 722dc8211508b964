"""The verdict pill: icon, word, tint; one component, one size, everywhere. Only our own words are in it."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.wording import Look


def pill(look: Look) -> None:
    """Draw one outcome."""
    st.badge(look.label, color=look.colour)


def mark_pill(mark: str) -> None:
    """Draw a verdict."""
    pill(wording.mark(mark))


def inline(look: Look) -> str:
    """The pill inside a sentence of ours, as Streamlit's own directive."""
    return f":{look.colour}-badge[{look.label}]"


def text_mark(look: Look) -> str:
    """Icon alone in its colour, beside a word that is already there."""
    return f":{look.colour}[{look.icon}]"
