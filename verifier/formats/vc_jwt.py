"""VC-JWT: from JOSE claims to a credential (VCDM 1.1 §6.3.1; VC-JOSE-COSE §3.1, Open Badges 3.0 §8.2)."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.errors import VC_JOSE_COSE, MalformedCredential, Refuted, VerifierError
from verifier.model import CoseProof, Credential, JoseProof, JsonObject, SdJwtProof, StatusEntry
from verifier.strict_json import id_of, instant, numeric_date, one_or_many, pointer_to

# JOSE `typ` values that a credential or presentation may carry, lower case and without "application/".
CREDENTIAL_TYPES = frozenset(
    {
        "",
        "jwt",
        "vc+jwt",
        "vc+ld+jwt",
        "vc+ld+json+jwt",
        "vc-ld+jwt",
        "vc+sd-jwt",
        "dc+sd-jwt",
        "jose",
        "json",
    }
)
PRESENTATION_TYPES = frozenset({"", "jwt", "vp+jwt", "vp+ld+jwt", "vp+sd-jwt", "vp+ld+json+jwt"})


class ClaimsDisagree(Refuted):
    """A registered claim and the credential say different things; either could be the forged one."""

    code = "claims_disagree"
    spec = VC_JOSE_COSE + "#registered-header-parameters-and-claims"
    sentence = "says one thing in its token (“{0}”) and another in the credential (“{1}”)"


class TokenTypeConfused(Refuted):
    """A token made for another use (RFC 8725 §3.11)."""

    code = "token_type"
    spec = "https://www.rfc-editor.org/rfc/rfc8725#section-3.11"
    sentence = "is a token of type “{0}”, which is not a credential"


def envelope_of(credential: Credential) -> JoseProof | CoseProof | None:
    """The JWS around `credential`, of an SD-JWT the issuer-signed part."""
    for proof in credential.proofs:
        if isinstance(proof, SdJwtProof):
            return proof.jws
        if isinstance(proof, JoseProof | CoseProof):
            return proof
    return None


def unfold(claims: JsonObject) -> JsonObject:
    """The credential or presentation that `claims` are, with the claims of VCDM 1.1 §6.3.1 mapped back."""
    for name in ("vc", "vp"):
        if isinstance(inner := claims.get(name), dict):
            return _with_registered(claims, inner, name)
    return claims


def _with_registered(claims: JsonObject, inner: JsonObject, name: str) -> JsonObject:
    document = dict(inner)
    if isinstance(identifier := claims.get("jti"), str):
        document.setdefault("id", identifier)
    issuer = claims.get("iss")
    if isinstance(issuer, str):
        document.setdefault("issuer" if name == "vc" else "holder", issuer)
    if name == "vp":
        return document
    for claim, term in (("nbf", "issuanceDate"), ("exp", "expirationDate")):
        if term not in document and (moment := numeric_date(claims.get(claim))) is not None:
            document[term] = moment.isoformat().replace("+00:00", "Z")
    subject, subject_id = document.get("credentialSubject"), claims.get("sub")
    if isinstance(subject, dict) and "id" not in subject and isinstance(subject_id, str):
        document["credentialSubject"] = {"id": subject_id, **subject}
    return document


def statuses_of(claims: JsonObject) -> Iterator[StatusEntry]:
    """The members of the claim `status` (Token Status List §6); one that is unknown is still a status."""
    status = claims.get("status")
    for name, value in status.items() if isinstance(status, dict) else ():
        document = value if isinstance(value, dict) else {}
        yield StatusEntry(type=name, document=document, pointer=pointer_to("status", name))


def examine(credential: Credential) -> Iterator[VerifierError]:
    """Every disagreement between the token's registered claims and the credential inside it."""
    envelope = envelope_of(credential)
    if not isinstance(envelope, JoseProof):
        return
    claims, document = envelope.claims, credential.document
    if "vc" in claims and "vp" in claims:
        yield MalformedCredential("its token holds a credential and a presentation at once", pointer="/vp")
    if isinstance(claims.get("vc"), dict) and "credentialSubject" in claims:
        yield MalformedCredential("its token holds two sets of claims", pointer="/credentialSubject")
    yield from _identifiers_disagree(claims, document)
    yield from _dates_disagree(claims, document)


def _identifiers_disagree(claims: JsonObject, document: JsonObject) -> Iterator[VerifierError]:
    subjects = [id_of(subject) for subject in one_or_many(document.get("credentialSubject"))]
    said = {
        "iss": [id_of(document.get("issuer")) or id_of(document.get("holder"))],
        "jti": [id_of(document)],
        "sub": subjects,
    }
    for claim, values in said.items():
        value = claims.get(claim)
        if value is None:
            continue
        if not isinstance(value, str):
            yield MalformedCredential(
                f"the claim “{claim}” of its token is not a text", pointer=pointer_to(claim)
            )
        elif any(known is not None and known != value for known in values):
            other = next(known for known in values if known is not None and known != value)
            yield ClaimsDisagree(value, other, pointer=pointer_to(claim))


def _dates_disagree(claims: JsonObject, document: JsonObject) -> Iterator[VerifierError]:
    terms = {"nbf": ("validFrom", "issuanceDate"), "exp": ("validUntil", "expirationDate")}
    for claim, names in terms.items():
        if (value := claims.get(claim)) is None:
            continue
        if (moment := numeric_date(value)) is None:
            yield MalformedCredential(
                f"the claim “{claim}” of its token is not a date", pointer=pointer_to(claim)
            )
            continue
        for name in names:
            try:
                said = instant(document[name], pointer_to(name)) if name in document else moment
            except MalformedCredential:
                continue  # the data model's own examination names it
            # NumericDate usually has whole seconds: a fraction in the credential is no contradiction.
            if abs((said - moment).total_seconds()) >= 1:
                yield ClaimsDisagree(
                    f"{claim} {moment:%Y-%m-%d %H:%M}",
                    f"{name} {said:%Y-%m-%d %H:%M}",
                    pointer=pointer_to(claim),
                )


def type_error(jws: JoseProof, *, presentation: bool) -> VerifierError | None:
    """The `typ` header against what the token is used as (VC-JOSE-COSE §3.1.1: vc+jwt, vp+jwt)."""
    typ = jws.header.get("typ", "")
    if not isinstance(typ, str):
        return MalformedCredential("the type of its token is not a text", pointer="")
    short = typ.lower().removeprefix("application/")
    allowed = PRESENTATION_TYPES if presentation else CREDENTIAL_TYPES
    return None if short in allowed else TokenTypeConfused(typ)
