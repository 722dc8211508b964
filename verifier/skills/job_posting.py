"""Job adverts as data: schema.org JobPosting and JobSchema+ (jdx), read and written.

A term with an address or a code becomes a requirement, without any guess; free text becomes a text to
suggest skills from, each wanting a click.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from verifier import strict_json
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.skills.claim import Skill, keys_of
from verifier.skills.frameworks import UNKNOWN, identify
from verifier.skills.requirement import JobUnreadable, Requirement
from verifier.skills.requirements import JobRequirements

EXTENSION = "skillproof:requirements"  # our whole job beside the plain terms, so that nothing is lost
MAX_TERMS = 500
_SKILL_FIELDS = ("skills", "jdx:competency", "competency", "jdx:requiredCompetency")
_CREDENTIAL_FIELDS = (
    "jdx:requiredCredential",
    "requiredCredential",
    "jdx:requiredAssessment",
    "requiredAssessment",
)
_PREFERRED_FIELDS = ("jdx:preferredCredential", "preferredCredential", "jdx:preferredCompetency")
_TEXT_FIELDS = (
    "qualifications",
    "educationRequirements",
    "experienceRequirements",
    "responsibilities",
    "description",
)
_ADDRESSES = ("@id", "id", "url", "sameAs", "targetUrl", "jdx:targetUrl")
_NAMES = ("name", "schema:name", "jdx:name", "credentialCategory", "targetName")
_CODES = ("termCode", "schema:termCode", "codedNotation", "jdx:codedNotation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """A job advert as it was read."""

    job: JobRequirements  # only what the advert names by address or code
    texts: tuple[tuple[str, str], ...] = ()  # (field, free text) to suggest skills from


def read_job_posting(data: bytes) -> Advert:
    """The advert in `data`. Raises `Unreadable` (`JobUnreadable` names the field)."""
    posting = _posting(strict_json.read(data, Limits()))
    if isinstance(own := posting.get(EXTENSION), dict):
        return Advert(job=JobRequirements.parse(json.dumps(own).encode()), texts=tuple(_texts(posting)))
    skills: dict[str, tuple[Skill, bool]] = {}
    texts: list[tuple[str, str]] = []
    for field, required in _fields():
        for item in strict_json.one_or_many(posting.get(field)):
            skill = _skill(item, field)
            if skill is not None and skill.id:
                skills.setdefault(keys_of(skill)[0], (skill, required))
            elif text := (skill.name if skill else _text(item)):
                texts.append((field, text))
    if len(skills) > MAX_TERMS:
        raise JobUnreadable("the advert", "skills", f"has more than {MAX_TERMS} terms")
    requirements = tuple(
        Requirement(id=f"r{number}", skill=skill, required=required)
        for number, (skill, required) in enumerate(skills.values(), 1)
    )
    name = strict_json.text_of(posting.get("title")) or strict_json.text_of(posting.get("name"))
    job = JobRequirements(id=_identifier(posting), name=name, requirements=requirements)
    return Advert(job=job, texts=(*texts, *_texts(posting)))


def write_job_posting(job: JobRequirements) -> bytes:
    """`job` as a schema.org JobPosting: terms for everybody, and the whole job for `read_job_posting`."""
    document = {
        "@context": {"@vocab": "https://schema.org/", "skillproof": "urn:skillproof:"},
        "@type": "JobPosting",
        "identifier": job.id,
        "title": job.name,
        "skills": [_term(requirement.skill) for requirement in job.requirements],
        EXTENSION: json.loads(job.to_json()),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _posting(value: Any) -> JsonObject:
    """The JobPosting itself, or the first one in a list or an `@graph`."""
    if isinstance(value, dict) and isinstance(value.get("@graph"), list):
        value = value["@graph"]
    for item in strict_json.objects(value):
        kinds = strict_json.texts(item.get("@type") or item.get("type"))
        if any(kind.rpartition("/")[2].rpartition(":")[2] in ("JobPosting", "Job") for kind in kinds):
            return item
    raise JobUnreadable("the advert", "@type", "is no JobPosting")


def _fields() -> Iterator[tuple[str, bool]]:
    for field in (*_SKILL_FIELDS, *_CREDENTIAL_FIELDS):
        yield field, True
    for field in _PREFERRED_FIELDS:
        yield field, False


def _skill(item: object, field: str) -> Skill | None:
    """A DefinedTerm, or a text that is nothing but an address; None for free text."""
    if isinstance(item, str):
        uri = item.strip()
        return (
            _referenced(uri, "", "", field)
            if uri.startswith(("http://", "https://")) and " " not in uri
            else None
        )
    if not isinstance(item, dict):
        return None
    code = _first(item, _CODES)
    uri = next((uri for name in _ADDRESSES for uri in strict_json.texts(item.get(name))), "")
    if not uri and code.startswith(("http://", "https://")):
        uri, code = code, ""
    framework = item.get("inDefinedTermSet") or item.get("targetFramework") or item.get("framework")
    named = strict_json.text_of(framework) or strict_json.id_of(framework) or ""
    return _referenced(uri, code, _first(item, _NAMES), field, named)


def _referenced(uri: str, code: str, name: str, field: str, framework: str = "") -> Skill:
    from_uri = identify(uri)
    known = "" if from_uri.framework == UNKNOWN else from_uri.framework
    kind = "credential" if field in _CREDENTIAL_FIELDS else from_uri.kind
    return Skill(
        id=uri or None, code=code or from_uri.code, name=name, framework=known or framework, kind=kind
    )


def _first(item: JsonObject, names: tuple[str, ...]) -> str:
    return next((text.strip() for name in names if (text := strict_json.text_of(item.get(name))).strip()), "")


def _text(item: object) -> str:
    return strict_json.text_of(item).strip()


def _texts(posting: JsonObject) -> Iterator[tuple[str, str]]:
    for field in _TEXT_FIELDS:
        for item in strict_json.one_or_many(posting.get(field)):
            text = (
                _text(item.get("description") or item.get("name")) if isinstance(item, dict) else _text(item)
            )
            if text:
                yield field, text


def _identifier(posting: JsonObject) -> str:
    identifier = posting.get("identifier")
    if isinstance(identifier, dict):
        identifier = identifier.get("value")
    return strict_json.text_of(identifier) or strict_json.text_of(posting.get("@id")) or "imported"


def _term(skill: Skill) -> JsonObject:
    term: JsonObject = {"@type": "DefinedTerm", "name": skill.name}
    if skill.id:
        term["@id"] = skill.id
    if skill.code:
        term["termCode"] = skill.code
    if skill.framework:
        term["inDefinedTermSet"] = skill.framework
    return term


__all__ = ["Advert", "read_job_posting", "write_job_posting"]
