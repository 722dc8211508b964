"""What a document says of its own workload, level and assessment; what it does not say stays None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier import strict_json
from verifier.model import Credential, JsonObject
from verifier.skills.annex1 import annex1, is_elm
from verifier.skills.places import Place, along, first

# ISO 8601: M before the T is months, after it minutes. "P60M" is five years, "PT60M" one hour.
_DURATION = re.compile(
    r"P(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,4}D)?(?:T(?:(\d{1,5}(?:\.\d{1,3})?)H)?(?:(\d{1,5})M)?(?:\d{1,5}S)?)?"
)
_TIME_ONLY = re.compile(r"PT")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
ECTS_CONCEPT = "http://data.europa.eu/snb/education-credit/6fcec5c5af"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document says of itself; None wherever it says nothing."""

    hours: float | None = None
    ects: float | None = None
    eqf: int | None = None
    assessed: bool | None = None
    summative: bool | None = None
    identity_verified: bool | None = None
    credit: bool | None = None  # academic credit, directly or by recognition of prior learning
    outcomes: bool | None = None
    quality_assured: bool | None = None
    toward_degree: bool | None = None
    provider: bool | None = None


def facts_of(credential: Credential) -> Facts:
    """The facts of a European Learning Model credential, an Open Badge 3.0 or an EU learning credential."""
    document = credential.document
    return _elm_facts(document) if is_elm(document) else _open_badge_facts(credential)


def hours_of(duration: str) -> float | None:
    """Hours of an ISO 8601 duration in hours and minutes; None for months, days and anything else."""
    found = _DURATION.fullmatch(duration.strip())
    if not found or not _TIME_ONLY.match(duration.strip()) or not (found[1] or found[2]):
        return None
    return float(found[1] or 0) + float(found[2] or 0) / 60


def _elm_facts(document: JsonObject) -> Facts:
    claim = "credentialSubject.hasClaim"
    spec = f"{claim}.specifiedBy"
    assessed = first(document, f"{claim}.provenBy") is not None
    ects = _ects(document, f"{spec}.creditPoint", f"{claim}.creditReceived")
    part_of = first(
        document, f"{claim}.isPartOf", f"{claim}.entitlesTo", f"{spec}.isPartOf", f"{spec}.entitlesTo"
    )
    partial = first(document, f"{spec}.isPartialQualification")
    return Facts(
        hours=_hours(
            document, f"{spec}.volumeOfLearning", f"{claim}.workload", f"{claim}.influencedBy.workload"
        ),
        ects=ects,
        eqf=_eqf(first(document, f"{spec}.eqfLevel")),
        # the model has a place for an assessment, so a credential without one states that there was none
        assessed=assessed,
        summative=assessed,  # `provenBy` proves the achievement as a whole
        identity_verified=_identity(first(document, f"{claim}.provenBy.idVerification")),
        credit=True if ects else None,
        outcomes=first(document, f"{spec}.learningOutcome") is not None,
        quality_assured=True
        if first(document, f"{claim}.awardedBy.awardingBody.accreditation", f"{spec}.accreditation")
        else None,
        toward_degree=True if part_of or (partial and partial.value is True) else None,
        provider=first(document, f"{claim}.awardedBy.awardingBody") is not None,
    )


def _open_badge_facts(credential: Credential) -> Facts:
    document = credential.document
    card = annex1(credential)
    present = {element.number: element for element in card.elements if element.pointer} if card else {}
    achievement = "credentialSubject.achievement"
    ects = first(document, f"{achievement}.ECTS")
    hours = first(document, f"{achievement}.SBU", f"{achievement}.timeInvestment")
    assessed = (
        first(document, f"{achievement}.assessmentType", "credentialSubject.result", "assessment_grade")
        is not None
        or None
    )
    checked = first(document, f"{achievement}.identityChecked")
    supervised = _identity(first(document, f"{achievement}.supervisionType"))
    says = [answer for answer in (supervised, checked.value if checked else None) if isinstance(answer, bool)]
    level = present.get("8")
    return Facts(
        hours=_number(hours),
        ects=_number(ects),
        eqf=_level_in(level.value) if level else None,
        assessed=assessed,
        summative=assessed,
        # two statements that contradict each other state nothing
        identity_verified=says[0] if says and len(set(says)) == 1 else None,
        credit=True if _number(ects) else None,
        outcomes=True if "6" in present else None,
        quality_assured=True if "11" in present else None,
        provider=True if "4" in present else None,
    )


def _hours(document: JsonObject, *paths: str) -> float | None:
    return next(
        (hours for path in paths for place in along(document, path) for hours in _as_hours(place)), None
    )


def _as_hours(place: Place) -> Iterator[float]:
    if isinstance(place.value, str) and (hours := hours_of(place.value)) is not None:
        yield hours


def _ects(document: JsonObject, *paths: str) -> float | None:
    """Points in the European Credit Transfer System; points of another or no framework have no unit here."""
    for path in paths:
        for place in along(document, path):
            framework = next(place.along("framework"), None)
            named = framework.text.casefold() if framework else ""
            is_ects = framework is not None and strict_json.id_of(framework.value) == ECTS_CONCEPT
            if is_ects or "ects" in named or "european credit transfer" in named:
                return _number(next(place.along("point"), None))
    return None


def _number(place: Place | None) -> float | None:
    if place is None or isinstance(place.value, bool):
        return None
    return float(place.text) if _NUMBER.fullmatch(place.text) else None


def _eqf(place: Place | None) -> int | None:
    if place is None:
        return None
    node = place.value if isinstance(place.value, dict) else {"id": place.text}
    for text in (strict_json.text_of(node.get("id")), strict_json.text_of(node.get("notation"))):
        if found := re.fullmatch(r"(?:https?://data\.europa\.eu/snb/eqf/)?([1-8])", text):
            return int(found[1])
    return None


def _level_in(spoken: str) -> int | None:
    """The level of “EQF 6”; whatever else a document writes in its place is none."""
    level = spoken.removeprefix("EQF ")
    return int(level) if re.fullmatch(r"[1-8]", level, re.ASCII) else None


def _identity(place: Place | None) -> bool | None:
    if place is None:
        return None
    text = place.text.casefold()
    if "without id" in text or "unsupervised" in text:
        return False
    return True if "with id" in text else None
