"""The elements that describe a micro-credential: EU Council Recommendation 2022/C 243/02, Annex I.

Eleven mandatory and five optional elements, each present, absent or not applicable, with its value and
where it stands. A count for people; never a block and never a gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from verifier import strict_json
from verifier.errors import plain
from verifier.model import Credential, JsonObject
from verifier.skills.annex1_places import ACHIEVEMENT, CLAIM, ELM, NAMES, OPEN_BADGE, SAID, WALLET
from verifier.skills.frameworks.eqf import identify as identify_eqf
from verifier.skills.frameworks.identity import Reference
from verifier.skills.places import Place, along, first


class Presence(StrEnum):
    """Whether the document states an element."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of Annex I as this document has it."""

    number: str  # "1" to "11" mandatory, "o1" to "o5" optional
    name: str
    presence: Presence
    value: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex1Card:
    """All sixteen elements."""

    elements: tuple[Element, ...]

    def element(self, number: str) -> Element:
        """One element by its number; `KeyError` for another."""
        for element in self.elements:
            if element.number == number:
                return element
        raise KeyError(number)

    @property
    def headline(self) -> str:
        """E.g. "10 of 11 mandatory elements, 4 of 5 optional"; what does not apply is not counted."""
        counts = []
        for optional in (False, True):
            group = [element for element in self.elements if element.number.startswith("o") is optional]
            applicable = [element for element in group if element.presence is not Presence.NOT_APPLICABLE]
            present = sum(element.presence is Presence.PRESENT for element in applicable)
            counts.append(f"{present} of {len(applicable)}")
        return f"{counts[0]} mandatory elements, {counts[1]} optional"


Finder = Callable[[JsonObject], tuple[str, str] | None]  # document → (value, pointer)


def annex1(credential: Credential) -> Annex1Card | None:
    """The card for ELM, an Open Badge 3.0 or the EU learning credential; None for any other document."""
    document = credential.document
    if "vct" in document and first(document, "achievement_title") is not None:
        return Annex1Card(elements=tuple(_wallet(document, number) for number in NAMES))
    if is_elm(document):
        return Annex1Card(elements=tuple(_elm(document, number) for number in NAMES))
    if first(document, ACHIEVEMENT) is not None:
        return Annex1Card(elements=tuple(_open_badge(document, number) for number in NAMES))
    return None


def is_elm(document: JsonObject) -> bool:
    """Whether `document` speaks ELM."""
    return first(document, CLAIM) is not None


def _elm(document: JsonObject, number: str) -> Element:
    place = first(document, *ELM[number])
    if place is not None:
        return _present(number, _elm_value(document, number, place), place.pointer)
    absent = Presence.ABSENT
    if number == "8" and not _is_qualification(document):
        absent = Presence.NOT_APPLICABLE  # ELM has a level on the class Qualification only
    return Element(number=number, name=NAMES[number], presence=absent)


def _elm_value(document: JsonObject, number: str, place: Place) -> str:
    if number == "3":
        return country_of(place)
    if number == "6":
        return "; ".join(outcome.text for outcome in along(document, ELM["6"][0]))
    if number == "7":
        return ", ".join(_workloads(document))
    if number == "8":
        return ", ".join(level.text for path in ELM["8"] for level in along(document, path))
    if number == "o2":
        return supervision_of(place.text)
    if number == "o4" and place.pointer.endswith("/isPartialQualification"):
        return "part of a qualification" if place.value is True else "standalone"
    return place.text


def _workloads(document: JsonObject) -> list[str]:
    spoken = []
    for path in ELM["7"]:
        for place in along(document, path):
            if isinstance(place.value, dict):
                framework = next(place.along("framework"), None)
                point = next(place.along("point"), None)
                spoken.append(f"{point.text if point else '?'} {framework.text if framework else 'credits'}")
            else:
                spoken.append(place.text)
    return list(dict.fromkeys(spoken))


def _is_qualification(document: JsonObject) -> bool:
    return any(
        "Qualification" in strict_json.texts(kind.value)
        for kind in along(document, f"{CLAIM}.specifiedBy.type")
    )


def _open_badge(document: JsonObject, number: str) -> Element:
    special: dict[str, Finder] = {"6": _outcomes, "8": _eqf_alignment, "11": _quality}
    if number in special and (found := special[number](document)):
        return _present(number, *found)
    place = first(document, *OPEN_BADGE[number])
    if place is None:
        return Element(number=number, name=NAMES[number], presence=Presence.ABSENT)
    said = SAID.get(place.pointer.rpartition("/")[2], "{0}").format(plain(place.text))
    return _present(number, supervision_of(said) if number == "o2" else said, place.pointer)


def _wallet(document: JsonObject, number: str) -> Element:
    places = [place for path in WALLET.get(number, ()) for place in along(document, path)]
    if not places:
        return Element(number=number, name=NAMES[number], presence=Presence.ABSENT)
    said = "; ".join(place.text for place in places[: None if number == "6" else 1])
    if number == "8" and type(places[0].value) is int and 1 <= places[0].value <= 8:
        said = f"EQF {said}"
    if number == "o4" and isinstance(places[0].value, bool):
        said = "stackable" if places[0].value else "standalone"
    return _present(number, said, places[0].pointer)


def _outcomes(document: JsonObject) -> tuple[str, str] | None:
    """Alignments say what was learnt in a framework's words, criteria in the issuer's; either counts."""
    names = [place for place in along(document, f"{ACHIEVEMENT}.alignment") if not _is_no_outcome(place)]
    if names:
        texts = [
            strict_json.text_of(place.value.get("targetName"))
            for place in names
            if isinstance(place.value, dict)
        ]
        return "; ".join(filter(None, texts)), names[0].pointer
    criteria = first(document, f"{ACHIEVEMENT}.criteria.narrative", f"{ACHIEVEMENT}.criteria.id")
    return (criteria.text, criteria.pointer) if criteria else None


def _is_no_outcome(place: Place) -> bool:
    kind = place.value.get("targetType") if isinstance(place.value, dict) else ""
    return kind in ("ext:EQF", "ext:QualityAssurance") or _eqf_of(place) is not None


def _eqf_alignment(document: JsonObject) -> tuple[str, str] | None:
    for place in along(document, f"{ACHIEVEMENT}.alignment"):
        if level := _eqf_of(place):
            return f"EQF {level}", place.pointer
    return None


def _eqf_of(place: Place) -> str | None:
    node = place.value
    if not isinstance(node, dict):
        return None
    fields = {name: strict_json.text_of(node.get(name)) for name in ("targetUrl", "targetCode", "targetType")}
    concept = identify_eqf(
        Reference(uri=fields["targetUrl"], code=fields["targetCode"], target_type=fields["targetType"])
    )
    return concept.code if concept else None


def _quality(document: JsonObject) -> tuple[str, str] | None:
    for place in along(document, f"{ACHIEVEMENT}.alignment"):
        if isinstance(place.value, dict) and place.value.get("targetType") == "ext:QualityAssurance":
            return strict_json.text_of(place.value.get("targetName")), place.pointer
    return None


def country_of(place: Place) -> str:
    """The country's code out of its authority address, its notation, or its name."""
    node = place.value
    if isinstance(node, dict):
        uri = strict_json.text_of(node.get("id"))
        if "/authority/country/" in uri:
            return uri.rpartition("/")[2]
        notation = strict_json.text_of(node.get("notation"))
        if notation and notation != "country":
            return notation
    return place.text


def supervision_of(text: str) -> str:
    """One of the three forms of Annex I, or the text as it stands."""
    folded = text.casefold()
    if "unsupervised" in folded:
        return "unsupervised without ID" if "without id" in folded else text
    if "with identity" in folded or "with id" in folded:
        return "supervised with ID"
    return "supervised without ID" if "supervised" in folded and "without id" in folded else text


def _present(number: str, value: str, pointer: str) -> Element:
    return Element(
        number=number, name=NAMES[number], presence=Presence.PRESENT, value=plain(value), pointer=pointer
    )
