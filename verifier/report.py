"""What a verification says: outcomes, findings, check results and the verdict over them.

Outcomes follow ETSI EN 319 102-1 §5.1.3: "could not check" is never a yes and never a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from verifier.model import Credential, JsonObject

CHECK_NAMES = (
    "structure",
    "proof",
    "issuer",
    "validity",
    "status",
    "trust",
    "binding",
    "presentation",
)


class Outcome(StrEnum):
    """What one check, or one finding of it, established."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """What a report says of one source as a whole."""

    VERIFIED = "verified"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    UNREADABLE = "unreadable"


# Worst last, so that max() is "the worst of". NOT_APPLICABLE is below PASSED: one proof status entry
# beside something that does not apply is still a PASSED.
SEVERITY = {
    Outcome.NOT_APPLICABLE: 0,
    Outcome.PASSED: 1,
    Outcome.INDETERMINATE: 2,
    Outcome.FAILED: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found: a proof, a status entry, a source, a field."""

    outcome: Outcome
    code: str  # stable: never renamed, never given a new meaning (docs/codes.md)
    message: str  # finishes the sentence "This credential …"
    spec: str = ""  # address of the clause that decides
    pointer: str = ""  # RFC 6901, into the document that the check looked at
    detail: tuple[tuple[str, str], ...] = ()  # named facts for a screen, e.g. ("issuer", "Example College")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The worst of the findings of one check; the findings that decided stand first."""

    check: str
    outcome: Outcome
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, check: str, findings: Iterable[Finding]) -> CheckResult:
        """The result over `findings`; a check that found nothing has not been made."""
        ranked = sorted(findings, key=lambda finding: -SEVERITY[finding.outcome])
        if not ranked:
            ranked = [not_checked(f"was not checked for {check}")]
        return cls(check=check, outcome=ranked[0].outcome, findings=tuple(ranked))


def not_checked(message: str, *, code: str = "not_checked") -> Finding:
    """INDETERMINATE: the check could not begin."""
    return Finding(outcome=Outcome.INDETERMINATE, code=code, message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """An address that was asked, and what came back."""

    url: str
    sha256: str | None  # of the body; None: no usable answer
    bytes: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was found about one source: a file, an archive member, a credential inside another."""

    source: str  # file name, archive member path, or URL
    verdict: Verdict
    code: str
    credential: Credential | None
    results: tuple[CheckResult, ...]
    contained: tuple[Report, ...] = ()
    consulted: tuple[Consulted, ...] = ()
    at: datetime  # the clock that was used, aware UTC
    policy: str = "standard"
    sha256: str = ""  # of the bytes that were read
    proved: JsonObject | None = field(default=None, repr=False)  # what the proof covers, else None
    own_verdict: Verdict | None = (
        None  # over its own checks alone, contained reports apart; None: as `verdict`
    )
    own_code: str = ""

    def check(self, name: str) -> CheckResult:
        """The result of the check `name`; `KeyError` for a name that is not a check of this report."""
        for result in self.results:
            if result.check == name:
                return result
        raise KeyError(name)

    def walk(self) -> Iterator[Report]:
        """This report and every one inside it, outermost first."""
        yield self
        for inner in self.contained:
            yield from inner.walk()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form, the same for the same input, clock and documents (`report.schema.json`)."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "verdict": self.verdict.value,
            "code": self.code,
            "at": stamp(self.at),
            "policy": self.policy,
            "credential": None if self.credential is None else self.credential.summary(),
            "results": [_result_dict(result) for result in self.results],
            "contained": [inner.to_dict() for inner in self.contained],
            "consulted": [
                {"url": entry.url, "sha256": entry.sha256, "bytes": entry.bytes, "at": stamp(entry.at)}
                for entry in self.consulted
            ],
            "proved": self.proved,
        }


def stamp(moment: datetime) -> str:
    """`moment` as RFC 3339 in UTC, e.g. 2026-06-01T00:00:00Z."""
    return moment.isoformat().replace("+00:00", "Z")


def _result_dict(result: CheckResult) -> dict[str, Any]:
    return {
        "check": result.check,
        "outcome": result.outcome.value,
        "findings": [
            {
                "outcome": finding.outcome.value,
                "code": finding.code,
                "message": finding.message,
                "spec": finding.spec,
                "pointer": finding.pointer,
                "detail": dict(finding.detail),
            }
            for finding in result.findings
        ],
    }


Accepted = Mapping[str, frozenset[Outcome]]

_AS_VERDICT: dict[Outcome, Literal[Verdict.FAILED, Verdict.INDETERMINATE]] = {
    Outcome.FAILED: Verdict.FAILED,
    Outcome.INDETERMINATE: Verdict.INDETERMINATE,
    # An outcome that the policy does not accept and that accuses nobody: it could not be told.
    Outcome.PASSED: Verdict.INDETERMINATE,
    Outcome.NOT_APPLICABLE: Verdict.INDETERMINATE,
}


def conclude(
    results: tuple[CheckResult, ...], contained: tuple[Report, ...], *, accepted: Accepted
) -> tuple[Verdict, str]:
    """The verdict and code over all checks and contained reports (ARCHITECTURE §6).

    `accepted` names, for every check that must have been made, the outcomes that the policy takes.
    VERIFIED needs every one of them; a check that is missing from `results` counts as not made.
    """
    made = {result.check: result for result in results}
    open_points: list[tuple[Verdict, str]] = []
    for check, outcomes in accepted.items():
        result = made.get(check) or CheckResult.of(check, ())
        if result.outcome not in outcomes:
            open_points.append((_AS_VERDICT[result.outcome], result.findings[0].code))
    # An unreadable member blames the file, not its neighbours: INDETERMINATE for the whole.
    open_points += [
        (Verdict.FAILED if inner.verdict is Verdict.FAILED else Verdict.INDETERMINATE, inner.code)
        for inner in contained
        if inner.verdict is not Verdict.VERIFIED
    ]
    for verdict in (Verdict.FAILED, Verdict.INDETERMINATE):
        for found, code in open_points:
            if found is verdict:
                return verdict, code
    if not made or not accepted:
        return Verdict.INDETERMINATE, "not_checked"
    return Verdict.VERIFIED, "verified"
