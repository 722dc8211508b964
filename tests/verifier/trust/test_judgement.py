"""Many sources, one judgement: refusal first, doubt before silence, silence never a yes."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from verifier.errors import Inconclusive
from verifier.report import CheckResult, Outcome
from verifier.trust import Decision, Recognition, judge
from verifier.trust.registry import RegistryUnreachable

Result = Recognition | Inconclusive


def says(decision: Decision, **about: Any) -> Recognition:
    return Recognition(**{"decision": decision, "source": f"list of {decision}", **about})


DOWN = RegistryUnreachable("Example registry", "status 503")
ALL: tuple[Result, ...] = (*(says(decision) for decision in Decision), DOWN)
CODES = {
    Decision.REFUSE: (Outcome.FAILED, "issuer_refused"),
    Decision.WITHDRAWN: (Outcome.FAILED, "issuer_withdrawn"),
    Decision.ASK: (Outcome.INDETERMINATE, "issuer_ask"),
    Decision.ACCEPT: (Outcome.PASSED, "issuer_accepted"),
    Decision.OUT_OF_SCOPE: (Outcome.INDETERMINATE, "issuer_out_of_scope"),
    None: (Outcome.INDETERMINATE, "registry_unreachable"),
    Decision.UNKNOWN: (Outcome.INDETERMINATE, "issuer_unknown"),
}


def kind(result: Result) -> Decision | None:
    return result.decision if isinstance(result, Recognition) else None


@pytest.mark.parametrize("results", [some for n in (1, 2, 3) for some in itertools.permutations(ALL, n)])
def test_the_strongest_answer_decides_in_whatever_order_they_come(results: tuple[Result, ...]) -> None:
    strongest = next(kind_ for kind_ in CODES if kind_ in {kind(result) for result in results})
    check = CheckResult.of("trust", judge(results))
    assert (check.outcome, check.findings[0].code) == CODES[strongest]
    assert len(check.findings) == len(results)


def test_without_any_source_nothing_is_known() -> None:
    (finding,) = judge(())
    assert (finding.outcome, finding.code) == (Outcome.INDETERMINATE, "issuer_unknown")
    assert "no list" in finding.message


def test_an_unreachable_registry_beside_an_acceptance_is_a_note_that_names_it() -> None:
    accepted, note = judge((DOWN, says(Decision.ACCEPT)))
    assert accepted.outcome is Outcome.PASSED
    assert (note.outcome, note.code) == (Outcome.NOT_APPLICABLE, "registry_unreachable")
    assert "Example registry" in note.message


def test_an_acceptance_says_who_where_why_and_by_whom() -> None:
    accept = says(
        Decision.ACCEPT, source="Acme", name="College", reason="accredited", approved_by="hr@acme.example"
    )
    (finding,) = judge((accept,), claimed_name="College")
    assert dict(finding.detail) == {
        "issuer": "College",
        "source": "Acme",
        "reason": "accredited",
        "approved_by": "hr@acme.example",
    }


def test_a_differing_name_is_a_note_and_decides_nothing() -> None:
    check = CheckResult.of(
        "trust", judge((says(Decision.ACCEPT, name="College"),), claimed_name="Co\u202ellege")
    )
    assert check.outcome is Outcome.PASSED
    assert [finding.code for finding in check.findings] == ["issuer_accepted", "issuer_name_differs"]
    assert "\u202e" not in check.findings[1].message


@pytest.mark.parametrize("name", ["", "College"])
def test_a_name_that_is_missing_or_equal_is_no_note(name: str) -> None:
    assert len(judge((says(Decision.ACCEPT, name=name),), claimed_name="College")) == 1
    assert len(judge((says(Decision.ACCEPT, name="College"),))) == 1
    assert len(judge((says(Decision.ASK, name="Other"),), claimed_name="College")) == 1


def test_a_hostile_name_of_a_source_cannot_format_itself_into_a_message() -> None:
    (finding,) = judge((says(Decision.ACCEPT, source="{source.__class__}\n"),))
    assert "{source.__class__}" in finding.message
    assert "\n" not in finding.message
