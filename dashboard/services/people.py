"""Values about people: the grid, one person against a job, several side by side, all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.services.microcredentials import Microcredential
from dashboard.services.records import JobDetail, RequirementRow
from dashboard.services.values import Counts, CredentialCard, Given, ItemRow, Mark


class DecisionWord(StrEnum):
    """What a person decided about an applicant; no outcome is computed."""

    SHORTLISTED = "shortlisted"
    ON_HOLD = "on_hold"
    DECLINED = "declined"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRow:
    """Who said that a link counts, when and why."""

    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """What stands behind a requirement's state; `cred` opens the evidence."""

    cred: str
    name: str
    issuer: str
    mark: Mark
    skill_name: str
    link: str  # declared | label | crosswalk | inferred
    level: str  # "EQF 6", or ""
    pointer: str
    confirms: str  # the link's own name, for `candidates.confirm` and `withdraw_confirmation`
    confirmable: bool  # it counts once a person says so
    confirmed: ConfirmationRow | None  # also where the evidence has been rejected since


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A requirement of one person: one of the seven words of SKILLS §5, and why."""

    requirement: RequirementRow
    state: str  # met | level_short | level_unknown | related_only | claimed | rejected_evidence | no_evidence
    asked: str  # "EQF 6", or "" where no level is asked
    held: str  # "EQF 5", or "" where unknown
    reason: str  # the stable code of what decided
    sentence: str  # the verifier's own, in English
    evidence: tuple[EvidenceLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A person in the grid."""

    applicant_id: str
    pseudonym: str  # "Candidate 7F3A": shown in blind mode
    name: str  # "" where none was given
    label: str  # the folder it came in, else "": tells people apart, proves no name
    job_id: str | None
    required_met: int
    required_total: int
    preferred_met: int
    preferred_total: int
    verified_skills: int
    counts: Counts
    oldest_check: datetime | None
    decision: DecisionWord
    changed: bool  # a re-check changed a verdict since the decision
    sample: bool
    line: str = ""  # of a sample person: what they are there to show


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision with its note, or a note alone."""

    decision: DecisionWord | None
    note: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One skill that a credential names, with the verdict behind it."""

    cred: str
    skill_id: str
    skill_name: str
    framework: str
    level: str
    mark: Mark
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDetail:
    """Everything of screen 3."""

    row: CandidateRow
    given: Given
    job: JobDetail | None
    cells: tuple[Cell, ...]
    credentials: tuple[CredentialCard, ...]
    skills: tuple[ClaimRow, ...]  # behind a verified credential
    unverified: tuple[ClaimRow, ...]  # apart: nothing proves these
    unreadable: tuple[ItemRow, ...]
    pending: tuple[ItemRow, ...]
    decisions: tuple[DecisionRow, ...]  # newest first
    microcredentials: tuple[Microcredential, ...]  # the Annex I cards, in the order of the credentials
    applied_on: date
    applied_stated: bool  # False: nobody said; it is the day on which the first files came in
    blind: bool = False  # who it is was taken out (`services.blind`)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One requirement across people; cells in the order of `Comparison.people`."""

    requirement: RequirementRow
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything of screen 5; required lines first."""

    job: JobDetail
    people: tuple[CandidateRow, ...]
    removed: tuple[str, ...]  # ids that name nobody any more
    elsewhere: tuple[str, ...]  # ids of people who are considered for another job, or for none
    notes: tuple[DecisionRow | None, ...]  # the last decision on each with its note, in their order
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """How many people stand in which state for one requirement."""

    requirement: RequirementRow
    states: Mapping[str, int]  # all seven states, zero included


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """Credentials by something (an issuer, a framework), and how many are verified."""

    label: str
    verified: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow:
    """How many checks are so old, and older than the row before says."""

    checks: int
    at_most_days: int | None = None  # None: older than all rows before


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything of screen 6."""

    job: JobDetail
    people: int
    requirements: tuple[CoverageRow, ...]  # least proved first
    issuers: tuple[ShareRow, ...]
    frameworks: tuple[ShareRow, ...]
    ages: tuple[AgeRow, ...]  # of the current checks, the youngest first
    oldest_days: int
    pending: int = 0  # files that have no verdict yet
    behind: int = 0  # people not yet laid against this version: in no count by requirement
