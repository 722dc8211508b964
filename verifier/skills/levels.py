"""Levels, compared within one scheme only and only where the order can be proved (SKILLS §1.5, §5).

EQF: Council Recommendation 2017/C 189/03; QF-EHEA cycles correspond to EQF 5–8 by the same text, Annex III.
DigComp 2.2: eight proficiency levels. CEFR: A1–C2. O*NET LV: a scale from 0 to 7, never converted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from verifier.model import Level

_EIGHT = tuple("12345678")
SCHEMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "eqf": _EIGHT,
        "digcomp": _EIGHT,
        "isced": tuple("012345678"),
        "cefr": ("A1", "A2", "B1", "B2", "C1", "C2"),
        "qf-ehea": ("SHORT", "FIRST", "SECOND", "THIRD"),
    }
)
ONET_LEVEL = "o*net lv"
_QF_EHEA_AS_EQF = {"SHORT": "5", "FIRST": "6", "SECOND": "7", "THIRD": "8"}
_LAST_DIGIT = re.compile(r"(?:.{0,40}[^\d.,-])?([0-8])", re.DOTALL)
_DECIMAL = re.compile(r"[0-7](?:\.\d{1,2})?")
_IN_LABEL = re.compile(r"\blevel\s+([1-8])\s*$", re.IGNORECASE)


class Comparison(StrEnum):
    """How a level stands to a minimum."""

    REACHED = "reached"
    SHORT = "short"
    UNKNOWN = "unknown"  # another scheme, no level, or an order that cannot be proved


@dataclass(frozen=True, slots=True, kw_only=True)
class NqfMapping:
    """One row of a national referencing report: without a source there is no row (SKILLS §3)."""

    scheme: str  # e.g. "NFQ (IE)"
    value: str
    eqf: str
    source: str  # address or citation of the referencing report


def compare(level: Level | None, minimum: Level, *, national: tuple[NqfMapping, ...] = ()) -> Comparison:
    """Whether `level` reaches `minimum`; levels of different schemes are UNKNOWN, never less."""
    short_by = shortfall(level, minimum, national=national)
    if short_by is None:
        return Comparison.UNKNOWN
    return Comparison.SHORT if short_by > 0 else Comparison.REACHED


def shortfall(level: Level | None, minimum: Level, *, national: tuple[NqfMapping, ...] = ()) -> float | None:
    """How many steps `level` lies below `minimum`: 0 or less reaches it, None cannot be told."""
    if level is None:
        return None
    if scheme_of(minimum) == "eqf":
        level = as_eqf(level, national) or level
    if scheme_of(level) != scheme_of(minimum):
        return None
    have, want = (
        position(level, level.order or minimum.order),
        position(minimum, level.order or minimum.order),
    )
    return None if have is None or want is None else want - have


def scheme_of(level: Level) -> str:
    """The scheme as it is compared."""
    return level.scheme.strip().casefold()


def position(level: Level, order: tuple[str, ...] = ()) -> float | None:
    """Where `level` stands in its scheme, or in `order` (lowest first) for a rubric; None: cannot be told."""
    scheme = scheme_of(level)
    value = level.value.strip()
    if scheme == ONET_LEVEL:
        return float(value) if _DECIMAL.fullmatch(value) else None
    if values := SCHEMES.get(scheme):
        value = value.upper()
        if value not in values and values[-1] == "8" and (digit := _LAST_DIGIT.fullmatch(value)):
            value = digit[1]  # "EQF 6", "Level 6", the address of the level
        return values.index(value) if value in values else None
    # An order in which a value stands twice orders nothing.
    return order.index(value) if order.count(value) == 1 else None


def as_eqf(level: Level, national: tuple[NqfMapping, ...] = ()) -> Level | None:
    """`level` in the EQF, where a published text says so; None otherwise. Never by equal numbers."""
    scheme, value = scheme_of(level), level.value.strip()
    if scheme == "qf-ehea" and (eqf := _QF_EHEA_AS_EQF.get(value.upper())):
        return Level(scheme="EQF", value=eqf, label=f"QF-EHEA {value}", pointer=level.pointer)
    for row in national:
        if (row.scheme.strip().casefold(), row.value.strip()) == (scheme, value):
            return Level(scheme="EQF", value=row.eqf, label=f"{level.scheme} {value}", pointer=level.pointer)
    return None


def level_in_label(label: str, scheme: str, pointer: str = "") -> Level | None:
    """The level that stands only in a label, e.g. “Developing digital content Level 4”."""
    if found := _IN_LABEL.search(label[-40:]):
        return Level(scheme=scheme, value=found[1], label=label, pointer=pointer)
    return None


def spoken(level: Level) -> str:
    """For people: "EQF 6", "B2", "O*NET level 4.62", “Proficient”; a rubric speaks by its label."""
    if scheme_of(level).startswith("rubric:"):
        return f"“{level.label or level.value}”"
    value = level.value[-1] if level.value.startswith("http") else level.value
    return f"{level.scheme} {value}".strip()
