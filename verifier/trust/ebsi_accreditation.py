"""Accreditations: what an organisation signs about the issuers below it (EBSI Issuer Trust Model v3).

EBSI Verifiable Accreditation, JSON Schema 2022-11 to 2024-01; the JWT in an attribute's `body` claims:

    {"iss": "did:ebsi:z<TAO>", "sub": "did:ebsi:z<TI>", "nbf": 1681808066, "vc": {
      "type": ["VerifiableCredential", "VerifiableAttestation", "VerifiableAccreditation",
               "VerifiableAccreditationToAttest"],
      "issuer": "did:ebsi:z<TAO>", "issuanceDate": "2026-01-01T00:00:00Z", "expirationDate": "2031-…",
      "credentialSubject": {"id": "did:ebsi:z<TI>", "reservedAttributeId": "98…", "accreditedFor": [
        {"schemaId": "https://api-pilot.ebsi.eu/trusted-schemas-registry/v3/schemas/z…",
         "types": ["VerifiableCredential", "VerifiableAttestation", "Diploma"], "limitJurisdiction": "…"}]},
      "credentialStatus": {"id": "…/issuers/<TI>/attributes/98…", "type": "EbsiAccreditationEntry"},
      "termsOfUse": {"id": "…/issuers/<TAO>/attributes/5f…", "type": "IssuanceCertificate"}}}
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from verifier.dids import document as did_document
from verifier.dids.document import DidDocument
from verifier.errors import MalformedCredential, VerificationMethodNotFound, VerifierError
from verifier.model import Credential, JoseProof, JsonObject
from verifier.policy import Limits
from verifier.proofs import encoding, jose
from verifier.proofs.encoding import Undecodable
from verifier.strict_json import id_of, instant, numeric_date, objects, texts
from verifier.trust.ebsi_records import Attribute, attribute_named
from verifier.trust.registry import RegistryUnusable

TO_ATTEST = "VerifiableAccreditationToAttest"
TO_ACCREDIT = "VerifiableAccreditationToAccredit"
FOR_TRUST_CHAIN = "VerifiableAuthorisationForTrustChain"
_TOKEN_TYPES = frozenset({"", "jwt", "vc+jwt", "vc+ld+jwt"})
_STATUS = "EbsiAccreditationEntry"  # its state is the attribute's `issuerType`
# One schema has two names: its SHA-256 in hexadecimal (API v2) and in Multibase (API v3).
_SCHEMA = re.compile(
    r"(https://[^/?#]+/trusted-schemas-registry)/v\d{1,3}/schemas/(0x[0-9a-f]{64}|z[1-9A-Za-z]{40,50})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What has to be covered: credentials of this kind, issued then."""

    schemas: frozenset[str]
    types: frozenset[str]
    at: datetime | None  # None: nobody says when, and no accreditation covers that


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One entry of `accreditedFor`."""

    schema: str
    types: frozenset[str] | None  # None: the older shape names no types

    def covers(self, wanted: Wanted) -> bool:
        """Whether schema and every type of what is wanted are permitted."""
        return self.schema in wanted.schemas and (self.types is None or wanted.types <= self.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation:
    """What `body` claims; believed only after `require_signed`."""

    token: JoseProof = field(repr=False)
    issuer: str
    types: tuple[str, ...]
    permissions: tuple[Permission, ...]
    begins: datetime
    ends: datetime | None
    status_types: tuple[str, ...]
    named: tuple[tuple[str, str], ...]  # the accreditor's attributes that it was made under

    def permits(self, kind: str) -> bool:
        """Whether it is an accreditation of `kind`; before 2022-11 there was one kind."""
        if kind in self.types:
            return True
        older = bool(self.permissions) and all(entry.types is None for entry in self.permissions)
        named = any(name.startswith("VerifiableAccreditation") for name in self.types)
        return older and named and kind != FOR_TRUST_CHAIN

    def covers(self, wanted: Wanted) -> bool:
        """Whether one of its permissions is for what is wanted."""
        return any(permission.covers(wanted) for permission in self.permissions)

    def in_force_at(self, at: datetime | None) -> bool:
        """Whether it was valid then: what was issued outside its time was issued without it."""
        return at is not None and self.begins <= at and (self.ends is None or at <= self.ends)


def wanted_of(credential: Credential) -> Wanted:
    """What `credential` is, in the terms of an accreditation."""
    document = credential.document
    return Wanted(
        schemas=frozenset(
            schema_key(identifier)
            for schema in objects(document.get("credentialSchema"))
            if (identifier := id_of(schema))
        ),
        types=frozenset(credential.types),
        at=credential.issued or credential.valid_from,
    )


def certificates_of(document: JsonObject) -> tuple[tuple[str, str], ...]:
    """The attributes under which `document` says it was issued (type extension IssuanceCertificate)."""
    return tuple(
        found
        for terms in objects(document.get("termsOfUse"))
        if "IssuanceCertificate" in texts(terms.get("type")) and (found := attribute_named(terms.get("id")))
    )


def schema_key(identifier: str) -> str:
    """One spelling for the spellings of a schema in the Trusted Schemas Registry; else `identifier`."""
    if not (match := _SCHEMA.fullmatch(identifier)):
        return identifier
    try:
        digest = match[2][2:] if match[2].startswith("0x") else encoding.multibase(match[2]).hex()
    except Undecodable:
        return identifier
    return f"{match[1]}/{digest}"


# ------------------------------------------------------------------------------------- reading


def read(attribute: Attribute, did: str, title: str, limits: Limits) -> Accreditation:
    """What the attribute of `did` claims. `RegistryUnusable` for another shape or another subject."""
    try:
        token = jose.split(attribute.body, limits)
        if jose.typ_of(token) not in _TOKEN_TYPES:
            raise RegistryUnusable(title, f"an attribute of {did} is another kind of token")
        inner = token.claims.get("vc", token.claims)
        if not isinstance(inner, dict):
            raise RegistryUnusable(title, f"an attribute of {did} holds no credential")
        return _accreditation(token, inner, did, title)
    except RegistryUnusable:
        raise
    except VerifierError as error:
        raise RegistryUnusable(title, f"an attribute of {did} {error}") from error


def _accreditation(token: JoseProof, inner: JsonObject, did: str, title: str) -> Accreditation:
    issuer, subject = id_of(inner.get("issuer")), inner.get("credentialSubject")
    if issuer is None or token.claims.get("iss", issuer) != issuer:
        raise RegistryUnusable(title, f"an accreditation of {did} does not say who made it")
    if not isinstance(subject, dict) or subject.get("id") != did or token.claims.get("sub", did) != did:
        raise RegistryUnusable(title, f"an accreditation of {did} is about somebody else")
    if not _key_name(token, issuer).startswith(f"{issuer}#"):
        raise RegistryUnusable(title, f"an accreditation of {did} names a key of somebody else")
    begins = [*_dates(inner, "issuanceDate", "validFrom"), *_seconds(token.claims, "nbf")]
    if not begins:
        raise RegistryUnusable(title, f"an accreditation of {did} does not say when it begins")
    ends = [*_dates(inner, "expirationDate", "validUntil"), *_seconds(token.claims, "exp")]
    statuses = objects(inner.get("credentialStatus"))
    return Accreditation(
        token=token,
        issuer=issuer,
        types=texts(inner.get("type")),
        permissions=tuple(_permissions(subject)),
        begins=max(begins),
        ends=min(ends, default=None),
        status_types=tuple(name for status in statuses for name in texts(status.get("type")) or ("",)),
        named=certificates_of(inner),
    )


def _permissions(subject: JsonObject) -> list[Permission]:
    found = []
    for entry in objects(subject.get("accreditedFor")):
        if isinstance(schema := entry.get("schemaId"), str) and (types := texts(entry.get("types"))):
            found.append(Permission(schema=schema_key(schema), types=frozenset(types)))
    for entry in objects(subject.get("authorisationClaims")):  # JSON Schema before 2022-11
        if isinstance(schema := entry.get("authorisedSchemaId"), str):
            found.append(Permission(schema=schema_key(schema), types=None))
    return found


def _dates(document: JsonObject, *names: str) -> list[datetime]:
    return [instant(document[name], f"/{name}") for name in names if name in document]


def _seconds(claims: JsonObject, name: str) -> list[datetime]:
    """A JWT NumericDate (RFC 7519 §2). One that is none could be an end that is not kept to."""
    if name not in claims:
        return []
    if (moment := numeric_date(claims[name])) is None:
        raise MalformedCredential(f"“{name}” is not a date", pointer=f"/{name}")
    return [moment]


# ------------------------------------------------------------------------------------- believing


def names_key(accreditation: Accreditation, document: DidDocument) -> bool:
    """Whether `document` publishes the key that the accreditation names."""
    try:
        did_document.dereference(document, _key_name(accreditation.token, accreditation.issuer))
    except VerificationMethodNotFound:
        return False
    except VerifierError:
        return True  # `require_signed` says what is wrong with it
    return True


def require_signed(accreditation: Accreditation, document: DidDocument, title: str) -> None:
    """Establish that the accreditor, whose `document` it is, signed it with a key for assertions."""
    try:
        method = did_document.dereference(document, _key_name(accreditation.token, accreditation.issuer))
        if not did_document.authorizes(document, method.id, "assertionMethod"):
            raise RegistryUnusable(title, f"{document.id} signs accreditations with a key for something else")
        jose.verify(accreditation.token, method.key)
    except RegistryUnusable:
        raise
    except VerifierError as error:
        raise RegistryUnusable(title, f"an accreditation by {document.id} {error}") from error
    if method.revoked is not None and method.revoked <= accreditation.begins:
        raise RegistryUnusable(title, f"an accreditation by {document.id} has a key that was revoked")
    if method.expires is not None and method.expires <= accreditation.begins:
        raise RegistryUnusable(title, f"an accreditation by {document.id} has a key that had expired")


def require_known_status(accreditation: Accreditation, title: str) -> None:
    """The registry's own state of the attribute is the only revocation of an accreditation read here."""
    if unknown := [name for name in accreditation.status_types if name != _STATUS]:
        raise RegistryUnusable(
            title, f"an accreditation can be revoked by a {unknown[0] or 'status'} of its own"
        )


def _key_name(token: JoseProof, issuer: str) -> str:
    kid = jose.kid_of(token) or ""
    return kid if kid.startswith("did:") else f"{issuer}#{kid.removeprefix('#')}"
