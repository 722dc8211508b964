"""Whether a step treats groups alike: impact ratios and Fisher's exact test on separately given group data.

The four-fifths rule (29 CFR 1607.4 D) and a test of significance disagree in many samples, so both are
shown. Groups below 2 % of all may be left out of a published audit (NYC Local Law 144, 6 RCNY 5-301 d);
here they are marked and still shown. Nothing in matching reads any of this.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FOUR_FIFTHS = 0.8
SIGNIFICANT = 0.05
SMALL_SHARE = 0.02
SMALL_COUNT = 30  # below it a rate jumps by more than three points with one person
MAX_PEOPLE = 1_000_000  # Fisher's sum is linear in the smaller margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group and how it fared."""

    name: str
    people: int
    selected: int
    rate: float | None  # None: nobody is in it
    impact_ratio: float | None  # rate ÷ the highest rate; None where that is 0 or unknown
    below_four_fifths: bool
    p_value: float | None  # two-sided, against the group with the highest rate; None for that group itself
    small: bool

    @property
    def note(self) -> str:
        """What a person should know about these numbers, as a stable code."""
        if self.small:
            return "too_small_to_tell"
        significant = self.p_value is not None and self.p_value < SIGNIFICANT
        if self.below_four_fifths:
            return "adverse_and_significant" if significant else "adverse_not_significant"
        return "significant_not_adverse" if significant else "no_difference_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All groups of one characteristic at one step."""

    step: str  # e.g. "invited to interview"
    groups: tuple[Group, ...]  # in the order of their names
    unknown: int  # people whose group is not known: in no rate


def impact(step: str, outcomes: Iterable[tuple[str | None, bool]]) -> Panel:
    """The panel over (group, selected) of each person; a group of None or "" is not known."""
    people: dict[str, int] = {}
    selected: dict[str, int] = {}
    unknown = 0
    for name, chosen in outcomes:
        if not name:
            unknown += 1
            continue
        people[name] = people.get(name, 0) + 1
        selected[name] = selected.get(name, 0) + chosen
    return panel(step, {name: (selected[name], count) for name, count in people.items()}, unknown=unknown)


def panel(step: str, counts: Mapping[str, tuple[int, int]], *, unknown: int = 0) -> Panel:
    """The panel over group → (selected, people). `ValueError` for counts that cannot be."""
    for name, (chosen, people) in counts.items():
        if not 0 <= chosen <= people <= MAX_PEOPLE:
            raise ValueError(f"{name}: {chosen} of {people} cannot be")
    total = sum(people for _, people in counts.values())
    best = _reference(counts)
    groups = tuple(_group(name, counts, best, total) for name in sorted(counts))
    return Panel(step=step, groups=groups, unknown=unknown)


def _reference(counts: Mapping[str, tuple[int, int]]) -> str | None:
    """The group with the highest rate; small ones only where there are no others. The larger breaks a tie."""
    total = sum(people for _, people in counts.values())
    filled = [name for name, (_, people) in counts.items() if people]
    large = [name for name in filled if not _is_small(counts[name][1], total)]
    return max(
        large or filled,
        key=lambda name: (counts[name][0] / counts[name][1], counts[name][1], name),
        default=None,
    )


def _group(name: str, counts: Mapping[str, tuple[int, int]], best: str | None, total: int) -> Group:
    chosen, people = counts[name]
    rate = chosen / people if people else None
    ratio = p_value = None
    if best is not None and rate is not None:
        best_chosen, best_people = counts[best]
        ratio = rate / (best_chosen / best_people) if best_chosen else None
        if name != best:
            p_value = fisher_exact(chosen, people - chosen, best_chosen, best_people - best_chosen)
    return Group(
        name=name,
        people=people,
        selected=chosen,
        rate=rate,
        impact_ratio=ratio,
        below_four_fifths=ratio is not None and ratio < FOUR_FIFTHS,
        p_value=p_value,
        small=_is_small(people, total),
    )


def _is_small(people: int, total: int) -> bool:
    return people < SMALL_COUNT or people < SMALL_SHARE * total


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Two-sided p of [[a, b], [c, d]]: the sum over all tables no likelier than this one (Fisher 1922)."""
    row, column, total = a + b, a + c, a + b + c + d
    low, high = max(0, row + column - total), min(row, column)
    fixed = _log_choose(total, column)

    def log_likelihood(x: int) -> float:
        return _log_choose(row, x) + _log_choose(total - row, column - x) - fixed

    # a hair of slack: equal tables differ in the last bits of their logarithms
    limit = log_likelihood(a) + 1e-7
    return min(1.0, math.fsum(math.exp(v) for x in range(low, high + 1) if (v := log_likelihood(x)) <= limit))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def audit_csv(panels: Iterable[Panel], *, tool: str, at: str) -> bytes:
    """The panels as the table of a published audit, with the tool's version and the date on every row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [
            "step",
            "group",
            "people",
            "selected",
            "selection_rate",
            "impact_ratio",
            "fisher_p",
            "note",
            "tool",
            "date",
        ]
    )
    for shown in panels:
        for group in shown.groups:
            writer.writerow(
                [
                    _plain(shown.step),
                    _plain(group.name),
                    group.people,
                    group.selected,
                    _number(group.rate),
                    _number(group.impact_ratio),
                    _number(group.p_value),
                    group.note,
                    tool,
                    at,
                ]
            )
        if shown.unknown:
            unknown = [_plain(shown.step), "not known", shown.unknown, "", "", "", "", "in_no_rate", tool, at]
            writer.writerow(unknown)
    return out.getvalue().encode("utf-8")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _plain(text: str) -> str:
    """Group names come from outside: a spreadsheet must not run them."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
