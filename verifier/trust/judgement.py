"""From what the sources say to the findings of the `trust` check: one for each, the deciding ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.errors import Inconclusive, plain
from verifier.report import Finding, Outcome
from verifier.trust.source import Decision, Recognition

# outcome, code, and the sentence "This credential …" about {source}
_SAYS = {
    Decision.REFUSE: (Outcome.FAILED, "issuer_refused", "comes from an issuer that {source} refuses"),
    Decision.WITHDRAWN: (
        Outcome.FAILED,
        "issuer_withdrawn",
        "comes from an issuer whose recognition by {source} was withdrawn",
    ),
    Decision.ASK: (
        Outcome.INDETERMINATE,
        "issuer_ask",
        "comes from an issuer that {source} leaves to a person",
    ),
    Decision.ACCEPT: (Outcome.PASSED, "issuer_accepted", "comes from an issuer that {source} accepts"),
    Decision.OUT_OF_SCOPE: (
        Outcome.INDETERMINATE,
        "issuer_out_of_scope",
        "comes from an issuer that {source} accepts, but not for a credential like this one",
    ),
    Decision.UNKNOWN: (
        Outcome.INDETERMINATE,
        "issuer_unknown",
        "comes from an issuer that is not in {source}",
    ),
}
# The order of what decides. A refusal beats every other source. An "ask" is the employer's own instruction
# to stop, so no registry may answer in its place; a narrow scope is none: another source may vouch for more.
_ORDER = (Decision.REFUSE, Decision.WITHDRAWN, Decision.ASK, Decision.ACCEPT, Decision.OUT_OF_SCOPE)


def judge(results: tuple[Recognition | Inconclusive, ...], *, claimed_name: str = "") -> tuple[Finding, ...]:
    """The findings over the answers of all sources, the deciding ones first.

    `claimed_name` is what the credential calls its issuer: a name that differs is a note, for genuine
    credentials often differ, and trust is by identifier alone.
    """
    if not results:
        return (_no_source(),)
    recognitions = [result for result in results if isinstance(result, Recognition)]
    faults = [result.finding() for result in results if not isinstance(result, Recognition)]
    findings = [_finding(r) for wanted in _ORDER for r in recognitions if r.decision is wanted]
    findings += faults  # before "unknown": a source that did not answer may well know the issuer
    findings += [_finding(r) for r in recognitions if r.decision is Decision.UNKNOWN]
    if findings[0].outcome is Outcome.PASSED:
        findings = [found if found.outcome is Outcome.PASSED else _as_note(found) for found in findings]
    return (*findings, *_differing_names(recognitions, claimed_name))


def _finding(recognition: Recognition) -> Finding:
    outcome, code, message = _SAYS[recognition.decision]
    facts = {
        "issuer": recognition.name,
        "source": recognition.source,
        "reason": recognition.reason,
        "approved_by": recognition.approved_by,
    }
    return Finding(
        outcome=outcome,
        code=code,
        message=message.format(source=f"“{plain(recognition.source)}”"),
        pointer="/issuer",
        detail=tuple((name, value) for name, value in facts.items() if value),
    )


def _as_note(finding: Finding) -> Finding:
    """Said, and without weight: another source accepts the issuer."""
    return replace(finding, outcome=Outcome.NOT_APPLICABLE)


def _no_source() -> Finding:
    return Finding(
        outcome=Outcome.INDETERMINATE,
        code="issuer_unknown",
        message="comes from an issuer that cannot be looked up, because no list or registry was given",
        pointer="/issuer",
    )


def _differing_names(recognitions: list[Recognition], claimed: str) -> Iterator[Finding]:
    for recognition in recognitions:
        if recognition.decision is Decision.ACCEPT and claimed and recognition.name not in ("", claimed):
            yield Finding(
                outcome=Outcome.NOT_APPLICABLE,
                code="issuer_name_differs",
                message=(
                    f"calls its issuer “{plain(claimed)}”, "
                    f"“{plain(recognition.source)}” calls it “{plain(recognition.name)}”"
                ),
                pointer="/issuer",
                detail=(("issuer", recognition.name), ("claimed", claimed), ("source", recognition.source)),
            )
