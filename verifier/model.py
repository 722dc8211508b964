"""What was read, in the words of the W3C VC Data Model, Open Badges 3.0 and ELM, before anything is proved.

Everything here is a claim of the document. `pointer` fields are RFC 6901 pointers into `Credential.document`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

JsonObject = dict[str, Any]  # Any: a JSON value; narrowed at the boundary by the readers of strict_json


class Kind(StrEnum):
    """What a readable source is."""

    CREDENTIAL = "credential"
    PRESENTATION = "presentation"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level in a named scheme; levels of different schemes are never compared (SKILLS §5)."""

    scheme: str  # "EQF", "DigComp", "CEFR", "rubric:<result description id>", …
    value: str  # as the scheme writes it: "6", "B2", "Proficient"
    label: str = ""
    order: tuple[str, ...] = ()  # all values of a rubric, lowest first, where the order can be proved
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """That an achievement, result or level corresponds to something in a framework (OB 3.0 §B.3)."""

    target_name: str = ""
    target_url: str | None = None
    target_code: str | None = None
    target_framework: str | None = None
    target_type: str | None = None
    pointer: str
    place: str = "achievement"  # achievement | result | rubric_level | skill_assertion | tag | text
    level: Level | None = None
    failed: bool = False  # the result that carries it has status Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """One thing that somebody achieved (OB 3.0 §B.1; ELM learning achievement)."""

    id: str | None = None
    name: str = ""
    description: str = ""
    achievement_type: str = ""
    criteria: str = ""
    tags: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    level: Level | None = None  # of the qualification, e.g. EQF: never of each skill
    assessed: bool | None = None  # None: the document does not say
    identity_verified: bool | None = None  # None: the document does not say
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An identifier of the subject other than its `id` (OB 3.0 IdentityObject; OB 2.0 IdentityObject)."""

    kind: str  # emailAddress | telephone | name | did | sourcedId | …
    value: str  # plain, or "sha256$…" / "md5$…" where hashed
    hashed: bool = False
    salt: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who or what the claims are about."""

    id: str | None = None
    name: str = ""
    identifiers: tuple[Identifier, ...] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who the document says made it. The name is a claim, never evidence."""

    id: str
    name: str = ""
    url: str | None = None
    pointer: str = "/issuer"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEntry:
    """One `credentialStatus` (VCDM 2.0 §4.10) or its counterpart in another format."""

    type: str
    document: JsonObject
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedProof:
    """A proof inside the document (VC Data Integrity §2.1, and the linked-data suites before it)."""

    type: str
    options: JsonObject  # the proof as it stands, proofValue included
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoseProof:
    """A JWS around the document (RFC 7515): VC-JWT, VC-JOSE-COSE, Open Badges 2 signed, JAdES."""

    header: JsonObject  # protected header; nothing in it chooses a key
    signing_input: bytes
    signature: bytes
    payload: bytes
    claims: JsonObject  # the payload as JSON
    unprotected: JsonObject = field(default_factory=dict)
    jades: bool = False  # ETSI TS 119 182-1: the certificate chain is evidence, not the key set of an issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class SdJwtProof:
    """An SD-JWT (RFC 9901): an issuer-signed JWT, disclosures, and perhaps a key-binding JWT."""

    jws: JoseProof
    disclosures: tuple[str, ...]
    key_binding: JoseProof | None = None
    presented: str = (
        ""  # everything up to and including the last "~" before the key-binding JWT: what sd_hash covers
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoseProof:
    """A COSE_Sign1 around the document (RFC 9052; VC-JOSE-COSE §3.3)."""

    protected: bytes
    header: Mapping[int, object]
    payload: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedProof:
    """Open Badges 1.x and 2.0: the evidence stands on the issuer's own addresses.

    Hosted: the issuer's copy at `url`. Signed: `jws`, under a key that the issuer's profile publishes.
    """

    url: str  # "" where the document does not say
    document: JsonObject = field(repr=False, default_factory=dict)  # the assertion as it was read
    jws: JoseProof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MerkleReceipt:
    """Blockcerts 2 and OpenAttestation: a Merkle proof whose root is anchored somewhere else."""

    scheme: str  # "MerkleProof2017" | "SHA3MerkleProof" | …
    options: JsonObject
    pointer: str


Proof = EmbeddedProof | JoseProof | SdJwtProof | CoseProof | HostedProof | MerkleReceipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A link between two achievements of a CLR 2.0 (§5.2 Association)."""

    type: str
    source_id: str
    target_id: str
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Something inside: an archive member, a credential in a presentation, a child of a CLR.

    Bytes, a document or an address that still has to be read, or the reason why it cannot be.
    """

    name: str  # for people, and the end of the inner report's `source`
    data: bytes = field(repr=False, default=b"")
    document: JsonObject | None = field(repr=False, default=None)  # already parsed, when it was JSON in JSON
    url: str | None = None  # a link found in a PDF, a CV or a QR code
    error: Exception | None = None  # an Unreadable: this member cannot be read, its neighbours can
    pointer: str = ""
    weighs: bool = True  # False: an endorsement, which neither lifts nor lowers what it stands beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One readable source: a credential, a presentation, or an archive of several."""

    kind: Kind = Kind.CREDENTIAL
    format: str  # the name of the format that read it, e.g. "open_badges_3"
    document: JsonObject = field(repr=False, default_factory=dict)
    id: str | None = None
    types: tuple[str, ...] = ()
    name: str = ""
    issuer: Issuer | None = None
    holder: str | None = None  # of a presentation
    subjects: tuple[Subject, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    issued: datetime | None = None
    proofs: tuple[Proof, ...] = field(repr=False, default=())
    statuses: tuple[StatusEntry, ...] = ()
    associations: tuple[Association, ...] = ()
    contains: tuple[Member, ...] = ()
    notes: tuple[str, ...] = ()  # what a person should know about how it was read, e.g. "baked into a PNG"

    def summary(self) -> dict[str, Any]:
        """What the document says about itself, JSON-ready; nothing of it is proved by being here."""
        return {
            "kind": self.kind.value,
            "format": self.format,
            "id": self.id,
            "types": list(self.types),
            "name": self.name,
            "issuer": None if self.issuer is None else {"id": self.issuer.id, "name": self.issuer.name},
            "holder": self.holder,
            "subjects": [{"id": subject.id, "name": subject.name} for subject in self.subjects],
            "achievements": [
                {
                    "id": achievement.id,
                    "name": achievement.name,
                    "type": achievement.achievement_type,
                    "alignments": len(achievement.alignments),
                }
                for achievement in self.achievements
            ],
            "valid_from": _stamp(self.valid_from),
            "valid_until": _stamp(self.valid_until),
            "issued": _stamp(self.issued),
            "notes": list(self.notes),
        }


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
