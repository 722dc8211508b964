"""Levels of Open Badges 3.0 results, and which of two is the higher: only where the document proves it.

The specification wants `allowedValue` lowest first (OB 3.0 §B.7 ResultDescription); of the published records
some have it the other way, so a list alone proves nothing. An order counts where a second witness agrees:
points, a score by its result type, letters that run from F to A, or `valueMin` and `valueMax` at its ends.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.model import JsonObject, Level
from verifier.strict_json import id_of, objects, text_of, texts

_LETTER = re.compile(r"([A-F])([+-]?)")
_SIGNS = {"+": 0, "": 1, "-": 2}
# Result types that are scores (OB 3.0 §B.6 ResultType): more is better. “Result” and letter grades written as
# numbers are left out: in parts of Europe 1 is the best grade.
_SCORES = frozenset({"Percent", "GradePointAverage"})
_SCORE = "Score"  # RawScore, ScaledScore, RubricScore, PredictedScore, ext:…Score
MAX_DIGITS = 32  # of a number; a grade has a handful
_DECIMAL = re.compile(rf"-?\d{{1,{MAX_DIGITS}}}(?:\.\d{{1,{MAX_DIGITS}}})?", re.ASCII)


def level_of(
    result: JsonObject, description: JsonObject
) -> tuple[Level | None, tuple[int, JsonObject] | None]:
    """The level a result reached, and the rubric level it names.

    The order of a rubric is that of its levels only where all of them carry points, each its own.
    """
    scheme = f"rubric:{id_of(description) or ''}"
    rubric = objects(description.get("rubricCriterionLevel"))
    achieved = _text(result, "achievedLevel")
    for index, entry in enumerate(rubric):
        if achieved is not None and id_of(entry) == achieved:
            name = text_of(entry.get("name")) or text_of(entry.get("level"))
            return Level(scheme=scheme, value=achieved, label=name, order=_rubric_order(rubric)), (
                index,
                entry,
            )
    value = _text(result, "value")
    if value is None:
        return None, None
    return Level(scheme=scheme, value=value, label=value, order=_allowed_order(description)), None


def _rubric_order(rubric: tuple[JsonObject, ...]) -> tuple[str, ...]:
    points = [_number(entry.get("points")) for entry in rubric]
    if not rubric or any(point is None for point in points) or len(set(points)) != len(points):
        return ()
    ranked = sorted(zip(points, rubric, strict=True), key=lambda pair: pair[0] or 0.0)
    return tuple(id_of(entry) or "" for _, entry in ranked)


def _allowed_order(description: JsonObject) -> tuple[str, ...]:
    """The values of a result, lowest first, where two witnesses say so; else none."""
    values = texts(description.get("allowedValue"))
    ends = (_text(description, "valueMin") or "", _text(description, "valueMax") or "")
    numbers = {value: number for value in values or ends if (number := _number(value)) is not None}
    if _is_score(description):
        return tuple(sorted(numbers, key=numbers.__getitem__)) if len(numbers) == len(values or ends) else ()
    if numbers or len(values) < 2 or len(set(values)) != len(values):
        return ()  # numbers that are no scores may be grades, of which 1 is often the best
    if ends == (values[-1], values[0]):
        values = values[::-1]
    ranks = [rank for value in values if (rank := _letter_rank(value)) is not None]
    if len(ranks) == len(values):
        return values if ranks == sorted(ranks, reverse=True) else ()
    return values if ends == (values[0], values[-1]) else ()


def _is_score(description: JsonObject) -> bool:
    kind = _text(description, "resultType") or ""
    return kind in _SCORES or kind.endswith(_SCORE)


def _letter_rank(value: str) -> tuple[str, int] | None:
    """The place of a letter grade, best first: A+, A, A-, B+ …"""
    found = _LETTER.fullmatch(value)
    return None if found is None else (found[1], _SIGNS[found[2]])


def is_short(level: Level | None, description: JsonObject) -> bool:
    """Whether the level reached is provably below the one required; an unknown order accuses nobody."""
    required = _text(description, "requiredLevel") or _text(description, "requiredValue")
    if level is None or required is None:
        return False
    got, wanted = _number(level.value), _number(required)
    if _is_score(description) and got is not None and wanted is not None:
        return got < wanted
    return (
        level.value in level.order
        and required in level.order
        and level.order.index(level.value) < level.order.index(required)
    )


def _number(value: Any) -> float | None:
    """A number as JSON or as a plain decimal text; never what Python alone would take for one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if len(str(value)) <= MAX_DIGITS else None
    return float(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


def _text(node: JsonObject, name: str) -> str | None:
    value = node.get(name)
    return value if isinstance(value, str) and value else None
