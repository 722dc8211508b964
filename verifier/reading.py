"""A report as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.errors import plain
from verifier.report import CheckResult, Outcome, Report, Verdict

MARKS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.INDETERMINATE: "?",
    Outcome.NOT_APPLICABLE: "·",
}
MESSAGE = 1_000  # characters: a sentence that repeats several values, each of them clipped before
WORDS = {
    Verdict.VERIFIED: "VERIFIED",
    Verdict.FAILED: "PROBLEM FOUND",
    Verdict.INDETERMINATE: "COULD NOT BE CHECKED",
    Verdict.UNREADABLE: "NOT READABLE",
}


def on_terminal(report: Report) -> str:
    """`report` and everything in it, a line for each check, the reason beside it."""
    return "\n".join(_lines(report, 0))


def _lines(report: Report, depth: int) -> Iterator[str]:
    indent = "    " * depth
    yield f"{indent}{plain(report.source)}: {WORDS[report.verdict]} ({report.code})"
    credential = report.credential
    if credential is not None:
        issuer = f", by {plain(credential.issuer.name or credential.issuer.id)}" if credential.issuer else ""
        says = "it says: " if report.proved is None else ""
        yield f"{indent}  {says}{plain(credential.name or credential.format)}{issuer}"
    for result in report.results:
        yield from _check_lines(result, indent)
    for entry in report.consulted:
        yield f"{indent}  asked {plain(entry.url)} ({entry.bytes:,} bytes)"
    for inner in report.contained:
        yield from _lines(inner, depth + 1)


def _check_lines(result: CheckResult, indent: str) -> Iterator[str]:
    for index, finding in enumerate(result.findings):
        name = result.check if index == 0 else ""
        place = f"  [{plain(finding.pointer)}]" if finding.pointer else ""
        message = plain(finding.message, MESSAGE)
        yield f"{indent}  {MARKS[finding.outcome]} {name:13} {message}{place}"
