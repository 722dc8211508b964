"""CTDL and CTDL-ASN inside a verifiable credential: what the Credential Engine Registry describes.

    {"type": "ceasn:Competency", "id": "res:ce-84958217-1323-46fe-87c8-652120800190",
     "ceasn:codedNotation": "EXKSCI1", "ceasn:competencyLabel": "Knowledge of Science"}

A competency that somebody achieved is a skill; so is one that an achieved credential requires, assesses or
teaches (https://credreg.net/ctdl/terms, https://credreg.net/ctdlasn/terms).
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Achievement, Alignment, JsonObject
from verifier.strict_json import id_of, objects, objects_at, one_or_many, pointer_to, text_of, texts

FRAMEWORK = "CTDL-ASN"
COMPETENCY = "ceasn:Competency"
_VOCABULARIES = ("ceterms:", "ceasn:")
_ALIGNMENT_TYPES = frozenset({"ceterms:CredentialAlignmentObject", "ceterms:AlignmentObject"})
# Members whose competencies the holder has shown; `ceterms:subject` and the like are topics.
_SHOWN = ("ceterms:requires", "ceterms:assesses", "ceterms:teaches", "ceterms:targetCompetency")
_CONDITIONS = 2  # a ConditionProfile holds competencies; one inside another is the most that is described


def achievements_of(json: JsonObject) -> tuple[Achievement, ...]:
    """What the subjects achieved, where it is described in CTDL's own words."""
    prefixes = _prefixes(json)
    value = json.get("credentialSubject")
    found = []
    for number, subject in enumerate(one_or_many(value)):
        base = pointer_to("credentialSubject", *([number] if isinstance(value, list) else []))
        for name in subject if isinstance(subject, dict) else ():
            for node, pointer in objects_at(subject, name, base):
                if _kind(node):
                    found.append(_achievement(node, pointer, prefixes))
    return tuple(found)


def _achievement(node: JsonObject, base: str, prefixes: dict[str, str]) -> Achievement:
    return Achievement(
        id=_expanded(id_of(node), prefixes),
        name=text_of(node.get("ceterms:name")) or text_of(node.get("ceasn:competencyLabel")),
        description=text_of(node.get("ceterms:description")) or text_of(node.get("ceasn:competencyText")),
        achievement_type=_kind(node),
        alignments=tuple(_skills(node, base, prefixes, "skill_assertion", _CONDITIONS)),
        pointer=base,
    )


def _skills(
    node: JsonObject, base: str, prefixes: dict[str, str], place: str, depth: int
) -> Iterator[Alignment]:
    """`node` itself if it is a competency, and those that it says were shown."""
    if COMPETENCY in texts(node.get("type")):
        yield _competency(node, base, prefixes, place)
    elif _ALIGNMENT_TYPES & set(texts(node.get("type"))):
        yield _aligned(node, base, prefixes)
    elif depth >= 0:
        for name in _SHOWN:
            for inner, pointer in objects_at(node, name, base):
                yield from _skills(inner, pointer, prefixes, "achievement", depth - 1)


def _competency(node: JsonObject, base: str, prefixes: dict[str, str], place: str) -> Alignment:
    label = text_of(node.get("ceasn:competencyLabel")) or text_of(node.get("ceasn:competencyText"))
    return Alignment(
        target_name=label,
        target_url=_expanded(id_of(node), prefixes),
        target_code=text_of(node.get("ceasn:codedNotation")) or None,
        target_framework=FRAMEWORK,
        target_type=COMPETENCY,
        pointer=base + "/id" if id_of(node) else base,
        place=place,
    )


def _aligned(node: JsonObject, base: str, prefixes: dict[str, str]) -> Alignment:
    """A `CredentialAlignmentObject` in a place where competencies stand."""
    target = node.get("ceterms:targetNode")
    return Alignment(
        target_name=text_of(node.get("ceterms:targetNodeName")),
        target_url=_expanded(id_of(target), prefixes),
        target_code=text_of(node.get("ceterms:codedNotation")) or None,
        target_framework=text_of(node.get("ceterms:frameworkName")) or FRAMEWORK,
        target_type=COMPETENCY,
        pointer=base + "/ceterms:targetNode" if isinstance(target, str) else base,
        place="achievement",
    )


def _kind(node: JsonObject) -> str:
    """The type of `node` in either vocabulary, else "" """
    return next((name for name in texts(node.get("type")) if name.startswith(_VOCABULARIES)), "")


def _prefixes(json: JsonObject) -> dict[str, str]:
    """What the contexts written into the document itself abbreviate (JSON-LD 1.1 §4.1.5 compact IRIs)."""
    found = {}
    for context in objects(json.get("@context")):
        for name, meaning in context.items():
            address = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(address, str) and address.startswith(("https://", "http://")):
                found[name] = address
    return found


def _expanded(identifier: str | None, prefixes: dict[str, str]) -> str | None:
    prefix, colon, rest = (identifier or "").partition(":")
    if colon and prefix in prefixes and not rest.startswith("//"):
        return prefixes[prefix] + rest
    return identifier
