"""Open Badges 3.0 (1EdTech, final 2024): achievements, results, rubric levels, alignments and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.errors import OPEN_BADGES_3, Refuted, VerifierError
from verifier.formats import badge_levels, edubadges, learncard, w3c_vc
from verifier.formats.document import Document, Format
from verifier.formats.presentation import member_of
from verifier.model import Achievement, Alignment, Credential, Identifier, JsonObject, Level, Member, Subject
from verifier.policy import Limits
from verifier.strict_json import id_of, objects, one_or_many, pointer_to, text_of, texts

CREDENTIAL_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_EQF = re.compile(r"https?://data\.europa\.eu/snb/eqf/([1-8])/?", re.ASCII)
# Results whose status says that the achievement was not reached (OB 3.0 §B.6 ResultStatusType).
_NOT_REACHED = frozenset({"Failed", "Enrolled", "InProgress", "OnHold", "Withdrew", "Provisional"})


# The class that each member of an achievement or profile must name (OB 3.0 §B).
CLASSES = {
    "resultDescription": "ResultDescription",
    "alignment": "Alignment",
    "otherIdentifier": "IdentifierEntry",
    "related": "Related",
    "address": "Address",
}


class BadgeMalformed(Refuted):
    """A class of the Open Badges model lacks what it must have, or has another type."""

    code = "badge_malformed"
    spec = OPEN_BADGES_3 + "#org.1edtech.ob.v3p0.achievementcredential.class"
    sentence = "is not a well-formed Open Badge: {0}"


def sniff(document: Document) -> bool:
    return bool(CREDENTIAL_TYPES & set(texts(document.json.get("type"))))


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    fields = w3c_vc.common(document, limits)
    achievements = tuple(achievements_of(json))
    fields["name"] = fields["name"] or (achievements[0].name if achievements else "")
    return Credential(
        format="open_badges_3",
        subjects=subjects_of(json),
        achievements=achievements,
        contains=endorsements_of(json),
        notes=tuple(_notes(json)),
        **fields,
    )


def _notes(json: JsonObject) -> Iterator[str]:
    """What a person should know of its results: one that points at no description here has no scale."""
    for subject in objects(json.get("credentialSubject")):
        described = {
            id_of(entry)
            for node in objects(subject.get("achievement"))
            for entry in objects(node.get("resultDescription"))
        }
        for result in objects(subject.get("result")):
            pointed = _text(result, "resultDescription")
            if pointed is not None and pointed not in described:
                yield "a result in it points at a description that is not in it"


def subjects_of(json: JsonObject) -> tuple[Subject, ...]:
    """Subjects with the identifiers that bind them to a person (OB 3.0 §B.11 IdentityObject)."""
    nodes = objects(json.get("credentialSubject"))
    return tuple(
        Subject(
            id=known.id,
            name=known.name,
            pointer=known.pointer,
            identifiers=tuple(identifiers_of(node, known.pointer)),
        )
        for known, node in zip(w3c_vc.subjects_of(json), nodes, strict=True)
    )


def identifiers_of(subject: JsonObject, base: str) -> Iterator[Identifier]:
    """The `identifier` entries of a subject, hashed or plain."""
    value = subject.get("identifier")
    for index, node in enumerate(one_or_many(value)):
        if not isinstance(node, dict):
            continue
        identity = node.get("identityHash")
        if isinstance(identity, str):
            salt = node.get("salt")
            yield Identifier(
                kind=str(node.get("identityType", "")),
                value=identity,
                hashed=node.get("hashed") is True,
                salt=salt if isinstance(salt, str) else "",
                pointer=base
                + (pointer_to("identifier", index) if isinstance(value, list) else "/identifier"),
            )


def achievements_of(json: JsonObject) -> Iterator[Achievement]:
    """The achievement of each subject, with every alignment that the subject's results add."""
    for subject, known in zip(objects(json.get("credentialSubject")), w3c_vc.subjects_of(json), strict=True):
        value = subject.get("achievement")
        for index, node in enumerate(one_or_many(value)):
            base = known.pointer + (
                pointer_to("achievement", index) if isinstance(value, list) else "/achievement"
            )
            if isinstance(node, dict):
                beside = (*learncard.skills_in(subject, known.pointer), *learncard.skills_in(json, ""))
                yield achievement_of(node, base, subject, known.pointer, beside=beside)


def achievement_of(
    node: JsonObject,
    base: str,
    subject: JsonObject,
    subject_base: str,
    *,
    beside: tuple[Alignment, ...] = (),
) -> Achievement:
    """One `Achievement` (OB 3.0 §B.1); `beside` is what stands outside it and belongs to it."""
    criteria = node.get("criteria")
    found = (
        *alignments_in(node, base, place="achievement"),
        *_tags(node, base),
        *learncard.skills_in(node, base),
        *beside,
        *result_alignments(node, base, subject, subject_base),
    )
    kind = node.get("achievementType")
    return Achievement(
        id=id_of(node),
        name=text_of(node.get("name")),
        description=text_of(node.get("description")),
        achievement_type=kind if isinstance(kind, str) else "",
        criteria=text_of(criteria.get("narrative")) if isinstance(criteria, dict) else "",
        tags=texts(node.get("tag")),
        alignments=found,
        level=_eqf_level(found) or edubadges.level_in(found),
        assessed=True if subject.get("result") else edubadges.is_assessed(node),
        identity_verified=edubadges.is_identity_verified(node),
        pointer=base,
    )


def alignments_in(
    node: JsonObject, base: str, *, place: str, level: Level | None = None, failed: bool = False
) -> Iterator[Alignment]:
    """The `alignment` entries of a node (OB 3.0 §B.3); targetUrl may be missing in the wild."""
    value = node.get("alignment")
    for index, entry in enumerate(one_or_many(value)):
        pointer = base + (pointer_to("alignment", index) if isinstance(value, list) else "/alignment")
        if isinstance(entry, str):
            yield Alignment(target_url=entry, pointer=pointer, place=place, level=level, failed=failed)
        if isinstance(entry, dict):
            yield Alignment(
                target_name=text_of(entry.get("targetName")),
                target_url=_text(entry, "targetUrl"),
                target_code=_text(entry, "targetCode"),
                target_framework=_text(entry, "targetFramework"),
                target_type=_text(entry, "targetType"),
                pointer=pointer,
                place=place,
                level=level,
                failed=failed,
            )


def _tags(node: JsonObject, base: str) -> Iterator[Alignment]:
    value = node.get("tag")
    for index, tag in enumerate(one_or_many(value)):
        if isinstance(tag, str):
            pointer = base + (pointer_to("tag", index) if isinstance(value, list) else "/tag")
            yield Alignment(target_name=tag, pointer=pointer, place="tag")


def result_alignments(
    node: JsonObject, base: str, subject: JsonObject, subject_base: str
) -> Iterator[Alignment]:
    """What results prove: their own alignments, those of their description and of the level reached."""
    described = {
        id_of(entry): (index, entry) for index, entry in enumerate(objects(node.get("resultDescription")))
    }
    value = subject.get("result")
    for index, result in enumerate(one_or_many(value)):
        if not isinstance(result, dict):
            continue
        pointer = subject_base + (pointer_to("result", index) if isinstance(value, list) else "/result")
        failed = _text(result, "status") in _NOT_REACHED
        if (known := described.get(_text(result, "resultDescription"))) is None:
            yield from alignments_in(result, pointer, place="result", failed=failed)
            continue
        position, description = known
        at = base + (
            pointer_to("resultDescription", position)
            if isinstance(node.get("resultDescription"), list)
            else "/resultDescription"
        )
        level, reached = badge_levels.level_of(result, description)
        short = failed or badge_levels.is_short(level, description)
        yield from alignments_in(result, pointer, place="result", level=level, failed=short)
        yield from alignments_in(description, at, place="result", level=level, failed=short)
        if reached is not None:
            step, entry = reached
            yield from alignments_in(
                entry,
                at + pointer_to("rubricCriterionLevel", step),
                place="rubric_level",
                level=level,
                failed=short,
            )


def _eqf_level(alignments: tuple[Alignment, ...]) -> Level | None:
    for alignment in alignments:
        if match := _EQF.fullmatch(alignment.target_url or ""):
            return Level(scheme="EQF", value=match[1], label=f"EQF {match[1]}", pointer=alignment.pointer)
    return None


def endorsements_of(json: JsonObject) -> tuple[Member, ...]:
    """Endorsements of the credential (OB 3.0 §4.6): judged on their own, they lift and lower nothing here."""
    found: list[Member] = []
    for name in ("endorsement", "endorsementJwt"):
        value = json.get(name)
        for index, item in enumerate(one_or_many(value)):
            pointer = pointer_to(name, index) if isinstance(value, list) else pointer_to(name)
            found.append(member_of(item, name=f"endorsement {len(found) + 1}", pointer=pointer, weighs=False))
    return tuple(found)


def _text(node: JsonObject, name: str) -> str | None:
    value = node.get(name)
    return value if isinstance(value, str) and value else None


# ---------------------------------------------------------------------------------------- examine


def examine(credential: Credential) -> Iterator[VerifierError]:
    """VCDM, and what Open Badges 3.0 §B adds: types and required members of its classes."""
    yield from w3c_vc.examine(credential)
    document = credential.document
    issuer = document.get("issuer")
    if isinstance(issuer, dict) and "type" in issuer and "Profile" not in texts(issuer["type"]):
        yield BadgeMalformed("its issuer is not a Profile", pointer="/issuer/type")
    for name, wanted in CLASSES.items():
        for entry in objects(issuer.get(name)) if isinstance(issuer, dict) else ():
            if "type" in entry and wanted not in texts(entry["type"]):
                yield BadgeMalformed(
                    f"{name} of its issuer is not of type {wanted}", pointer=f"/issuer/{name}"
                )
    for subject, known in zip(
        objects(document.get("credentialSubject")), w3c_vc.subjects_of(document), strict=True
    ):
        yield from _subject_errors(subject, known.pointer)


def _subject_errors(subject: JsonObject, base: str) -> Iterator[VerifierError]:
    if "AchievementSubject" not in texts(subject.get("type")):
        yield BadgeMalformed("its subject is not an AchievementSubject", pointer=base + "/type")
    for index, result in enumerate(objects(subject.get("result"))):
        if "Result" not in texts(result.get("type")):
            yield BadgeMalformed(
                "a result is not a Result", pointer=base + pointer_to("result", index, "type")
            )
    for node in objects(subject.get("achievement")):
        for error in _achievement_errors(node):
            yield BadgeMalformed(error, pointer=base + "/achievement")


def _achievement_errors(node: JsonObject) -> Iterator[str]:
    """What pilots of the draft lack (an id, criteria) accuses nobody; what has another type does."""
    if "Achievement" not in texts(node.get("type")):
        yield "its achievement is not an Achievement"
    if not node.get("name"):
        yield "its achievement has no name"
    for name, wanted in CLASSES.items():
        for entry in objects(node.get(name)):
            if "type" in entry and wanted not in texts(entry["type"]):
                yield f"a {name} is not of type {wanted}"


OPEN_BADGES_3_0 = Format(
    name="open_badges_3", label="Open Badge 3.0", sniff=sniff, parse=parse, examine=examine
)
