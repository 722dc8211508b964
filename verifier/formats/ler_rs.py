"""HR Open LER-RS 4.4 and 4.5: a résumé as a credential, whose items may carry verifications of their own.

    {"type": ["VerifiableCredential", "LER-RS VC"], "credentialSubject": {
        "type": "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json",
        "skills": [{"name": "Project Management", "yearsOfExperience": 5}],
        "employmentHistories": [{"positionHistories": [{"title": "…"}], "verifications": [ … ]}]}}

The outer signature says who put the résumé together. It lifts no claim inside: an item is what the person
says of themselves, until a verification of its own, a credential, has been checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.errors import Inconclusive, MalformedCredential, NotACredential, TooLarge, VerifierError
from verifier.formats import w3c_vc
from verifier.formats.document import Document, Format
from verifier.formats.presentation import member_of
from verifier.model import Achievement, Alignment, Credential, Identifier, JsonObject, Member, Subject
from verifier.policy import Limits
from verifier.strict_json import id_of, objects, objects_at, pointer_to, text_of, texts

LER_RS_SPEC = "https://www.hropenstandards.org/ler"
SELF_ASSERTED = "self_asserted"  # the place of a claim that nobody but the person makes
_HOST = "schema.hropenstandards.org/"
_TYPES = frozenset({"LERRS", "LER-RS VC", "VerifiableCredentialLER-RSType"})
_HISTORIES = (
    "employmentHistories",
    "educationAndLearnings",
    "certifications",
    "licenses",
    "positionHistories",
    "militaryHistories",
    "memberships",
    "publications",
    "awards",
)
_TITLES = ("title", "name", "positionTitle", "programName")


class SelfIssued(Inconclusive):
    """Issuer and subject are one: its signature shows no more than that the person wrote it."""

    code = "self_issued"
    spec = LER_RS_SPEC
    sentence = "was issued by the person it is about, so it shows only what they say of themselves"


class IssuerNamedOnly(Inconclusive):
    """The issuer is a text, not an identifier: there is nobody whose keys could be asked for."""

    code = "issuer_named_only"
    spec = LER_RS_SPEC
    sentence = "calls its issuer “{0}”, which is a name and no identifier that could be looked up"


def sniff(document: Document) -> bool:
    json = document.json
    if not _TYPES.isdisjoint(texts(json.get("type"))):
        return "credentialSubject" in json
    kinds = [
        kind for subject in objects(json.get("credentialSubject")) for kind in texts(subject.get("type"))
    ]
    return any(_HOST in kind and "LER-RS" in kind for kind in kinds)


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    fields = w3c_vc.common(document, limits)
    members = tuple(_verifications(json))
    if len(members) > limits.nested_credentials:
        raise TooLarge("the number of verifications in a résumé", f"{limits.nested_credentials}")
    fields["name"] = fields["name"] or "Résumé"
    return Credential(
        format="ler_rs",
        subjects=tuple(_subjects(json)),
        achievements=tuple(_self_asserted(json)),
        contains=members,
        notes=("the person put it together; only the verifications in it are claims of others",),
        **fields,
    )


def _subjects(json: JsonObject) -> Iterator[Subject]:
    """The person, with the addresses that the résumé gives (LER-RS person, communication)."""
    for known, node in zip(w3c_vc.subjects_of(json), objects(json.get("credentialSubject")), strict=True):
        person = next(iter(objects(node.get("person"))), {})
        name = next(iter(objects(person.get("name"))), {})
        yield Subject(
            id=known.id,
            name=text_of(name.get("formattedName")) or known.name,
            pointer=known.pointer,
            identifiers=tuple(_addresses(node, known.pointer)),
        )


def _addresses(subject: JsonObject, base: str) -> Iterator[Identifier]:
    for node, at in objects_at(subject, "communication", base):
        for member, kind, field in (
            ("email", "emailAddress", "address"),
            ("phone", "telephone", "formattedNumber"),
        ):
            for entry, pointer in objects_at(node, member, at):
                if isinstance(value := entry.get(field), str) and value:
                    yield Identifier(kind=kind, value=value, pointer=f"{pointer}/{field}")


def _items(json: JsonObject) -> Iterator[tuple[str, JsonObject, str]]:
    """Every item of every history, those inside others too: its history, itself, its pointer."""
    waiting = [*objects_at(json, "credentialSubject", "")]
    while waiting:
        node, base = waiting.pop(0)
        for history in _HISTORIES:
            for item, pointer in objects_at(node, history, base):
                yield history, item, pointer
                waiting.append((item, pointer))


def _verifications(json: JsonObject) -> Iterator[Member]:
    """What others say: the credentials in the `verifications` of an item, each judged on its own."""
    places = [
        ("skills", *entry)
        for subject in objects_at(json, "credentialSubject", "")
        for entry in objects_at(subject[0], "skills", subject[1])
    ]
    for history, item, base in [*_items(json), *places]:
        value = item.get("verifications")
        for index, entry in enumerate(value if isinstance(value, list) else [value]):
            if entry is None:
                continue
            pointer = base + pointer_to("verifications", *([index] if isinstance(value, list) else []))
            yield _member(entry, f"{history} {base.rpartition('/')[2]}: verification {index + 1}", pointer)


def _member(entry: Any, name: str, pointer: str) -> Member:
    if isinstance(entry, dict) and "reference" in entry and "credentialSubject" not in entry:
        error = NotACredential("a link to a web page, which a person can open")
        return Member(name=name, error=error, pointer=pointer)
    return member_of(entry, name=name, pointer=pointer)


def _self_asserted(json: JsonObject) -> Iterator[Achievement]:
    """What nobody but the person says: their skills, and every item without a verification."""
    for subject, base in objects_at(json, "credentialSubject", ""):
        skills = tuple(_skills(subject, base))
        if skills:
            yield Achievement(
                name="Skills", achievement_type="SelfAsserted", alignments=skills, pointer=base + "/skills"
            )
    for history, item, pointer in _items(json):
        title = next((text for name in _TITLES if (text := text_of(item.get(name)))), "")
        if not item.get("verifications") and title:
            yield Achievement(
                name=title, description=history, achievement_type="SelfAsserted", pointer=pointer
            )


def _skills(subject: JsonObject, base: str) -> Iterator[Alignment]:
    for skill, pointer in objects_at(subject, "skills", base):
        name = text_of(skill.get("name"))
        address = id_of(skill) or next(iter(texts(skill.get("url"))), None)
        if name or address:
            yield Alignment(target_name=name, target_url=address, pointer=pointer, place=SELF_ASSERTED)


# ---------------------------------------------------------------------------------------- examine


def examine(credential: Credential) -> Iterator[VerifierError]:
    """VCDM, save that a résumé may call its issuer by name only; and that it must not vouch for itself."""
    issuer = credential.document.get("issuer")
    named_only = isinstance(issuer, str) and bool(issuer) and not w3c_vc.is_url(issuer)
    for error in w3c_vc.examine(credential):
        if not (named_only and isinstance(error, MalformedCredential) and error.pointer == "/issuer"):
            yield error
    if named_only:
        yield IssuerNamedOnly(str(issuer), pointer="/issuer")
    subjects = {subject.id for subject in credential.subjects}
    if credential.issuer is not None and credential.issuer.id in subjects:
        yield SelfIssued(pointer="/issuer")


LER_RS = Format(name="ler_rs", label="LER-RS résumé", sniff=sniff, parse=parse, examine=examine)
