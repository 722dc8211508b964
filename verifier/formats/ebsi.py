"""EBSI verifiable diplomas of the pilots before ELM 3 (EBSI Verifiable Diploma v1 and v2).

{"type": ["VerifiableCredential", "VerifiableAttestation", "VerifiableDiploma"], "credentialSubject": {
    "id": "did:ebsi:…", "learningAchievement": {"title": "…"}, "learningSpecification": {"eqfLevel": 7}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.formats import elm, w3c_vc
from verifier.formats.document import Document, Format
from verifier.model import Achievement, Credential, JsonObject, Level, Subject
from verifier.policy import Limits
from verifier.strict_json import id_of, objects, objects_at, text_of, texts

_DIPLOMA = "VerifiableDiploma"
_EQF_LEVELS = frozenset("12345678")
_CLAIMS = ("learningAchievement", "achieved")  # version 1, version 2
_SPECIFICATIONS = ("learningSpecification", "specifiedBy")


def sniff(document: Document) -> bool:
    json = document.json
    if elm.sniff(document) or "credentialSubject" not in json:
        return False
    if _DIPLOMA in texts(json.get("type")):
        return True
    attested = "VerifiableAttestation" in texts(json.get("type"))
    return attested and any(
        not set(_CLAIMS).isdisjoint(subject) for subject in objects(json.get("credentialSubject"))
    )


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    fields = w3c_vc.common(document, limits)
    achievements = tuple(_achievements(json))
    fields["name"] = fields["name"] or (achievements[0].name if achievements else "")
    fields["issued"] = w3c_vc.date_of(json, "issued", "issuanceDate")
    return Credential(format="ebsi", subjects=tuple(_subjects(json)), achievements=achievements, **fields)


def _subjects(json: JsonObject) -> Iterator[Subject]:
    for known, node in zip(w3c_vc.subjects_of(json), objects(json.get("credentialSubject")), strict=True):
        given = text_of(node.get("givenNames")) or text_of(node.get("givenName"))
        name = " ".join(part for part in (given, text_of(node.get("familyName"))) if part)
        yield Subject(id=known.id, name=name or known.name, pointer=known.pointer)


def _achievements(json: JsonObject) -> Iterator[Achievement]:
    for subject, known in zip(objects(json.get("credentialSubject")), w3c_vc.subjects_of(json), strict=True):
        for member in _CLAIMS:
            for claim, pointer in objects_at(subject, member, known.pointer):
                yield Achievement(
                    id=id_of(claim),
                    name=text_of(claim.get("title")),
                    description=text_of(claim.get("description")),
                    achievement_type="Diploma",
                    level=_level_in(claim, pointer) or _level_in(subject, known.pointer),
                    pointer=pointer,
                )


def _level_in(node: JsonObject, base: str) -> Level | None:
    """The EQF level of the specification beside or inside a claim."""
    for member in _SPECIFICATIONS:
        for specification, pointer in objects_at(node, member, base):
            level = str(specification.get("eqfLevel", ""))
            if level in _EQF_LEVELS:
                return Level(scheme="EQF", value=level, label=f"EQF {level}", pointer=pointer + "/eqfLevel")
    return None


EBSI_DIPLOMA = Format(
    name="ebsi", label="EBSI verifiable diploma", sniff=sniff, parse=parse, examine=w3c_vc.examine
)
