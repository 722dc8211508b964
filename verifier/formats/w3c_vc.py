"""W3C Verifiable Credentials Data Model 1.1 and 2.0: what every credential of either has in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from verifier.errors import VCDM1, VCDM2, MalformedCredential, VerifierError
from verifier.formats import ctdl, vc_cose, vc_jwt
from verifier.formats.document import Document, Format
from verifier.model import (
    CoseProof,
    Credential,
    EmbeddedProof,
    Issuer,
    JoseProof,
    JsonObject,
    Kind,
    Proof,
    SdJwtProof,
    StatusEntry,
    Subject,
)
from verifier.policy import Limits
from verifier.proofs import cose
from verifier.strict_json import (
    id_of,
    instant,
    kind_of,
    numeric_date,
    objects,
    one_or_many,
    pointer_to,
    text_of,
    texts,
)

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+", re.ASCII)
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})
# Terms whose every value must say what it is (VCDM 2.0 §4.5).
_TYPED = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence", "renderMethod")


def version_of(document: JsonObject) -> int:
    """1 where the context of VCDM 1.1 is named, else 2 (VCDM 2.0 §4.3)."""
    return 1 if V1 in texts(document.get("@context")) else 2


def sniff(document: Document) -> bool:
    """Whether this is a verifiable credential at all, of whatever further kind."""
    json = document.json
    if {V1, V2} & set(texts(json.get("@context"))) and "credentialSubject" in json:
        return True
    return "VerifiableCredential" in texts(json.get("type"))


def parse(document: Document, limits: Limits) -> Credential:
    """The parts that every verifiable credential has, and what CTDL says in it."""
    json = document.json
    return Credential(
        format="w3c_vc",
        subjects=subjects_of(json),
        achievements=ctdl.achievements_of(json),
        **common(document, limits),
    )


def common(document: Document, limits: Limits) -> dict[str, Any]:
    """Constructor arguments of `Credential` that no further format changes."""
    json = document.json
    claims = _claims_of(document)
    not_before, expires = (numeric_date(claims.get(name)) for name in ("nbf", "exp"))
    starts = (date_of(json, "validFrom"), date_of(json, "issuanceDate"), not_before)
    ends = (date_of(json, "validUntil"), date_of(json, "expirationDate"), expires)
    return {
        "document": json,
        "id": id_of(json),
        "types": texts(json.get("type")),
        "name": text_of(json.get("name")),
        "issuer": issuer_of(json),
        "valid_from": max(filter(None, starts), default=None),
        "valid_until": min(filter(None, ends), default=None),
        "issued": date_of(json, "issuanceDate", "validFrom"),
        "proofs": proofs_of(document),
        "statuses": (*statuses_of(json), *vc_jwt.statuses_of(claims)),
    }


def issuer_of(json: JsonObject) -> Issuer | None:
    """`issuer` as an id or an object (VCDM 2.0 §4.7)."""
    value = json.get("issuer")
    if (identifier := id_of(value)) is None:
        return None
    node = value if isinstance(value, dict) else {}
    url = node.get("url")
    return Issuer(id=identifier, name=text_of(node.get("name")), url=url if isinstance(url, str) else None)


def subjects_of(json: JsonObject) -> tuple[Subject, ...]:
    """Every `credentialSubject`, an array or one."""
    value = json.get("credentialSubject")
    many = isinstance(value, list)
    return tuple(
        Subject(
            id=id_of(node),
            name=text_of(node.get("name")),
            pointer=pointer_to("credentialSubject", index) if many else "/credentialSubject",
        )
        for index, node in enumerate(objects(value))
    )


def proofs_of(document: Document) -> tuple[Proof, ...]:
    """The envelope and every embedded proof; none is left out."""
    value = document.json.get("proof")
    found: list[Proof] = [] if document.envelope is None else [document.envelope, *document.countersigned]
    for index, node in enumerate(one_or_many(value)):
        pointer = pointer_to("proof", index) if isinstance(value, list) else "/proof"
        options = node if isinstance(node, dict) else {}
        kind = options.get("type")
        found.append(
            EmbeddedProof(type=kind if isinstance(kind, str) else "", options=options, pointer=pointer)
        )
    return tuple(found)


def statuses_of(json: JsonObject) -> tuple[StatusEntry, ...]:
    """Every `credentialStatus` (VCDM 2.0 §4.10), also those of a shape that nobody knows."""
    value = json.get("credentialStatus")
    entries = []
    for index, node in enumerate(one_or_many(value)):
        entry = node if isinstance(node, dict) else {}
        kind = entry.get("type")
        pointer = pointer_to("credentialStatus", index) if isinstance(value, list) else "/credentialStatus"
        names = texts(kind)
        entries.append(StatusEntry(type=names[0] if names else "", document=entry, pointer=pointer))
    return tuple(entries)


def date_of(json: JsonObject, *names: str) -> datetime | None:
    """The first of `names` that is a date; a malformed one is named by `examine`, not here."""
    for name in names:
        if name in json:
            try:
                return instant(json[name], pointer_to(name))
            except MalformedCredential:
                return None
    return None


def _claims_of(document: Document) -> JsonObject:
    """The claims of the token around it (RFC 7519 §4), of an SD-JWT those that its issuer left to nobody."""
    envelope = document.envelope
    if isinstance(envelope, CoseProof):
        return cose.claims_of(envelope)
    token = envelope.jws if isinstance(envelope, SdJwtProof) else envelope
    return token.claims if isinstance(token, JoseProof) else {}


# ---------------------------------------------------------------------------------------- examine


def examine(credential: Credential) -> Iterator[VerifierError]:
    """Every way in which the document breaks the data model it names."""
    document = credential.document
    spec = VCDM1 if version_of(document) == 1 else VCDM2
    yield from _context_errors(document)
    yield from _type_errors(document, "VerifiableCredential")
    yield from _identity_errors(document)
    yield from _subject_errors(document)
    yield from _date_errors(document)
    yield from _typed_errors(document)
    yield from proof_errors(document)
    yield from _text_errors(document, spec)
    yield from vc_jwt.examine(credential)
    yield from token_errors(credential)


def token_errors(credential: Credential) -> Iterator[VerifierError]:
    """A `typ` that belongs to another kind of token, and dates of its header that are none."""
    envelope, presentation = vc_jwt.envelope_of(credential), credential.kind is Kind.PRESENTATION
    if isinstance(envelope, CoseProof):
        yield from vc_cose.type_errors(envelope, presentation=presentation)
        yield from vc_cose.date_errors(envelope)
    elif isinstance(envelope, JoseProof) and not envelope.jades:
        error = vc_jwt.type_error(envelope, presentation=presentation)
        if error is not None:
            yield error


def _context_errors(document: JsonObject) -> Iterator[VerifierError]:
    """VCDM 2.0 §4.3: an ordered set whose first item is the base context."""
    contexts = document.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if first not in (V1, V2):
        yield MalformedCredential(
            "its first context is not that of verifiable credentials", pointer="/@context"
        )
    if not isinstance(contexts, str | list):
        yield MalformedCredential(f"@context is a {kind_of(contexts)}", pointer="/@context")
    for index, item in enumerate(one_or_many(contexts)):
        if not isinstance(item, str | dict):
            yield MalformedCredential(
                f"a context is a {kind_of(item)}", pointer=pointer_to("@context", index)
            )


def _type_errors(document: JsonObject, wanted: str) -> Iterator[VerifierError]:
    """VCDM 2.0 §4.5: one or more texts, among them the kind of document."""
    names = one_or_many(document.get("type"))
    if not names or not all(isinstance(name, str) and name for name in names):
        yield MalformedCredential("its type is missing or not a text", pointer="/type")
    elif wanted not in names:
        yield MalformedCredential(f"its type does not say {wanted}", pointer="/type")


def _identity_errors(document: JsonObject) -> Iterator[VerifierError]:
    if "id" in document and not is_url(document["id"]):
        yield MalformedCredential("its id is not a URL", pointer="/id")
    issuer = document.get("issuer")
    if not is_url(issuer) and not (isinstance(issuer, dict) and is_url(issuer.get("id"))):
        yield MalformedCredential("its issuer is not one URL, or one object with an id", pointer="/issuer")


def _subject_errors(document: JsonObject) -> Iterator[VerifierError]:
    value = document.get("credentialSubject")
    subjects = one_or_many(value)
    if not subjects:
        yield MalformedCredential("it says nothing about anybody", pointer="/credentialSubject")
    for index, node in enumerate(subjects):
        pointer = pointer_to("credentialSubject", index) if isinstance(value, list) else "/credentialSubject"
        if not isinstance(node, dict) or not node:
            yield MalformedCredential("a subject is not an object with claims", pointer=pointer)
        elif "id" in node and not is_url(node["id"]):
            yield MalformedCredential("the id of a subject is not a URL", pointer=pointer + "/id")


def _date_errors(document: JsonObject) -> Iterator[VerifierError]:
    names = ("issuanceDate", "expirationDate") if version_of(document) == 1 else ("validFrom", "validUntil")
    if version_of(document) == 1 and "issuanceDate" not in document:
        yield MalformedCredential("it has no issuanceDate", pointer="/issuanceDate")
    found: dict[str, datetime] = {}
    for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate"):
        if name in document:
            try:
                found[name] = instant(document[name], pointer_to(name))
            except MalformedCredential as error:
                yield error
    start, end = (found.get(name) for name in names)
    if start is not None and end is not None and end < start:
        yield MalformedCredential("it ends before it begins", pointer=pointer_to(names[1]))


def _typed_errors(document: JsonObject) -> Iterator[VerifierError]:
    """VCDM 2.0 §4.5: status, schema, refresh service, terms of use and evidence name their type."""
    for name in _TYPED:
        value = document.get(name)
        for index, node in enumerate(one_or_many(value)):
            pointer = pointer_to(name, index) if isinstance(value, list) else pointer_to(name)
            if not isinstance(node, dict):
                yield MalformedCredential(f"{name} is not an object", pointer=pointer)
            elif not texts(node.get("type")):
                yield MalformedCredential(f"{name} does not say its type", pointer=pointer)
            elif "id" in node and not is_url(node["id"]):
                yield MalformedCredential(f"the id of {name} is not a URL", pointer=pointer + "/id")
            elif name == "credentialSchema" and "id" not in node:
                yield MalformedCredential("a schema has no id", pointer=pointer)


def proof_errors(document: JsonObject) -> Iterator[VerifierError]:
    """VCDM 1.1 §4.7, VC Data Integrity §2.1: a proof is an object that says its type."""
    value = document.get("proof")
    for index, node in enumerate(one_or_many(value)):
        pointer = pointer_to("proof", index) if isinstance(value, list) else "/proof"
        if not isinstance(node, dict) or not texts(node.get("type")):
            yield MalformedCredential("a proof does not say its type", pointer=pointer)


def _text_errors(document: JsonObject, spec: str) -> Iterator[VerifierError]:
    """VCDM 2.0 §4.6, §11.1: names and descriptions are texts or language value objects."""
    if spec == VCDM1:
        return
    issuer = document.get("issuer")
    holders = [("", document), ("/issuer", issuer if isinstance(issuer, dict) else {})]
    for base, node in holders:
        for name in ("name", "description"):
            for value in one_or_many(node.get(name)):
                if isinstance(value, dict) and not (
                    value.keys() <= _LANGUAGE_VALUE and isinstance(value.get("@value"), str)
                ):
                    yield MalformedCredential(f"{name} is not a text in a language", pointer=f"{base}/{name}")


def is_url(value: Any) -> bool:
    """Whether `value` is an absolute URL (a DID, a URN or an address); linear in its length."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


W3C_VC = Format(name="w3c_vc", label="Verifiable credential", sniff=sniff, parse=parse, examine=examine)
