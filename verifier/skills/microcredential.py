"""What a micro-credential is worth knowing by: workload, level, assessment; three published yardsticks.

Common Microcredential Framework (European MOOC Consortium); the UNESCO and EU definitions (Council
Recommendation 2022/C 243/02); a size class by workload. Information, never a hidden gate: what a
document does not say stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verifier.skills.facts import Facts

HOURS_PER_ECTS = (25.0, 30.0)  # ECTS Users' Guide 2015


class Holds(StrEnum):
    """Whether a condition is met; UNKNOWN is neither."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a yardstick."""

    name: str
    holds: Holds
    reason: str
    decides: bool = True  # False: shown beside the result, not part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """The result of laying one published definition against a document."""

    name: str
    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> Holds:
        """NO if any condition fails; UNKNOWN if any cannot be told."""
        answers = [condition.holds for condition in self.conditions if condition.decides]
        if Holds.NO in answers:
            return Holds.NO
        return Holds.UNKNOWN if Holds.UNKNOWN in answers or not answers else Holds.YES

    @property
    def sentence(self) -> str:
        """One sentence with the first reason that decided."""
        if self.holds is Holds.YES:
            return f"a micro-credential by {self.name}"
        reason = next(item.reason for item in self.conditions if item.decides and item.holds is self.holds)
        verdict = "not a micro-credential by" if self.holds is Holds.NO else "cannot be told by"
        return f"{verdict} {self.name}: {reason}"


def common_microcredential_framework(facts: Facts) -> Yardstick:
    """The Common Microcredential Framework: 100–150 h or 4–6 ECTS, EQF 6–7 (4–5 with ECTS), and the rest."""
    return Yardstick(
        name="the Common Microcredential Framework",
        conditions=(
            _cmf_workload(facts),
            _cmf_level(facts),
            _condition(
                "summative assessment", facts.summative, "no summative assessment", "assessment not stated"
            ),
            _condition(
                "identity verification",
                facts.identity_verified,
                "identity was not verified in the assessment",
                "whether identity was verified is not stated",
            ),
            _condition("academic credit", facts.credit, "no academic credit", "credit not stated"),
            _condition(
                "transcript",
                True
                if None not in (facts.hours or facts.ects, facts.eqf, facts.credit) and facts.outcomes
                else None,
                "no transcript",
                "outcomes, hours, level and credits do not all stand in it",
                decides=False,
            ),
            _condition(
                "counts toward a degree",
                facts.toward_degree,
                "counts toward no degree",
                "whether it counts toward a degree is not stated",
                decides=False,
            ),
        ),
    )


def microcredential_definition(facts: Facts) -> Yardstick:
    """The UNESCO and EU definitions: outcomes, assessed on clear standards, by a named provider."""
    return Yardstick(
        name="the UNESCO/EU definition",
        conditions=(
            _condition("assessment", facts.assessed, "no assessment found", "assessment not stated"),
            _condition(
                "learning outcomes", facts.outcomes, "no learning outcome found", "outcomes not stated"
            ),
            _condition("provider", facts.provider, "no provider named", "provider not stated"),
            _condition(
                "quality assurance",
                facts.quality_assured,
                "no quality assurance found",
                "quality assurance not stated",
                decides=False,  # UNESCO requires it of the provider; few documents say it
            ),
        ),
    )


def size_class(facts: Facts) -> str:
    """The name of the size: up to 12 h, 1–5 ECTS, above; "" where it cannot be told."""
    low, high = _ects_range(facts)
    if facts.ects is None and facts.hours is not None and facts.hours <= 12:
        return "skill credential"
    if low is None or high is None:
        return ""
    if low > 5:
        return "short programme"
    return "module" if low >= 1 and high <= 5 else ""


def recognition_facts(facts: Facts) -> tuple[Condition, ...]:
    """What a recognition officer asks first; whether a body is covered by ESG no document proves."""
    return (
        Condition(
            name="provider covered by ESG", holds=Holds.UNKNOWN, reason="look the provider up in DEQAR"
        ),
        _condition("level stated", True if facts.eqf else None, "", "no EQF level"),
        _condition("workload in ECTS", True if facts.ects else None, "", "no ECTS"),
        _condition("assessed", facts.assessed, "no assessment found", "assessment not stated"),
        _condition("quality assurance stated", facts.quality_assured, "none found", "not stated"),
    )


def _condition(name: str, fact: bool | None, no: str, unknown: str, *, decides: bool = True) -> Condition:
    if fact is None:
        return Condition(name=name, holds=Holds.UNKNOWN, reason=unknown, decides=decides)
    return Condition(
        name=name, holds=Holds.YES if fact else Holds.NO, reason="stated" if fact else no, decides=decides
    )


def _cmf_workload(facts: Facts) -> Condition:
    known = [
        (value, low <= value <= high, f"{value:g} {unit} is outside {low:g}–{high:g}")
        for value, low, high, unit in ((facts.hours, 100, 150, "h"), (facts.ects, 4, 6, "ECTS"))
        if value is not None
    ]
    if not known:
        return Condition(name="workload", holds=Holds.UNKNOWN, reason="no workload in hours or ECTS")
    wrong = next((reason for _, inside, reason in known if not inside), "")
    return Condition(name="workload", holds=Holds.NO if wrong else Holds.YES, reason=wrong or "stated")


def _cmf_level(facts: Facts) -> Condition:
    if facts.eqf is None:
        return Condition(name="level", holds=Holds.UNKNOWN, reason="no EQF level")
    credited = facts.ects is not None and 4 <= facts.ects <= 6
    fits = facts.eqf in (6, 7) or (facts.eqf in (4, 5) and credited)
    reason = "stated" if fits else f"EQF {facts.eqf}" + (" without ECTS" if facts.eqf in (4, 5) else "")
    return Condition(name="level", holds=Holds.YES if fits else Holds.NO, reason=reason)


def _ects_range(facts: Facts) -> tuple[float | None, float | None]:
    if facts.ects is not None:
        return facts.ects, facts.ects
    if facts.hours is None:
        return None, None
    return facts.hours / HOURS_PER_ECTS[1], facts.hours / HOURS_PER_ECTS[0]
