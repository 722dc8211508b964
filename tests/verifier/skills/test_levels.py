"""Levels are compared within one scheme, and only where the order is proved."""

from __future__ import annotations

import pytest

from verifier.model import Level
from verifier.skills import Comparison, NqfMapping, compare
from verifier.skills.levels import level_in_label, shortfall, spoken


def level(scheme: str, value: str, *order: str) -> Level:
    return Level(scheme=scheme, value=value, order=order)


@pytest.mark.parametrize(
    ("have", "want", "expected"),
    [
        (level("EQF", "6"), level("EQF", "6"), Comparison.REACHED),
        (level("eqf", "Level 7"), level("EQF", "6"), Comparison.REACHED),
        (level("EQF", "http://data.europa.eu/snb/eqf/5"), level("EQF", "6"), Comparison.SHORT),
        (level("EQF", "10"), level("EQF", "1"), Comparison.UNKNOWN),
        (level("EQF", "six"), level("EQF", "1"), Comparison.UNKNOWN),
        (level("DigComp", "6"), level("EQF", "4"), Comparison.UNKNOWN),
        (level("CEFR", "b2"), level("CEFR", "B1"), Comparison.REACHED),
        (level("CEFR", "A2"), level("CEFR", "B1"), Comparison.SHORT),
        (level("CEFR", "B2"), level("EQF", "1"), Comparison.UNKNOWN),
        (level("O*NET LV", "4.62"), level("O*NET LV", "4.5"), Comparison.REACHED),
        (level("O*NET LV", "4.62"), level("EQF", "4"), Comparison.UNKNOWN),
        (level("O*NET LV", ""), level("O*NET LV", "0"), Comparison.UNKNOWN),
        (level("QF-EHEA", "second"), level("EQF", "7"), Comparison.REACHED),
        (level("rubric:p", "A", "D", "C", "B", "A"), level("rubric:p", "C"), Comparison.REACHED),
        (level("rubric:p", "D", "D", "C", "B", "A"), level("rubric:p", "C"), Comparison.SHORT),
        (level("rubric:p", "A", "A", "B", "A"), level("rubric:p", "B"), Comparison.UNKNOWN),
        (level("rubric:p", "A"), level("rubric:p", "C"), Comparison.UNKNOWN),
        (level("rubric:p", "A", "C", "A"), level("rubric:q", "C"), Comparison.UNKNOWN),
        (None, level("EQF", "1"), Comparison.UNKNOWN),
    ],
)
def test_levels_compare_only_where_that_can_be_told(
    have: Level | None, want: Level, expected: Comparison
) -> None:
    assert compare(have, want) is expected


def test_a_national_level_counts_only_through_a_sourced_row() -> None:
    irish = level("NFQ (IE)", "7")
    assert compare(irish, level("EQF", "6")) is Comparison.UNKNOWN
    row = NqfMapping(scheme="NFQ (IE)", value="7", eqf="6", source="Irish referencing report, 2009")
    assert compare(irish, level("EQF", "6"), national=(row,)) is Comparison.REACHED
    assert compare(irish, level("EQF", "7"), national=(row,)) is Comparison.SHORT


def test_a_shortfall_is_counted_in_steps() -> None:
    assert shortfall(level("EQF", "5"), level("EQF", "6")) == 1


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Developing digital content Level 4", "4"),
        ("developing digital content, level 8", "8"),
        ("Developing digital content", None),
        ("Level 4 developing", None),
        ("level 44", None),
        ("level 9", None),
    ],
)
def test_a_level_is_read_out_of_a_label_only_at_its_end(label: str, value: str | None) -> None:
    found = level_in_label(label, "DigComp")
    assert (found.value if found else None) == value


def test_levels_are_spoken_in_their_own_scheme() -> None:
    assert spoken(level("EQF", "6")) == "EQF 6"
    assert spoken(level("EQF", "http://data.europa.eu/snb/eqf/6")) == "EQF 6"
    assert spoken(level("rubric:https://x.example/1", "A")) == "“A”"
    named = Level(scheme="rubric:urn:1", value="urn:level:good", label="Proficient")
    assert spoken(named) == "“Proficient”"
