"""A skill, and a claim to it that a report has stamped: all that matching takes (ARCHITECTURE §1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verifier.model import Level
from verifier.report import Verdict
from verifier.skills.frameworks.identity import identity_of
from verifier.skills.frameworks.naming import folded


class Link(StrEnum):
    """How a credential leads to a skill; the weakest part of it decides the confidence."""

    DECLARED = "declared"  # the issuer named the skill by its address or code
    LABEL = "label"  # the issuer wrote a name, and the names are equal
    CROSSWALK = "crosswalk"  # one published mapping lies between them
    INFERRED = "inferred"  # suggested from free text: never more than a suggestion


class IssuerTier(StrEnum):
    """What the employer's sources of trust say of the issuer, best first."""

    ACCREDITED = "accredited"  # a source said so in as many words
    RECOGNISED = "recognised"
    UNKNOWN = "unknown"
    REFUSED = "refused"


TIERS = tuple(reversed(IssuerTier))  # worst first: the position is the rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill as somebody named it. Two spellings of one identifier have equal `keys_of`."""

    id: str | None = None  # URI
    code: str | None = None  # in the framework's own notation, e.g. "2.A.1.a"
    name: str = ""
    framework: str = ""  # "ESCO", "O*NET", …; as written where it is not known here; "" for free text
    version: str = ""
    kind: str = "skill"  # skill | occupation | level | credential


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillClaim:
    """One skill that one credential ascribes to its subject, with the verdict behind it."""

    skill: Skill
    link: Link
    level: Level | None = None  # of this skill
    qualification_level: Level | None = None  # of the whole achievement: never silently the skill's own
    pointer: str  # RFC 6901, into the `document` of that report's credential
    place: str  # achievement | result | rubric_level | skill_assertion | tag | text
    achievement: str = ""  # its name, as the document has it
    achievement_id: str | None = None
    verdict: Verdict
    code: str
    failures: tuple[str, ...] = ()  # codes of every check of that report that FAILED
    report_code: str  # of the outermost report: "invalid_signature" although this member is "verified"
    source: str
    credential_id: str | None
    credential_sha: str  # of the document in canonical key order: copies in other wrappings are equal
    issuer_id: str
    issuer_name: str = ""  # as a source of trust calls it, else "": the document's own name is no evidence
    issuer_tier: IssuerTier = IssuerTier.UNKNOWN
    issued: datetime | None = None
    valid_until: datetime | None = None
    checked_at: datetime
    assessed: bool | None = None  # None: the document does not say
    identity_verified: bool | None = None  # None: the document does not say
    self_issued: bool = False
    failed_result: bool = False


def keys_of(skill: Skill) -> tuple[str, ...]:
    """What this skill may be found under, strongest first: identifier, code in a framework, name."""
    keys = []
    if skill.id:
        keys.append(identity_of(skill.id))
    if skill.code and skill.framework:
        keys.append(f"code:{skill.framework.casefold()}|{skill.code.strip().casefold()}")
    if name := folded(skill.name):
        keys.append(f"name:{name}")
    return tuple(keys)
