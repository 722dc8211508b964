"""Impact ratios, Fisher's exact test, small groups: numbers that others publish, and what is said of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.skills.fairness import audit_csv, fisher_exact, impact, panel

COUNT = st.integers(0, 40)


def exact(a: int, b: int, c: int, d: int) -> float:
    """The same test in whole numbers."""
    row, column, total = a + b, a + c, a + b + c + d
    ways = {
        x: math.comb(row, x) * math.comb(total - row, column - x)
        for x in range(max(0, row + column - total), min(row, column) + 1)
    }
    return sum(way for way in ways.values() if way <= ways[a]) / math.comb(total, column)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 1, 1, 3), 0.4857142857),  # the lady tasting tea, both sides
        ((4, 0, 0, 4), 0.0285714286),
        ((1, 9, 11, 3), 0.0027594562),
        ((0, 0, 0, 0), 1.0),
        ((5, 5, 5, 5), 1.0),
    ],
)
def test_known_tables_have_their_known_p(table: tuple[int, int, int, int], p: float) -> None:
    assert fisher_exact(*table) == pytest.approx(p, rel=1e-6)


@given(COUNT, COUNT, COUNT, COUNT)
def test_the_test_agrees_with_whole_numbers(a: int, b: int, c: int, d: int) -> None:
    assert fisher_exact(a, b, c, d) == pytest.approx(exact(a, b, c, d), rel=1e-5, abs=1e-12)


@given(COUNT, COUNT, COUNT, COUNT)
def test_it_does_not_matter_which_group_stands_first(a: int, b: int, c: int, d: int) -> None:
    assert fisher_exact(a, b, c, d) == pytest.approx(fisher_exact(c, d, a, b), rel=1e-6, abs=1e-12)


def test_the_four_fifths_rule_and_significance_may_disagree() -> None:
    shown = panel("invited", {"a": (60, 100), "b": (47, 100), "c": (20, 40)})
    groups = {group.name: group for group in shown.groups}
    assert (groups["a"].impact_ratio, groups["a"].p_value) == (1.0, None)
    assert groups["b"].impact_ratio == pytest.approx(0.7833, abs=1e-4)
    assert (groups["b"].note, groups["b"].below_four_fifths) == ("adverse_not_significant", True)
    assert groups["c"].impact_ratio == pytest.approx(0.8333, abs=1e-4)
    assert groups["c"].note == "no_difference_found"
    large = panel("invited", {"a": (6_000, 10_000), "b": (5_500, 10_000)})
    assert large.groups[1].note == "significant_not_adverse"


def test_small_groups_are_marked_and_are_no_yardstick() -> None:
    shown = panel("invited", {"large": (50, 100), "tiny": (3, 3)})
    large, tiny = shown.groups
    assert (large.impact_ratio, large.small) == (1.0, False)
    assert (tiny.impact_ratio, tiny.note) == (2.0, "too_small_to_tell")
    share = panel("invited", {"large": (500, 3_000), "little": (9, 40)})
    assert share.groups[1].small


def test_nobody_selected_and_nobody_there_divide_nothing() -> None:
    none = panel("hired", {"a": (0, 50), "b": (0, 50)})
    assert [group.impact_ratio for group in none.groups] == [None, None]
    assert not any(group.below_four_fifths for group in none.groups)
    empty = panel("hired", {"a": (0, 0)})
    assert (empty.groups[0].rate, empty.groups[0].note) == (None, "too_small_to_tell")
    assert panel("hired", {}).groups == ()


def test_people_whose_group_is_unknown_are_in_no_rate() -> None:
    shown = impact("invited", [("a", True), (None, True), ("", False), ("a", False), ("b", True)])
    assert shown.unknown == 2
    assert [(group.name, group.selected, group.people) for group in shown.groups] == [
        ("a", 1, 2),
        ("b", 1, 1),
    ]


@pytest.mark.parametrize("counts", [(2, 1), (-1, 3), (0, 10**7)])
def test_counts_that_cannot_be_are_misuse(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        panel("invited", {"a": counts})


def test_the_audit_carries_tool_and_date_and_runs_nothing() -> None:
    shown = impact("invited", [("=cmd()", True), ("b", False), (None, True)])
    lines = audit_csv([shown], tool="skillproof 0.1.0", at="2026-09-01").decode().splitlines()
    assert lines[0].endswith(",tool,date")
    assert lines[1].startswith("invited,'=cmd(),1,1,1.0000,")
    assert lines[3].startswith("invited,not known,1,")
    assert all(line.endswith("skillproof 0.1.0,2026-09-01") for line in lines[1:])
