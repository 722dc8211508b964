"""SURF edubadges: what EducredentialAchievement adds to an achievement of Open Badges 3.0.

    {"type": ["Achievement", "EducredentialAchievement"], "assessmentType": "testing", "ECTS": 3.0,
     "identityChecked": true, "supervisionType": "onsite with identity verification",
     "alignment": [{"targetType": "ext:EQF", "targetName": "EQF level 4", "targetCode": "4"}]}

Each of these may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from verifier.model import Alignment, JsonObject, Level
from verifier.strict_json import texts

TYPE = "EducredentialAchievement"
_EQF_TYPE = "ext:EQF"
_EQF_LEVELS = frozenset("12345678")


def is_assessed(achievement: JsonObject) -> bool | None:
    """Whether it says how it was assessed; None for an achievement of another profile."""
    if TYPE not in texts(achievement.get("type")):
        return None
    return True if texts(achievement.get("assessmentType")) else None


def is_identity_verified(achievement: JsonObject) -> bool | None:
    """`identityChecked`, where it says yes or no."""
    checked = achievement.get("identityChecked")
    return checked if TYPE in texts(achievement.get("type")) and isinstance(checked, bool) else None


def level_in(alignments: Iterable[Alignment]) -> Level | None:
    """The EQF level that an alignment of type ext:EQF names by its code."""
    for alignment in alignments:
        if alignment.target_type == _EQF_TYPE and alignment.target_code in _EQF_LEVELS:
            value = str(alignment.target_code)
            return Level(scheme="EQF", value=value, label=f"EQF {value}", pointer=alignment.pointer)
    return None
