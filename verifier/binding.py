"""Is it theirs? The subject of a credential against what the employer knows of the applicant.

Open Badges 3.0 §B.11 and 2.0 IdentityObject: an identifier may be hashed, with the salt appended.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verifier.context import Context
from verifier.errors import OPEN_BADGES_3, Inconclusive, Refuted
from verifier.given import Applicant
from verifier.model import Credential, Identifier, Subject
from verifier.report import Finding, Outcome

_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_EMAIL_KINDS = frozenset({"emailAddress", "email"})
_PHONE_KINDS = frozenset({"telephone", "phone", "phoneNumber"})
_NAME_KINDS = frozenset({"name"})


class BelongsToAnother(Refuted):
    code = "other_subject"
    spec = OPEN_BADGES_3 + "#org.1edtech.ob.v3p0.identityobject.class"
    sentence = "was issued to another identifier than any you know of the applicant ({0})"


class OtherSubjectInside(Refuted):
    code = "other_subject_inside"
    sentence = "is about somebody else than what it was found in"


class PresentedByAnother(Refuted):
    code = "holder_mismatch"
    sentence = "was presented by somebody else than the person it is about"


class Bearer(Inconclusive):
    code = "bearer"
    sentence = "names nobody: whoever holds it can show it"


class NameOnly(Inconclusive):
    code = "name_only"
    sentence = "is tied to the applicant by a name alone"


class NotComparable(Inconclusive):
    code = "identifier_not_comparable"
    sentence = "names its subject by {0}, and you know no such identifier of the applicant"


class Endorsement(Inconclusive):
    code = "endorsement"
    spec = OPEN_BADGES_3 + "#org.1edtech.ob.v3p0.endorsementcredential.class"
    sentence = "endorses somebody or something; it is no achievement of the applicant"


class Conflicting(Inconclusive):
    code = "conflicting_identifiers"
    sentence = "matches the applicant by one identifier and contradicts another"


@dataclass(frozen=True, slots=True)
class Compared:
    """How one identifier of the subject stands to the applicant."""

    how: str  # "key" | "e-mail" | "e-mail, ignoring case" | "telephone" | "name" | other kind
    match: bool | None  # None: the applicant has no identifier of this kind
    pointer: str


def findings(credential: Credential, context: Context) -> Sequence[Finding]:
    """One finding for each subject, or one for the credential where there is nothing to compare."""
    if "EndorsementCredential" in credential.types and (context.outer is None or not credential.achievements):
        # Its subject is an issuer, an achievement or a credential: compared with a person it would accuse.
        return [Endorsement(pointer="/type").finding()]
    if (inside := _inside(credential, context)) is not None:
        return [inside]
    holder = context.outer.holder if context.outer is not None and context.outer.fresh else None
    applicant = context.applicant or (Applicant(dids=(holder,)) if holder else None)
    if applicant is None:
        return [
            _finding(Outcome.NOT_APPLICABLE, "no_applicant", "was not compared with a person: none was given")
        ]
    subjects = credential.subjects or (Subject(),)
    return [_judge(_compare(subject, applicant), subject) for subject in subjects]


def _inside(credential: Credential, context: Context) -> Finding | None:
    """A credential in a record or presentation must be about the same person as what holds it."""
    outer = context.outer
    if outer is None:
        return None
    own = {subject.id for subject in credential.subjects if subject.id is not None}
    around = {subject.id for subject in outer.credential.subjects if subject.id is not None}
    if own and around and not own & around:
        return OtherSubjectInside(pointer="/credentialSubject/id").finding()
    if outer.holder is not None and own and outer.holder not in own and not context.applicant:
        return PresentedByAnother(pointer="/credentialSubject/id").finding()
    return None


def _compare(subject: Subject, applicant: Applicant) -> list[Compared]:
    found = [_compare_id(subject.id, applicant, subject.pointer + "/id")] if subject.id else []
    found += [_compare_identifier(identifier, applicant) for identifier in subject.identifiers]
    if subject.name and applicant.name:
        found.append(
            Compared("name", same_name(subject.name, applicant.name) or None, subject.pointer + "/name")
        )
    return found


def _compare_id(identifier: str, applicant: Applicant, pointer: str) -> Compared:
    if identifier.startswith("mailto:"):
        return _compare_email(identifier.removeprefix("mailto:"), applicant, pointer)
    if identifier.startswith("tel:"):
        return _compare_phone(identifier.removeprefix("tel:"), applicant, pointer)
    if identifier.startswith("did:"):
        # A DID URL with a fragment names a key of the DID (DID Core §3.2).
        known = identifier in applicant.dids or identifier.partition("#")[0] in applicant.dids
        return Compared("key", known if applicant.dids else None, pointer)
    return Compared("identifier", True if identifier in applicant.dids else None, pointer)


def _compare_identifier(identifier: Identifier, applicant: Applicant) -> Compared:
    if identifier.kind in _EMAIL_KINDS:
        if identifier.hashed:
            return _compare_hash(identifier, applicant.emails, "e-mail")
        return _compare_email(identifier.value, applicant, identifier.pointer)
    if identifier.kind in _PHONE_KINDS:
        if identifier.hashed:
            return _compare_hash(identifier, applicant.phones, "telephone")
        return _compare_phone(identifier.value, applicant, identifier.pointer)
    if identifier.kind in _NAME_KINDS and not identifier.hashed:
        match = same_name(identifier.value, applicant.name) if applicant.name else None
        return Compared("name", match or None, identifier.pointer)
    if identifier.kind == "did" and not identifier.hashed:
        return _compare_id(identifier.value, applicant, identifier.pointer)
    return Compared(identifier.kind or "an identifier", None, identifier.pointer)


def _compare_email(value: str, applicant: Applicant, pointer: str) -> Compared:
    if value in applicant.emails:
        return Compared("e-mail", True, pointer)
    if value.casefold() in (email.casefold() for email in applicant.emails):
        return Compared("e-mail, ignoring case", True, pointer)
    return Compared("e-mail", False if applicant.emails else None, pointer)


def _compare_phone(value: str, applicant: Applicant, pointer: str) -> Compared:
    known = {digits for phone in applicant.phones if (digits := _digits(phone))}
    return Compared("telephone", _digits(value) in known if known else None, pointer)


def _digits(phone: str) -> str:
    digits = re.sub(r"[^0-9]", "", phone[:64], flags=re.ASCII)
    return digits.removeprefix("00")


def _compare_hash(identifier: Identifier, known: Iterable[str], how: str) -> Compared:
    """The hash of value and salt, exact spelling first, then the lower-case one (OB 2.0 baked either)."""
    name, dollar, digest = identifier.value.partition("$")
    algorithm = _HASHES.get(name.lower())
    values = tuple(known)
    if not dollar or algorithm is None or not values:
        # md5 and plain values under a hash flag prove nothing (SECURITY 63).
        return Compared(how, False if values else None, identifier.pointer)
    for spelled, label in (
        (values, how),
        (tuple(value.lower() for value in values), f"{how}, ignoring case"),
    ):
        for value in spelled:
            expected = algorithm((value + identifier.salt).encode()).hexdigest()
            if hmac.compare_digest(expected.encode(), digest.lower().encode()):
                return Compared(label, True, identifier.pointer)
    return Compared(how, False, identifier.pointer)


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, whatever their order, case, accents and punctuation."""
    return bool(words := _name_words(one)) and words == _name_words(other)


def _name_words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", name[:200].casefold())
    letters = "".join(ch if ch.isalnum() else " " for ch in folded if not unicodedata.combining(ch))
    return sorted(letters.split())


def _judge(compared: list[Compared], subject: Subject) -> Finding:
    matched = [entry for entry in compared if entry.match is True and entry.how != "name"]
    refuted = [entry for entry in compared if entry.match is False]
    if matched and refuted:
        return Conflicting(pointer=refuted[0].pointer).finding()
    if matched:
        how = matched[0].how
        return _finding(
            Outcome.PASSED, "belongs_to_applicant", f"was issued to the applicant ({how})", matched[0].pointer
        )
    if refuted:
        return BelongsToAnother(refuted[0].how, pointer=refuted[0].pointer).finding()
    if any(entry.match for entry in compared):
        return NameOnly(pointer=subject.pointer).finding()
    if not compared or all(entry.how == "name" for entry in compared):
        return Bearer(pointer=subject.pointer).finding()
    return NotComparable(compared[0].how, pointer=compared[0].pointer).finding()


def _finding(outcome: Outcome, code: str, message: str, pointer: str = "") -> Finding:
    return Finding(outcome=outcome, code=code, message=message, pointer=pointer)
