"""How names are compared: without case, width variants or runs of space."""

from __future__ import annotations

import unicodedata

MAX_NAME_CHARS = 2_000


def folded(name: str) -> str:
    """`name` in NFKC, without case, runs of space as one."""
    return " ".join(unicodedata.normalize("NFKC", name[:MAX_NAME_CHARS]).casefold().split())
