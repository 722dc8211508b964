"""Comprehensive Learner Record 2.0 (1EdTech): a credential of credentials, each judged on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.errors import Refuted, TooLarge, VerifierError
from verifier.formats import open_badges_3, w3c_vc
from verifier.formats.document import Document, Format
from verifier.formats.presentation import member_of
from verifier.model import Achievement, Association, Credential, JsonObject, Member
from verifier.policy import Limits
from verifier.strict_json import objects, one_or_many, pointer_to, text_of, texts

CLR = "https://www.imsglobal.org/spec/clr/v2p0/"


class ClrMalformed(Refuted):
    """A class of the CLR model lacks what it must have, or has another type."""

    code = "clr_malformed"
    spec = CLR + "#org.1edtech.clr.v2p0.clrcredential.class"
    sentence = "is not a well-formed learner record: {0}"


def sniff(document: Document) -> bool:
    return "ClrCredential" in texts(document.json.get("type"))


def parse(document: Document, limits: Limits) -> Credential:
    """The record's own claims; what its children claim is theirs alone."""
    json = document.json
    children = tuple(_children(json))
    if len(children) > limits.nested_credentials:
        raise TooLarge("the number of credentials in a record", f"{limits.nested_credentials}")
    return Credential(
        format="clr_2",
        subjects=open_badges_3.subjects_of(json),
        achievements=tuple(_achievements(json)),
        associations=tuple(_associations(json)),
        contains=(*children, *open_badges_3.endorsements_of(json)),
        **w3c_vc.common(document, limits),
    )


def _children(json: JsonObject) -> Iterator[Member]:
    for subject, known in zip(objects(json.get("credentialSubject")), w3c_vc.subjects_of(json), strict=True):
        value = subject.get("verifiableCredential")
        for index, item in enumerate(one_or_many(value)):
            pointer = known.pointer + pointer_to(
                "verifiableCredential", *([index] if isinstance(value, list) else [])
            )
            title = text_of(item.get("name")) if isinstance(item, dict) else ""
            yield member_of(
                item, name=f"credential {index + 1}" + (f": {title}" if title else ""), pointer=pointer
            )


def _achievements(json: JsonObject) -> Iterator[Achievement]:
    """Achievements that the record's issuer asserts itself (CLR 2.0 ClrSubject.achievement)."""
    for achievement in open_badges_3.achievements_of(json):
        yield replace(achievement, assessed=None)


def _associations(json: JsonObject) -> Iterator[Association]:
    for subject, known in zip(objects(json.get("credentialSubject")), w3c_vc.subjects_of(json), strict=True):
        for index, node in enumerate(objects(subject.get("association"))):
            values = [node.get(name) for name in ("associationType", "sourceId", "targetId")]
            kind, source, target = (value if isinstance(value, str) else "" for value in values)
            pointer = known.pointer + pointer_to("association", index)
            yield Association(type=kind, source_id=source, target_id=target, pointer=pointer)


def examine(credential: Credential) -> Iterator[VerifierError]:
    yield from w3c_vc.examine(credential)
    document = credential.document
    for subject, known in zip(
        objects(document.get("credentialSubject")), w3c_vc.subjects_of(document), strict=True
    ):
        if "ClrSubject" not in texts(subject.get("type")):
            yield ClrMalformed("its subject is not a ClrSubject", pointer=known.pointer + "/type")
        if not one_or_many(subject.get("verifiableCredential")):
            yield ClrMalformed("it holds no credential", pointer=known.pointer + "/verifiableCredential")


CLR_2 = Format(
    name="clr_2", label="Comprehensive Learner Record 2.0", sniff=sniff, parse=parse, examine=examine
)
