"""Hostile text made plain for a spreadsheet: no formula, no control character, no change of direction."""

from __future__ import annotations

import unicodedata

STARTS_A_FORMULA = frozenset("=+-@\t\r|%＝＋－＠")  # full-width forms act in some spreadsheets
# Characters that turn the direction of what follows: a name could make "verified" read of another line.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
MAX_CELL = 32_000  # characters; a spreadsheet takes 32,767


def plain(text: str, most: int) -> str:
    """`text` as paper only shows it: no control character, no change of direction, at most `most` long."""
    clean = "".join(_shown(letter) for letter in text[:most] if letter not in TURNS)
    return clean + "…" if len(text) > most else clean


def neutral(text: str) -> str:
    """`text` as a cell that only shows: a leading formula mark gets an apostrophe before it."""
    if text.isprintable() and len(text) <= MAX_CELL:  # most are: nothing in it to replace
        return f"'{text}" if text.lstrip()[:1] in STARTS_A_FORMULA else text
    clean = "".join(_shown(character) for character in text[:MAX_CELL] if character not in TURNS)
    # The first character of the text as it came counts too: a tab or return at the start is a known trick.
    starts = {text[:1], clean.lstrip()[:1]}
    return f"'{clean}" if starts & STARTS_A_FORMULA else clean


def _shown(character: str) -> str:
    if character in "\n\t\r":
        return "\n" if character == "\n" else " "
    # Cc: control; Cs: half of a pair; Cn holds U+FFFE and U+FFFF, which no XML may carry.
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character
