"""SD-JWT VC (RFC 9901; draft-ietf-oauth-sd-jwt-vc): a credential as the claims of a token, some disclosed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from verifier.errors import MalformedCredential, Refuted, VerifierError
from verifier.formats import learning_credential, vc_jwt
from verifier.formats.document import Document, Format
from verifier.model import (
    Achievement,
    Credential,
    Identifier,
    Issuer,
    JsonObject,
    SdJwtProof,
    StatusEntry,
    Subject,
)
from verifier.policy import Limits
from verifier.proofs import jose
from verifier.proofs.sd_jwt import disclosed
from verifier.strict_json import numeric_date, pointer_to, text_of

SPEC = "https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/"
TYPES = frozenset({"dc+sd-jwt", "vc+sd-jwt"})  # vc+sd-jwt: drafts before 2024-11
# The claims that say who it is about; they bind it to a person, they are no achievement.
_EMAIL, _PHONE = ("email", "email_address"), ("phone_number", "mobile_phone_number")


class SdJwtVcMalformed(Refuted):
    """A registered claim is missing or has another shape (SD-JWT VC §3.2.2)."""

    code = "sd_jwt_vc_malformed"
    spec = SPEC
    sentence = "is not a well-formed SD-JWT credential: {0}"


def sniff(document: Document) -> bool:
    """An SD-JWT that is no W3C credential: those have `@context` and are read as what they are."""
    return isinstance(document.envelope, SdJwtProof) and "@context" not in document.json


def parse(document: Document, limits: Limits) -> Credential:
    json = document.json
    proof = document.envelope
    assert isinstance(proof, SdJwtProof)  # sniff
    issuer, kind = json.get("iss"), _text(json, "vct")
    return Credential(
        format="sd_jwt_vc",
        document=json,
        id=_text(json, "jti") or None,
        types=(kind,) if kind else (),
        name=_text(json, "title") or _text(json, "achievement_title") or _last_part(kind),
        issuer=Issuer(id=issuer, name=_issuer_name(json), pointer="/iss")
        if isinstance(issuer, str) and issuer
        else None,
        subjects=(_subject(json),),
        achievements=tuple(_achievements(json)),
        valid_from=numeric_date(json.get("nbf")),
        valid_until=_end(json),
        issued=numeric_date(json.get("iat")) or numeric_date(json.get("nbf")),
        proofs=(proof,),
        statuses=tuple(_statuses(json)),
    )


def _subject(json: JsonObject) -> Subject:
    named = " ".join(part for part in (_text(json, "given_name"), _text(json, "family_name")) if part)
    identifiers = [
        Identifier(kind=kind, value=value, pointer=pointer_to(claim))
        for kind, claims in (("emailAddress", _EMAIL), ("telephone", _PHONE))
        for claim in claims
        if (value := _text(json, claim))
    ]
    if learning_credential.sniff(json):
        identifiers += learning_credential.identifiers_of(json)
    return Subject(
        id=_text(json, "sub") or None, name=_text(json, "name") or named, identifiers=tuple(identifiers)
    )


def _achievements(json: JsonObject) -> Iterator[Achievement]:
    """The one achievement that the claims are about."""
    if learning_credential.sniff(json):
        yield learning_credential.achievement_of(json)
        return
    title = _text(json, "title") or _text(json, "achievement_title")
    if title:
        yield Achievement(name=title, description=text_of(json.get("achievement_description")), pointer="")


def _issuer_name(json: JsonObject) -> str:
    """`issuing_authority` is what attestations of the European Digital Identity Wallet say."""
    return _text(json, "issuer_name") or _text(json, "issuing_authority")


def _end(json: JsonObject) -> datetime | None:
    """The earlier of the ends that the token and the claims name."""
    own = learning_credential.expiry_of(json) if learning_credential.sniff(json) else None
    return min((end for end in (numeric_date(json.get("exp")), own) if end is not None), default=None)


def _statuses(json: JsonObject) -> Iterator[StatusEntry]:
    """The members of `status`; it is a registered claim here, so another shape is a status without a type."""
    status = json.get("status")
    if status is not None and not isinstance(status, dict):
        yield StatusEntry(type="", document={}, pointer="/status")
    yield from vc_jwt.statuses_of(json)


def examine(credential: Credential) -> Iterator[VerifierError]:
    """SD-JWT VC §3.2: type, `vct`, dates; and every rule of RFC 9901 on disclosures."""
    proof = credential.proofs[0]
    assert isinstance(proof, SdJwtProof)
    json = credential.document
    if jose.typ_of(proof.jws) not in TYPES:
        yield vc_jwt.TokenTypeConfused(jose.typ_of(proof.jws))
    if not _text(json, "vct"):
        yield SdJwtVcMalformed("it does not say its type", pointer="/vct")
    for name in ("nbf", "exp", "iat"):
        if name in json and numeric_date(json[name]) is None:
            yield MalformedCredential(f"“{name}” is not a date", pointer=pointer_to(name))
    if learning_credential.sniff(json):
        yield from learning_credential.examine(json)
    try:
        disclosed(proof, Limits())
    except VerifierError as error:
        yield error


def processed(proof: SdJwtProof, limits: Limits) -> JsonObject:
    """The claims with what was disclosed; the bare claims where that cannot be told, as `examine` says."""
    try:
        return disclosed(proof, limits)
    except VerifierError:
        return proof.jws.claims


def _text(json: JsonObject, name: str) -> str:
    value = json.get(name)
    return value if isinstance(value, str) else ""


def _last_part(kind: str) -> str:
    return kind.rstrip("/").replace(":", "/").rpartition("/")[2] if len(kind) < 200 else ""


SD_JWT_VC = Format(name="sd_jwt_vc", label="SD-JWT credential", sniff=sniff, parse=parse, examine=examine)
