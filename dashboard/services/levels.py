"""A level as a person reads it."""

from __future__ import annotations

from typing import Protocol

from dashboard.services.core import plain

RUBRIC = "rubric:"  # then the id of the rubric: an address, which says nothing to a reader


class LevelLike(Protocol):
    """What the verifier gives as a level."""

    @property
    def scheme(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


def spoken(level: LevelLike | None) -> str:
    """ "EQF 6"; of a rubric the name of the level alone; "" for no level."""
    if level is None:
        return ""
    if level.scheme.startswith(RUBRIC):
        return plain(level.label or level.value.rpartition("#")[2])
    return plain(f"{level.scheme} {level.value}")
