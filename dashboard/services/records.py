"""Values about what the employer keeps: jobs, the issuer list, the activity log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementRow:
    """One line of a job; the same shape is shown, edited and saved."""

    requirement_id: str = ""  # stable within the job; "" for a new line
    skill_id: str = ""  # URI; "" for a skill known by name alone
    skill_name: str
    skill_code: str = ""  # in the framework's own notation
    framework: str = ""  # "ESCO", "O*NET", …; "" for free text
    required: bool = True  # False: preferred
    level_scheme: str = ""  # "EQF", …; "": no minimum
    level_value: str = ""
    level_label: str = ""  # what the scale calls the level; its value may be an address
    level_order: tuple[str, ...] = ()  # of the scale's levels, lowest first, where the line carries it
    issuer_tier: str = "recognised"  # the lowest that counts: accredited | recognised | unknown
    issuers: tuple[str, ...] = ()  # the only ones that count, by exact identifier; empty: any of that tier
    max_age_days: int | None = None
    must_hold: bool = False  # a licence: an expired one is no evidence at all
    assessed: bool = False  # the credential must say that there was an assessment
    identity_verified: bool = False  # the credential must say that identity was checked in it
    kept: str = field(
        default="", repr=False, compare=False
    )  # all of the line as it was read, for what no screen shows


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChoice:
    """A level that a line may ask for, with all that is kept of it."""

    scheme: str
    value: str
    label: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChange:
    """What one version did to one line."""

    kind: str  # added | removed | changed
    before: RequirementRow | None
    after: RequirementRow | None
    fields: tuple[str, ...] = ()  # of `RequirementRow`, where changed


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One saved version of a job's requirements."""

    version: int
    at: datetime
    actor: str
    requirements: int
    note: str
    changes: tuple[RequirementChange, ...] = ()  # against the version before


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job in the list."""

    job_id: str
    title: str
    version: int
    requirements: int
    people: int
    sample: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDetail:
    """A job with the requirements of one version."""

    job_id: str
    title: str
    version: int
    requirements: tuple[RequirementRow, ...]
    versions: tuple[VersionRow, ...]  # newest first
    sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSuggestion:
    """A skill that a text may mean; confirmed by a click, never taken by itself."""

    skill_id: str
    skill_name: str
    framework: str
    score: float  # of 100, for the order alone
    words: tuple[str, ...] = ()  # of a sentence: those that matched
    sure: bool = False  # of such suggestions at least 80 % were right when it was measured


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRow:
    """An occupation of a framework, to propose a job from."""

    occupation_id: str
    label: str
    framework: str  # "ESCO" | "O*NET"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """A text of an advert that names no skill by address: each suggestion wants a click."""

    field: str  # "description", "qualifications", …
    text: str
    suggestions: tuple[SkillSuggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDraft:
    """A job that was proposed or read and is not saved: edit it, then `jobs.create(title, requirements)`."""

    title: str
    requirements: tuple[RequirementRow, ...]
    notes: Mapping[str, str]  # requirement id → what the source says of it, e.g. "O*NET importance 4.1 of 5"
    texts: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerRow:
    """One entry of the employer's list (ARCHITECTURE §5); the same shape is edited and saved."""

    issuer_id: str
    name: str
    decision: str  # accept | refuse | ask
    types: tuple[str, ...] = ("*",)
    achievement_types: tuple[str, ...] = ("*",)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    reason: str = ""
    approved_by: str = ""
    has_keys: bool = False
    sample: bool = False  # "sample, not for hiring"
    credentials: int = 0  # held now
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A change of the issuer list that waits for a second person."""

    proposal_id: str
    entry: IssuerRow  # as it would be; decision "removed" where it would be taken off
    now: IssuerRow | None  # as it is
    proposed_by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """Somebody who may sign in."""

    member_id: str
    issuer: str
    subject: str
    label: str
    roles: tuple[Role, ...]
    added_by: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedIssuer:
    """An issuer whose signature holds and that is not on the list."""

    issuer_id: str
    claimed: str
    credentials: int
    people: int
    sample: bool = False  # only sample people bring it: what is decided of it is "not for hiring"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """A public registry that is asked, and how it answered last."""

    name: str
    url: str
    last_answer: datetime | None
    last_failure: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    """An address that checks asked, and how it answered last."""

    url: str
    kind: str  # status_list | keys | registry | other
    last_answer: datetime | None
    last_failure: datetime | None
    sha256: str  # of the last answer
    size: int  # bytes of it
    files: int  # whose last check asked it
    sample: bool  # only sample people's files did; their clock stands still


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """How many checks ended on one day, in UTC."""

    day: date
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRow:
    """A JSON-LD context that ships with the verifier, pinned by its hash and never fetched."""

    url: str
    sha256: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One line of the log."""

    seq: int
    at: datetime
    actor: str
    action: str  # e.g. "decision.made"
    subject: str  # opaque id
    detail: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """Whether the log is whole."""

    intact: bool
    length: int
    head: str  # digest of the last line: write it down elsewhere and compare
    broken_at: int | None  # seq of the first line that does not follow from the one before
