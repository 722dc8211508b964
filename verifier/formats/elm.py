"""European Learning Model 3 (Europass European Digital Credentials, EBSI and DC4EU diplomas).

    {"type": ["VerifiableCredential", "EuropeanDigitalCredential"], "credentialSubject": {"hasClaim": {
        "type": "LearningAchievement", "title": {"en": "…"}, "specifiedBy": {
            "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6"}, "learningOutcome": [
                {"title": {"en": "…"}, "relatedESCOSkill": {"id": "http://data.europa.eu/esco/skill/…"}}]}}}}

Every member may be one object or an array, every text a map of languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verifier.errors import MalformedCredential, VerifierError
from verifier.formats import w3c_vc
from verifier.formats.document import Document, Format
from verifier.model import Achievement, Alignment, Credential, Identifier, Issuer, JsonObject, Level, Subject
from verifier.policy import Limits
from verifier.strict_json import id_of, objects, objects_at, pointer_to, text_of, texts

CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
CREDENTIAL_TYPES = frozenset({"EuropeanDigitalCredential", "EuropassCredential"})
_EQF = re.compile(r"(?:https?://data\.europa\.eu/snb/eqf/)?([1-8])/?", re.ASCII)
_SKILLS = ("relatedESCOSkill", "relatedSkill")
# What proves, shaped or belongs to an achievement; each is a claim of its own kind with its own parts.
_PARTS = ("hasPart", "hasClaim")
MAX_CLAIMS = 2_000  # a transcript of a whole degree has some 100; bounds the walk over parts of parts


def sniff(document: Document) -> bool:
    json = document.json
    if not CREDENTIAL_TYPES.isdisjoint(texts(json.get("type"))) or CONTEXT in texts(json.get("@context")):
        return "credentialSubject" in json
    # EBSI and DC4EU profiles call themselves by other names and keep the claims of the model.
    attested = "VerifiableAttestation" in texts(json.get("type"))
    return attested and any("hasClaim" in subject for subject in objects(json.get("credentialSubject")))


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    fields = w3c_vc.common(document, limits)
    achievements = tuple(_achievements(json))
    fields["name"] = _title_of(json) or (achievements[0].name if achievements else "")
    fields["issuer"] = issuer_of(json)
    # Here `validFrom` begins a validity; the day of issuing has a name of its own.
    fields["issued"] = w3c_vc.date_of(json, "issuanceDate", "issued")
    return Credential(format="elm", subjects=tuple(_subjects(json)), achievements=achievements, **fields)


def _title_of(json: JsonObject) -> str:
    """The title that is shown, from the display parameters (EDC DisplayParameter.title)."""
    shown = objects(json.get("displayParameter"))
    return text_of(json.get("title")) or next((text_of(node.get("title")) for node in shown), "")


def issuer_of(json: JsonObject) -> Issuer | None:
    """The issuer with its legal name (ELM Organisation.legalName)."""
    known = w3c_vc.issuer_of(json)
    node = json.get("issuer")
    if known is None or not isinstance(node, dict):
        return known
    name = text_of(node.get("legalName")) or text_of(node.get("altLabel")) or known.name
    return Issuer(id=known.id, name=name, url=known.url)


def _subjects(json: JsonObject) -> Iterator[Subject]:
    """The learner, with the addresses that bind the claims to a person (ELM Person)."""
    nodes = objects(json.get("credentialSubject"))
    for known, node in zip(w3c_vc.subjects_of(json), nodes, strict=True):
        parts = (text_of(node.get("givenName")), text_of(node.get("familyName")))
        name = text_of(node.get("fullName")) or " ".join(part for part in parts if part)
        yield Subject(
            id=known.id,
            name=name or known.name,
            pointer=known.pointer,
            identifiers=tuple(_addresses(node, known.pointer)),
        )


def _addresses(person: JsonObject, base: str) -> Iterator[Identifier]:
    for contact, at in objects_at(person, "contactPoint", base):
        for mailbox, pointer in objects_at(contact, "emailAddress", at):
            address = id_of(mailbox) or ""
            if address.lower().startswith("mailto:"):
                yield Identifier(
                    kind="emailAddress", value=address[len("mailto:") :], pointer=pointer + "/id"
                )


# ------------------------------------------------------------------------------------- achievements


def _achievements(json: JsonObject) -> Iterator[Achievement]:
    """Every claim of every subject and the parts of it, in the order of the document."""
    waiting: list[tuple[JsonObject, str]] = []
    for subject, base in objects_at(json, "credentialSubject", ""):
        waiting += [*objects_at(subject, "hasClaim", base)]
    for count, (claim, pointer) in enumerate(_with_parts(waiting)):
        if count >= MAX_CLAIMS:
            return
        yield _achievement_of(claim, pointer)


def _with_parts(claims: list[tuple[JsonObject, str]]) -> Iterator[tuple[JsonObject, str]]:
    """Depth first; the reader has bounded the depth of the document."""
    for claim, pointer in claims:
        yield claim, pointer
        yield from _with_parts([part for name in _PARTS for part in objects_at(claim, name, pointer)])


def _achievement_of(claim: JsonObject, pointer: str) -> Achievement:
    """One claim (ELM LearningAchievement, LearningActivity, LearningAssessment, LearningEntitlement)."""
    specified = [*objects_at(claim, "specifiedBy", pointer)]
    titles = (text_of(node.get("title")) for node, _ in specified)
    proofs = [*objects_at(claim, "provenBy", pointer)]
    return Achievement(
        id=id_of(claim),
        name=text_of(claim.get("title")) or next((title for title in titles if title), ""),
        description=text_of(claim.get("description")),
        achievement_type=next(iter(texts(claim.get("type"))), ""),
        alignments=tuple(_alignments(specified)),
        level=_level_of(specified),
        assessed=True if proofs else None,
        identity_verified=_identity_verified(proofs),
        pointer=pointer,
    )


def _alignments(specified: list[tuple[JsonObject, str]]) -> Iterator[Alignment]:
    """The skills of each learning outcome, of ESCO and of other frameworks (ELM LearningOutcome)."""
    for specification, base in specified:
        for outcome, at in objects_at(specification, "learningOutcome", base):
            for name in _SKILLS:
                value = outcome.get(name)
                if isinstance(value, str):
                    yield Alignment(target_url=value, pointer=at + pointer_to(name))
                for concept, pointer in objects_at(outcome, name, at):
                    yield _concept(concept, pointer)


def _concept(concept: JsonObject, pointer: str) -> Alignment:
    """A SKOS concept in a scheme (ELM Concept)."""
    notation = concept.get("notation")  # EDC writes the name of the code list here, others the code
    scheme = concept.get("inScheme")
    title = text_of(scheme.get("prefLabel")) if isinstance(scheme, dict) else ""
    return Alignment(
        target_name=text_of(concept.get("prefLabel")),
        target_url=id_of(concept),
        target_code=notation if isinstance(notation, str) and id_of(concept) is None else None,
        target_framework=title or id_of(scheme),
        target_type=next(iter(texts(concept.get("type"))), None),
        pointer=pointer,
    )


def _level_of(specified: list[tuple[JsonObject, str]]) -> Level | None:
    """The EQF level of the qualification; a national one is no EQF level (ELM Qualification.eqfLevel)."""
    for specification, base in specified:
        for node, pointer in objects_at(specification, "eqfLevel", base):
            for value in (id_of(node), node.get("notation")):
                if isinstance(value, str) and (match := _EQF.fullmatch(value)):
                    return Level(scheme="EQF", value=match[1], label=f"EQF {match[1]}", pointer=pointer)
    return None


def _identity_verified(proofs: list[tuple[JsonObject, str]]) -> bool | None:
    """What the assessments say of supervision and identity (ELM idVerification), in the words of its list."""
    found: list[bool] = []
    for assessment, base in proofs:
        nodes = [assessment, *(node for node, _ in objects_at(assessment, "specifiedBy", base))]
        for node in nodes:
            for concept, _ in objects_at(node, "idVerification", base):
                label = text_of(concept.get("prefLabel")).casefold()
                found += [False] if "without id" in label else [True] if "with id" in label else []
    return all(found) if found else None


# ---------------------------------------------------------------------------------------- examine


def examine(credential: Credential) -> Iterator[VerifierError]:
    """VCDM 1.1, save that a sealed document of Europass may leave its contexts to its media type."""
    for error in w3c_vc.examine(credential):
        if not _is_let_off(error, credential.document):
            yield error


def _is_let_off(error: VerifierError, document: JsonObject) -> bool:
    """EDC leaves out `@context`, and `issuanceDate` where `issued` says it."""
    if not isinstance(error, MalformedCredential):
        return False
    missing: dict[str, Any] = {"/@context": "@context", "/issuanceDate": "issuanceDate"}
    return error.pointer in missing and missing[error.pointer] not in document


ELM = Format(name="elm", label="European Digital Credential", sniff=sniff, parse=parse, examine=examine)
