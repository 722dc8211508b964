"""A level as a person reads it, and the levels that a job may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from dashboard.services.core import plain
from dashboard.services.records import LevelChoice, RequirementRow

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


COMMON = {
    "EQF": tuple("12345678"),
    "CEFR": ("A1", "A2", "B1", "B2", "C1", "C2"),
    "DigComp": tuple("12345678"),
}


def choices(rows: Iterable[RequirementRow]) -> tuple[LevelChoice, ...]:
    """What a line may ask for: the scales that everybody uses, and those that the job brings along."""
    common = [LevelChoice(scheme=s, value=v, label="", order=()) for s, of in COMMON.items() for v in of]
    own = [one for row in rows if row.level_scheme for one in _of(row)]
    found = {(one.scheme, one.value): one for one in (*common, *own)}
    named = {(one.scheme, one.value): one for one in own if one.label}
    return tuple((found | named).values())


def _of(row: RequirementRow) -> list[LevelChoice]:
    """The row's level and the others of its scale; only its own has a name there."""
    values = row.level_order or (row.level_value,)
    return [
        LevelChoice(
            scheme=row.level_scheme,
            value=value,
            label=row.level_label if value == row.level_value else "",
            order=row.level_order,
        )
        for value in values
    ]
