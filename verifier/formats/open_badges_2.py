"""Open Badges 2.0 (1EdTech, final 2018): an assertion, the class of badge it is of, and its issuer's profile.

    {"type": "Assertion", "id": "https://college.example/a/1", "badge": "https://college.example/b/1",
     "recipient": {"type": "email", "hashed": true, "salt": "s", "identity": "sha256$…"},
     "issuedOn": "2026-06-30T09:00:00Z", "verification": {"type": "HostedBadge"}}

The class and the profile stand at their own addresses; `linked` puts what was found there in their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from verifier.errors import MalformedCredential, NotACredential, Refuted, VerifierError
from verifier.formats.document import Document, Format
from verifier.model import (
    Achievement,
    Alignment,
    Credential,
    HostedProof,
    Identifier,
    Issuer,
    JoseProof,
    JsonObject,
    Level,
    Subject,
)
from verifier.policy import Limits
from verifier.strict_json import (
    YEAR_10000,
    id_of,
    instant,
    numeric_date,
    one_or_many,
    pointer_to,
    text_of,
    texts,
)

OPEN_BADGES_2_SPEC = "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html"
CONTEXT = "https://w3id.org/openbadges/v2"
HOSTED = frozenset({"hosted", "HostedBadge"})
SIGNED = frozenset({"signed", "SignedBadge"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_WITHOUT_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?", re.ASCII)
_EQF_LEVELS = frozenset("12345678")
# Documents of the same vocabulary that say what can be earned or who issues, never who earned it.
_NOT_EARNED = {
    "BadgeClass": "the description of a badge, which does not say who earned it",
    "Issuer": "the profile of a badge issuer",
    "Profile": "the profile of a badge issuer",
    "RevocationList": "a list of revoked badges",
    "CryptographicKey": "the public key of a badge issuer",
}


class AssertionMalformed(Refuted):
    """An assertion lacks what it must have, or has another type."""

    code = "assertion_malformed"
    spec = OPEN_BADGES_2_SPEC + "#Assertion"
    sentence = "is not a well-formed Open Badge: {0}"


def speaks_open_badges(json: JsonObject) -> bool:
    """Whether the document names the vocabulary of Open Badges 2.0 and no Merkle proof beside it."""
    return CONTEXT in texts(json.get("@context")) and not isinstance(json.get("signature"), dict)


def sniff(document: Document) -> bool:
    json = document.json
    if not speaks_open_badges(json):
        return False
    return "Assertion" in texts(json.get("type")) or not _NOT_EARNED.keys().isdisjoint(
        texts(json.get("type"))
    )


def parse(document: Document, limits: Limits) -> Credential:
    for name in texts(document.json.get("type")):
        if name in _NOT_EARNED:
            raise NotACredential(_NOT_EARNED[name])
    return credential_of(document.json, proofs_of(document.json, document))


def proofs_of(assertion: JsonObject, read: Document) -> tuple[HostedProof, ...]:
    """How the assertion is to be verified (§4.1.8); none where it says signed and comes without a signature.

    `read` is the assertion as it stood in the file, before an older shape was upgraded, with every signature.
    """
    verification = assertion.get("verification")
    kinds = texts(verification.get("type")) if isinstance(verification, dict) else ()
    signatures = (read.envelope, *read.countersigned) if isinstance(read.envelope, JoseProof) else ()
    if not signatures and not SIGNED.isdisjoint(kinds):
        return ()
    url = id_of(assertion) or ""
    return tuple(HostedProof(url=url, document=read.json, jws=jws) for jws in signatures or (None,))


def credential_of(
    assertion: JsonObject, proofs: tuple[HostedProof, ...], *, format_name: str = "open_badges_2"
) -> Credential:
    """The credential that an assertion is, as far as the class and the profile stand in it."""
    badge = assertion.get("badge")
    badge = badge if isinstance(badge, dict) else {}
    issued = date_of(assertion.get("issuedOn"))
    return Credential(
        format=format_name,
        document=assertion,
        id=id_of(assertion),
        types=texts(assertion.get("type")),
        name=text_of(badge.get("name")),
        issuer=_issuer_of(badge.get("issuer")),
        subjects=(_subject_of(assertion),),
        achievements=(achievement_of(badge),) if badge else (),
        valid_from=issued,
        valid_until=date_of(assertion.get("expires"), end=True),
        issued=issued,
        proofs=proofs,
    )


def linked(
    credential: Credential, assertion: JsonObject, badge: JsonObject, profile: JsonObject
) -> Credential:
    """`credential` with its class and its issuer as they were found at their own addresses.

    `profile["id"]` is the address that was asked: what a profile calls itself is no identity.
    """
    whole = {**assertion, "badge": {**badge, "issuer": profile}}
    proofs = tuple(proof for proof in credential.proofs if isinstance(proof, HostedProof))
    return credential_of(whole, proofs, format_name=credential.format)


def _issuer_of(value: Any) -> Issuer | None:
    if (identifier := id_of(value)) is None:
        return None
    node = value if isinstance(value, dict) else {}
    url = node.get("url")
    return Issuer(
        id=identifier,
        name=text_of(node.get("name")),
        url=url if isinstance(url, str) else None,
        pointer="/badge/issuer",
    )


def _subject_of(assertion: JsonObject) -> Subject:
    """The recipient (§4.1.4 IdentityObject). A hash with MD5 is an identifier that nothing can be held to."""
    recipient = assertion.get("recipient")
    node = recipient if isinstance(recipient, dict) else {}
    identity, kind, salt = node.get("identity"), node.get("type"), node.get("salt")
    if not isinstance(identity, str) or not identity:
        return Subject(pointer="/recipient")
    hashed = node.get("hashed") is True
    name = next(iter(texts(kind)), "")
    if hashed and not identity.lower().startswith("sha256$"):
        name = f"{name} in a form that is no SHA-256 hash"
    elif identity.startswith("did:") and not hashed:
        name = "did"
    identifier = Identifier(
        kind=name,
        value=identity,
        hashed=hashed,
        salt=salt if isinstance(salt, str) else "",
        pointer="/recipient",
    )
    return Subject(identifiers=(identifier,), pointer="/recipient")


def achievement_of(badge: JsonObject) -> Achievement:
    """What a BadgeClass (§4.2) says was achieved, in the place that `linked` gives it."""
    criteria = badge.get("criteria")
    narrative = text_of(criteria.get("narrative")) if isinstance(criteria, dict) else text_of(criteria)
    return Achievement(
        id=id_of(badge),
        name=text_of(badge.get("name")),
        description=text_of(badge.get("description")),
        achievement_type="Badge",
        criteria=narrative,
        tags=texts(badge.get("tags")),
        alignments=(*_alignments(badge), *_tags(badge)),
        level=_eqf_level(badge),
        pointer="/badge",
    )


def _alignments(badge: JsonObject) -> Iterator[Alignment]:
    """`alignment` (§4.2.8), with the names that 1.x and the wild use for its members."""
    for member in ("alignment", "alignments"):
        value = badge.get(member)
        for index, node in enumerate(one_or_many(value)):
            pointer = pointer_to("badge", member, *([index] if isinstance(value, list) else []))
            if isinstance(node, str):
                yield Alignment(target_url=node, pointer=pointer)
            if isinstance(node, dict):
                yield Alignment(
                    target_name=text_of(node.get("targetName")) or text_of(node.get("name")),
                    target_url=_first_text(node, "targetUrl", "url", "targetURL", "id"),
                    target_code=_first_text(node, "targetCode"),
                    target_framework=_first_text(node, "targetFramework"),
                    target_type=_first_text(node, "targetType"),
                    pointer=pointer,
                )


def _tags(badge: JsonObject) -> Iterator[Alignment]:
    value = badge.get("tags")
    for index, tag in enumerate(one_or_many(value)):
        if isinstance(tag, str):
            pointer = pointer_to("badge", "tags", *([index] if isinstance(value, list) else []))
            yield Alignment(target_name=tag, pointer=pointer, place="tag")


def _eqf_level(badge: JsonObject) -> Level | None:
    """SURF edubadges: `extensions:EQFExtension`, a number from 1 to 8 for the whole achievement."""
    node = badge.get("extensions:EQFExtension")
    value = node.get("eqf") if isinstance(node, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | str) or str(value) not in _EQF_LEVELS:
        return None
    pointer = pointer_to("badge", "extensions:EQFExtension", "eqf")
    return Level(scheme="EQF", value=str(value), label=f"EQF {value}", pointer=pointer)


def _first_text(node: JsonObject, *names: str) -> str | None:
    return next((node[name] for name in names if isinstance(node.get(name), str) and node[name]), None)


def date_of(value: Any, *, end: bool = False) -> datetime | None:
    """`value` as a time (§4.5 DateTime), also in the ways of 1.x: a day, seconds, a time without a zone.

    A time without a zone is read as UTC; a day ends, where `end`, with its last second.
    """
    if not isinstance(value, str):
        return numeric_date(value)
    if value.isascii() and value.isdigit() and len(value) <= len(str(YEAR_10000)):
        return numeric_date(int(value))
    try:
        if _DAY.fullmatch(value):
            moment = time(23, 59, 59) if end else time()
            return datetime.combine(datetime.fromisoformat(value), moment, UTC)
        if _WITHOUT_ZONE.fullmatch(value):
            return datetime.fromisoformat(value[:26]).replace(tzinfo=UTC)
        return instant(value, "")
    except (ValueError, MalformedCredential):
        return None


# ---------------------------------------------------------------------------------------- examine


def examine(credential: Credential) -> Iterator[VerifierError]:
    """What an Assertion must have (§4.1), and what it may not be."""
    document = credential.document
    if not id_of(document):
        yield AssertionMalformed("it has no id", pointer="/id")
    recipient = document.get("recipient")
    if not isinstance(recipient, dict) or not isinstance(recipient.get("identity"), str):
        yield AssertionMalformed("it does not say who received it", pointer="/recipient")
    elif not texts(recipient.get("type")):
        yield AssertionMalformed("it does not say how it names its recipient", pointer="/recipient/type")
    if "issuedOn" not in document:
        yield AssertionMalformed("it does not say when it was issued", pointer="/issuedOn")
    verification = document.get("verification")
    kinds = texts(verification.get("type")) if isinstance(verification, dict) else ()
    if (HOSTED | SIGNED).isdisjoint(kinds):
        yield AssertionMalformed("it does not say how it can be verified", pointer="/verification")
    yield from examine_common(document)


def examine_common(document: JsonObject) -> Iterator[VerifierError]:
    """What holds for every version: the class, the dates and the picture are what they must be."""
    badge = document.get("badge")
    if badge is not None and not id_of(badge) and not isinstance(badge, dict):
        yield AssertionMalformed("the badge it is of is neither an address nor an object", pointer="/badge")
    for name in ("issuedOn", "expires"):
        if document.get(name) is not None and date_of(document[name]) is None:
            yield AssertionMalformed(f"its {name} is not a date", pointer=pointer_to(name))
    image = id_of(document.get("image"))
    if image is not None and image.startswith("data:"):
        # §4.1.6: the picture of an assertion is one with the assertion baked in, at an address.
        yield AssertionMalformed("its picture stands inside of it", pointer="/image")


OPEN_BADGES_2_0 = Format(
    name="open_badges_2", label="Open Badge 2.0", sniff=sniff, parse=parse, examine=examine
)
