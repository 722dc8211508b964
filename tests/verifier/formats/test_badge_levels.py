"""Which of two results is the higher is told only where two witnesses say so; else nobody is accused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.formats.badge_levels import is_short, level_of

FALLING = ["A", "B", "C", "D", "F"]
RISING = FALLING[::-1]


def order(kind: str, **description: Any) -> tuple[str, ...]:
    level, _ = level_of({"value": "B"}, {"id": "urn:1", "resultType": kind, **description})
    assert level is not None
    return level.order


@pytest.mark.parametrize(
    ("kind", "description", "proved"),
    [
        # OB 3.0 §B.7 wants the lowest first, and the letters agree
        ("LetterGrade", {"allowedValue": ["D", "C", "B", "A"]}, ("D", "C", "B", "A")),
        ("LetterGrade", {"allowedValue": RISING}, tuple(RISING)),
        ("LetterGrade", {"allowedValue": ["C-", "C", "C+", "B-"]}, ("C-", "C", "C+", "B-")),
        # the highest first, against the specification: nothing is proved …
        ("LetterGrade", {"allowedValue": FALLING}, ()),
        ("LetterGrade", {"allowedValue": ["A", "A-", "B+", "B"]}, ()),
        # … unless the ends are named
        ("LetterGrade", {"allowedValue": FALLING, "valueMin": "F", "valueMax": "A"}, tuple(RISING)),
        ("LetterGrade", {"allowedValue": FALLING, "valueMin": "A", "valueMax": "F"}, ()),
        ("LetterGrade", {"allowedValue": ["B", "A", "C"]}, ()),
        ("LetterGrade", {"allowedValue": ["D", "C", "C", "A"]}, ()),
        ("LetterGrade", {"allowedValue": ["A"]}, ()),
        ("LetterGrade", {}, ()),
        # words have no order of their own
        ("RubricCriterionLevel", {"allowedValue": ["Low", "Mid", "High"]}, ()),
        (
            "RubricCriterionLevel",
            {"allowedValue": ["Low", "Mid", "High"], "valueMin": "Low", "valueMax": "High"},
            ("Low", "Mid", "High"),
        ),
        (
            "RubricCriterionLevel",
            {"allowedValue": ["High", "Mid", "Low"], "valueMin": "Low", "valueMax": "High"},
            ("Low", "Mid", "High"),
        ),
        ("RubricCriterionLevel", {"allowedValue": ["Low", "A", "High"], "valueMin": "Low"}, ()),
        # of a score more is better, whatever the order of the list; of a grade in numbers that is unknown
        ("Percent", {"valueMin": "0", "valueMax": "100"}, ("0", "100")),
        ("RawScore", {"allowedValue": ["30", "9", "10.5"]}, ("9", "10.5", "30")),
        ("ext:ECTSGradeScore", {"valueMin": "1", "valueMax": "10"}, ("1", "10")),
        ("Percent", {"valueMin": "5", "valueMax": "5"}, ()),
        ("Percent", {"allowedValue": ["1", "many"]}, ()),
        ("Percent", {}, ()),
        ("LetterGrade", {"allowedValue": ["1", "2", "3", "4", "5"]}, ()),
        ("Result", {"valueMin": "1.0", "valueMax": "5.0"}, ()),
    ],
)
def test_an_order_needs_two_witnesses(
    kind: str, description: dict[str, Any], proved: tuple[str, ...]
) -> None:
    assert order(kind, **description) == proved


@pytest.mark.parametrize(
    ("kind", "required", "value", "short"),
    [
        ("Percent", "60", "59", True),
        ("Percent", "60", "60.0", False),
        ("RawScore", "9", "10", False),
        # 1.3 is a very good grade where 4.0 is the last that passes
        ("LetterGrade", "4.0", "1.3", False),
        ("Result", "4.0", "1.3", False),
        ("Percent", "1_0", "5", False),
        ("Percent", "nan", "5", False),
        ("Percent", "٦٠", "5", False),
    ],
)
def test_only_of_a_score_less_is_worse(kind: str, required: str, value: str, short: bool) -> None:
    description = {"id": "urn:1", "resultType": kind, "requiredValue": required}
    level, _ = level_of({"value": value}, description)
    assert is_short(level, description) is short


def test_the_example_of_the_specification_is_met() -> None:
    project = {
        "id": "urn:project",
        "resultType": "LetterGrade",
        "allowedValue": ["D", "C", "B", "A"],
        "requiredValue": "C",
    }
    for value, short in (("A", False), ("C", False), ("D", True), ("E", False)):
        level, _ = level_of({"value": value}, project)
        assert is_short(level, project) is short, value


ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(FALLING)


@given(
    kind=ANYTHING,
    values=st.lists(ANYTHING, max_size=6) | ANYTHING,
    low=ANYTHING,
    high=ANYTHING,
    required=ANYTHING,
    value=ANYTHING,
)
def test_whatever_a_description_says_an_order_is_of_its_own_values(
    kind: Any, values: Any, low: Any, high: Any, required: Any, value: Any
) -> None:
    description = {"resultType": kind, "allowedValue": values, "valueMin": low, "valueMax": high}
    level, _ = level_of({"value": value}, {**description, "requiredValue": required})
    is_short(level, {**description, "requiredValue": required})
    if level is not None:
        assert len(set(level.order)) == len(level.order)
        assert set(level.order) <= {*(values if isinstance(values, list) else [values]), low, high}
