"""What an applicant of the sample is, and how a badge is bound to one and signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sample_data import catalogue as c
from tests.issuing import Issuer, Json, json_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFile:
    """A file that an applicant hands in."""

    name: str
    data: bytes = field(repr=False)
    verdict: str = "verified"
    code: str = "verified"
    about: str  # finishes the sentence "This file …"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An applicant."""

    name: str
    line: str  # what this person is in the sample to show
    files: tuple[SampleFile, ...]

    @property
    def slug(self) -> str:
        """The name as part of an address."""
        return self.name.lower().replace(" ", "-")


def holder(name: str) -> Issuer:
    """The applicant as a wallet: an identifier of the person's own, and its key."""
    return Issuer.with_did_key(f"applicant {name}")


def email(name: str) -> str:
    """The address that the applicant applied with."""
    return f"{name.lower().replace(' ', '.')}@applicants.example"


def by_did(name: str, achievement: Json, **more: object) -> Json:
    """A subject that is bound to the person by a DID."""
    return {"id": holder(name).did, "type": ["AchievementSubject"], "achievement": achievement, **more}


def by_email(name: str, achievement: Json, **more: object) -> Json:
    """A subject that is bound to the person by a salted hash of the e-mail address (OB 3.0 §B.1.14)."""
    salt = hashlib.sha256(name.encode()).hexdigest()[:16]
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + hashlib.sha256((email(name) + salt).encode()).hexdigest(),
        "identityType": "emailAddress",
        "salt": salt,
    }
    return {"type": ["AchievementSubject"], "identifier": [identity], "achievement": achievement, **more}


def badge(issuer: Issuer, subject: Json, number: int, **changes: object) -> Json:
    """An unsigned Open Badge 3.0; `number` tells it from the issuer's other badges."""
    achievement = subject["achievement"]
    identifier = f"{achievement['id'].replace('/achievements/', '/credentials/')}/{number}"
    standing = {"id": identifier, "achievement": achievement, "credentialSubject": subject}
    return issuer.credential(**{**standing, **changes})


def signed(issuer: Issuer, subject: Json, number: int, **changes: object) -> bytes:
    """A signed Open Badge 3.0 as a JSON file."""
    return json_bytes(issuer.sign(badge(issuer, subject, number, **changes)))


def as_jwt(issuer: Issuer, subject: Json, number: int, **changes: object) -> bytes:
    """The same as a JWT (VC-JOSE-COSE)."""
    return issuer.jwt(badge(issuer, subject, number, **changes)).encode() + b"\n"


def revocable(index: int, url: str = c.COLLEGE_REVOCATIONS, purpose: str = "revocation") -> Json:
    """Where the issuer says whether the credential still stands."""
    return c.COLLEGE.status_entry(url, index, purpose)
