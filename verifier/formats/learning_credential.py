"""The EU learning credential: an SD-JWT VC with the elements of a micro-credential as flat claims.

Council Recommendation 2022/C 243/02, Annex I; claim names and types as the reference issuer of the European
Digital Identity Wallet gives them (`eudi-srv-pid-issuer`, learning credential, 2023 to 2026):

    {"vct": "urn:eu.europa.ec.eudi:learning:credential:1", "issuing_authority": "Example College",
     "issuing_country": "GR", "date_of_issuance": "2026-06-30", "date_of_expiry": "2031-06-30",
     "family_name": "…", "given_name": "…", "learner_identification": "0123456",
     "achievement_title": "…", "achievement_description": "…", "learning_outcomes": ["…", "…"],
     "assessment_grade": "Excellent", "language_of_classes": ["en"], "expected_study_time": "12 months",
     "level_of_learning_experience": 6, "types_of_quality_assurance": ["…"],
     "prerequisites_to_enroll": ["…"], "integration_stackability_options": true}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from verifier.errors import MalformedCredential, VerifierError
from verifier.model import Achievement, Alignment, Identifier, JsonObject, Level
from verifier.strict_json import instant, pointer_to

VCT = "urn:eu.europa.ec.eudi:learning:credential:1"
_DATES = ("date_of_issuance", "date_of_expiry")
_DAY = timedelta(days=1)


def sniff(json: JsonObject) -> bool:
    """Whether the claims are those of a learning credential."""
    return json.get("vct") == VCT


def achievement_of(json: JsonObject) -> Achievement:
    """The one achievement that the claims are about; what was not disclosed is not known."""
    outcomes = tuple(_outcomes(json))
    return Achievement(
        name=_text(json, "achievement_title"),
        description=_text(json, "achievement_description"),
        criteria="; ".join(outcome.target_name for outcome in outcomes),
        alignments=outcomes,
        level=_level(json),
        assessed=True if _text(json, "assessment_grade") else None,
    )


def _outcomes(json: JsonObject) -> Iterator[Alignment]:
    """Each learning outcome in the words of the issuer: a name, and no more than that."""
    value = json.get("learning_outcomes")
    many = isinstance(value, list)
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(item, str) and item.strip():
            pointer = pointer_to("learning_outcomes", index) if many else "/learning_outcomes"
            yield Alignment(target_name=item, pointer=pointer, place="text")


def _level(json: JsonObject) -> Level | None:
    """Annex I element 8, a level of the European Qualifications Framework: an integer, 1 to 8."""
    value: Any = json.get("level_of_learning_experience")
    if type(value) is not int or not 1 <= value <= 8:
        return None
    return Level(
        scheme="EQF", value=str(value), label=f"EQF {value}", pointer="/level_of_learning_experience"
    )


def identifiers_of(json: JsonObject) -> Iterator[Identifier]:
    """The number under which the issuer knows the learner."""
    if value := _text(json, "learner_identification"):
        yield Identifier(kind="identifier", value=value, pointer="/learner_identification")


def expiry_of(json: JsonObject) -> datetime | None:
    """The end of the day `date_of_expiry`, which the token's own `exp` may precede."""
    moment = _day(json, "date_of_expiry")
    return None if moment is None else moment + _DAY - timedelta(seconds=1)


def examine(json: JsonObject) -> Iterator[VerifierError]:
    """What the claims must be: a title, and days that are days."""
    if not _text(json, "achievement_title"):
        yield MalformedCredential("it does not say what was achieved", pointer="/achievement_title")
    for name in _DATES:
        if name in json and _day(json, name) is None:
            yield MalformedCredential(f"“{name}” is not a day", pointer=pointer_to(name))


def _day(json: JsonObject, name: str) -> datetime | None:
    """An ISO 8601 calendar day as its first moment in UTC; None where it is none."""
    try:
        return instant(f"{_text(json, name)}T00:00:00Z", pointer_to(name))
    except MalformedCredential:
        return None


def _text(json: JsonObject, name: str) -> str:
    value = json.get(name)
    return value if isinstance(value, str) else ""
