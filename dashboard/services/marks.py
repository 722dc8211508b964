"""From a verdict and its code to the mark of SCREENS §2, and to the two statements about a credential."""

from __future__ import annotations

from dataclasses import replace

from dashboard.services.board import Tick
from dashboard.services.values import Mark, Statement
from verifier import CheckResult, Outcome, Report

GENUINE = (
    "structure",
    "proof",
    "issuer",
    "validity",
    "status",
)  # "is it real?"; trust is the employer's answer
PROOF = "proof"
THEIRS = "binding"  # "is it theirs?"
# These read the file's own words: where nothing proves those, a yes to them is what the file says of itself.
PROVES = ("structure", "proof", "issuer")
ON_ITS_WORD = ("issuer", "validity", "status", "trust", "binding")
UNPROVED = "unproved"
WORST_FIRST = (Outcome.FAILED, Outcome.INDETERMINATE, Outcome.PASSED, Outcome.NOT_APPLICABLE)

_MARKS = {
    "verified": Mark.VERIFIED,
    "failed": Mark.PROBLEM,
    "indeterminate": Mark.NOT_CHECKED,
    "unreadable": Mark.UNREADABLE,
}


def mark_of(verdict: str, code: str) -> Mark:
    """The mark of a verdict; a verdict that is not known here is "could not check", never a yes."""
    if verdict == "indeterminate" and code == "issuer_unknown":
        return Mark.ISSUER_UNKNOWN
    return _MARKS.get(verdict, Mark.NOT_CHECKED)


def genuine(report: Report) -> Statement:
    """The worst of the checks that say whether the file is what its issuer made."""
    made = sorted(
        (result for result in report.results if result.check in GENUINE),
        key=lambda result: result.check != PROOF,  # of equals the signature is what a reader asks about
    )
    for outcome in WORST_FIRST:
        for result in made:
            if result.outcome is outcome:
                return _statement(result)
    return _unmade(report.code)


def theirs(report: Report) -> Statement:
    """What the binding check says."""
    for result in report.results:
        if result.check == THEIRS:
            return _statement(result)
    return _unmade(report.code)


def as_far_as_proved(ticks: tuple[Tick, ...]) -> tuple[Tick, ...]:
    """`as_proved` for checks that are still being made: what proves the others comes before them."""
    proved = all(tick.outcome == Outcome.PASSED for tick in ticks if tick.check in PROVES and tick.outcome)
    return tuple(replace(tick, outcome=as_proved(tick.check, tick.outcome, proved=proved)) for tick in ticks)


def as_proved(check: str, outcome: str, *, proved: bool) -> str:
    """`outcome` as it may be shown: no yes rests on words that nothing proves."""
    rests = check in ON_ITS_WORD and not proved
    return UNPROVED if rests and outcome == Outcome.PASSED.value else outcome


def _statement(result: CheckResult) -> Statement:
    first = result.findings[0]
    return Statement(outcome=result.outcome.value, check=result.check, code=first.code, message=first.message)


def _unmade(code: str) -> Statement:
    return Statement(outcome=Outcome.INDETERMINATE.value, check="", code=code, message="")
