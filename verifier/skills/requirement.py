"""One row of a job: a skill, a level, and what counts as evidence for it (SKILLS §5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from verifier.errors import Unreadable
from verifier.model import Level
from verifier.skills.claim import IssuerTier, Skill


class JobUnreadable(Unreadable, ValueError):
    """A list of requirements that says something impossible; names the row and the column."""

    code = "job_unreadable"
    sentence = "is not a list of requirements: {0}, {1}: {2}"

    def __init__(self, row: str, column: str, reason: str) -> None:
        super().__init__(row, column, reason)
        self.row, self.column, self.reason = row, column, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePolicy:
    """Which verified evidence counts for one requirement; what fails it is CLAIMED, never "not met"."""

    issuer_tier: IssuerTier = IssuerTier.RECOGNISED  # the lowest that counts
    issuers: tuple[str, ...] = ()  # the only ones that count, by exact identifier; empty: any of that tier
    max_age: timedelta | None = None  # since the credential was issued
    assessed: bool = False  # the document must say that there was an assessment
    identity_verified: bool = False  # the document must say that identity was checked in it
    self_asserted_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPolicy:
    """Which links beyond the declared skill are looked at."""

    crosswalk: bool = True  # one hop over a published exact mapping
    related: bool = True  # close or narrower skills, shown for a person to confirm
    label: bool = True  # equal names without an identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One row of a job."""

    id: str  # stable within the job: confirmations and overrides refer to it
    skill: Skill
    required: bool = True  # False: preferred
    weight: float = 1.0  # for the order of rows on a screen; no score is made of it
    minimum_level: Level | None = None
    must_hold: bool = False  # a licence: an expired one is no evidence at all
    evidence: EvidencePolicy = field(default_factory=EvidencePolicy)
    match: MatchPolicy = field(default_factory=MatchPolicy)
