"""What services hand to a view: frozen values with nothing left to decide but how to draw them.

Texts that come from a credential are plain text and hostile: draw them with `st.text` or in a frame's cell.
Every `cred` is "<item id>" or "<item id>.<path>", the path counting into contained credentials: "9f3c….0.2".
Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dashboard.services.board import Tick
from dashboard.services.microcredentials import Microcredential
from dashboard.services.registry_links import RegistryLink


class Mark(StrEnum):
    """The five marks of SCREENS §2, and what has no verdict yet."""

    VERIFIED = "verified"
    PROBLEM = "problem"
    NOT_CHECKED = "not_checked"
    ISSUER_UNKNOWN = "issuer_unknown"
    UNREADABLE = "unreadable"
    PENDING = "pending"


class Grouping(StrEnum):
    """How loose files become people."""

    ONE_PERSON = "one_person"
    FILE_EACH = "file_each"  # a ZIP is a file: what is in it is of one person
    # The first folder names the person, in a ZIP too; files outside share one person, the one that
    # the ZIP is named after.
    FOLDER_EACH = "folder_each"


class BatchState(StrEnum):
    """Where a batch stands."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"  # what was done is kept; the rest stays pending and can be resumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing that was handed in: a file with its bytes, pasted text as bytes, or a link."""

    filename: str = ""  # as the browser gave it, folders included: "Ada Lovelace/badge.png"
    data: bytes = field(default=b"", repr=False)
    url: str | None = None
    request: Mapping[str, Any] | None = None  # of a presentation: what it had to answer, as it is stored


class ExchangeState(StrEnum):
    """Where a question to a wallet stands."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    DECLINED = "declined"  # the holder would not
    CANCELLED = "cancelled"  # here, or after too many answers that could not be taken
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question to a wallet."""

    exchange_id: str  # whoever knows it may answer
    nonce: str
    purpose: str
    job_id: str | None
    sample: bool  # only the demo holder may answer
    state: ExchangeState
    seconds_left: float
    share_left: float  # of its time: 1 when it is opened, 0 when it is over
    batch_id: str  # "" until something arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the employer has established about a person: the input of the binding check."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    dids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Items by mark. `received` is their sum: nothing is dropped."""

    verified: int = 0
    problem: int = 0
    not_checked: int = 0
    issuer_unknown: int = 0
    unreadable: int = 0
    pending: int = 0

    @property
    def received(self) -> int:
        """Every item, whatever became of it."""
        return sum(self.by_mark().values())

    @property
    def done(self) -> int:
        """Items that have a verdict."""
        return self.received - self.pending

    def by_mark(self) -> dict[Mark, int]:
        """The counts under their marks, in the order of the tiles."""
        return {mark: getattr(self, mark.value) for mark in Mark}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A batch as the store knows it; the same after a reload."""

    batch_id: str
    state: BatchState
    counts: Counts
    seconds_left: float | None  # None: not enough done to say
    duplicates: tuple[str, ...]  # file names that the applicant had handed in before: same bytes
    job_id: str | None
    sample: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item of a batch: file, holder, credential, issuer, verdict."""

    item_id: str
    batch_id: str
    applicant_id: str
    applicant: str  # name, else folder, else pseudonym
    pseudonym: str
    filename: str
    mark: Mark
    verdict: str  # "" while pending
    code: str  # "" while pending
    credential: str  # as the file says; a fact only where `proved`
    issuer_id: str
    issuer: str  # as your list calls it, else ""
    proved: bool
    contained: int  # credentials inside
    checked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One of the two statements: "is it real?", "is it theirs?"."""

    outcome: str  # passed | failed | indeterminate | not_applicable | unproved: only the file says so
    check: str  # the check that decides
    code: str
    message: str  # finishes "This credential …"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCard:
    """One credential of a person, contained ones included."""

    cred: str
    item_id: str
    applicant_id: str
    kind: str  # credential | presentation | archive | unreadable
    source: str
    name: str  # as the file says; a fact only where `proved`
    types: tuple[str, ...]
    format: str
    issuer_id: str
    issuer_claimed: str  # what the credential calls its issuer
    issuer_listed: str  # what your list calls it, else ""
    # recognised (the credential is verified) | listed | unknown | refused | unproved (the file alone names
    # it): what is left of the issuer in blind mode
    issuer_tier: str
    mark: Mark
    verdict: str
    code: str
    genuine: Statement
    theirs: Statement
    proved: bool
    valid_from: datetime | None
    valid_until: datetime | None
    checked_at: datetime
    recheck_due: datetime | None
    changed_from: str  # earlier verdict where the last re-check changed it, else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding of a check."""

    outcome: str
    code: str
    message: str
    spec: str
    pointer: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check, the deciding finding first."""

    check: str
    outcome: str
    findings: tuple[FindingRow, ...]

    def as_shown(self, finding: FindingRow) -> str:
        """The outcome of one finding; no yes where only the file says so."""
        rests = self.outcome == "unproved" and finding.outcome == "passed"
        return self.outcome if rests else finding.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultedRow:
    """An address that was asked; `sha256` is None where no usable answer came."""

    url: str
    sha256: str | None
    size: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One verdict over time; a re-check adds one and takes none away."""

    report_id: str
    at: datetime  # the clock of the check
    verdict: str
    code: str
    mark: Mark
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """A check that says something else than the time before; the outcome is "" where it was not made."""

    before: Tick
    now: Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidOn:
    """Whether a credential was valid on the day of the application, as far as dates and checks can tell."""

    on: date
    stated: bool  # False: nobody said when; it is the day on which the person's first files came in
    answer: str  # yes | no | unknown
    # yes: status_clear_since (a check on or after the day found no revocation), within_dates (its issuer
    # names no place where it could be revoked); no: not_yet_valid, expired, revoked; unknown: not_proved,
    # status_not_known, revoked_since and suspended_since (found later; since when is not told),
    # checked_before (the last check was before the day)
    code: str
    status_known_at: datetime | None  # the check that decides, where one does


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A shortlisted person's item says something else now: "was Verified on 3 March, now revoked"."""

    item_id: str  # a `cred`: opens the evidence
    applicant_id: str
    pseudonym: str
    name: str
    credential: str  # "" where nothing proves it any more
    before: HistoryRow  # the last verdict before the decision
    now: HistoryRow
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Everything of screen 4."""

    card: CredentialCard
    applicant: str
    checks: tuple[CheckRow, ...]
    consulted: tuple[ConsultedRow, ...]
    document: Mapping[str, Any] | None = field(repr=False)  # what was read
    raw_sha256: str
    raw_size: int
    raw_until: datetime | None  # when the file is dropped; None: with the person; in the past: it is gone
    policy: str
    at: datetime  # the clock of the check
    versions: Mapping[str, str]  # of skillproof and Python
    history: tuple[HistoryRow, ...]  # newest first
    changes: tuple[CheckChange, ...]  # between the two newest of them
    contained: tuple[CredentialCard, ...]
    valid_on: ValidOn
    microcredential: Microcredential | None  # None: no document that could be one
    registry_links: tuple[RegistryLink, ...]  # CTIDs in the document
    sample: bool
    blind: bool = False  # who and whose it is was taken out (`services.blind`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to hand out."""

    filename: str
    mime: str
    data: bytes = field(repr=False)
