"""The verdict: nothing that was not shown is ever verified, and nothing bad makes anything better."""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verifier
from tests.verifier.forging import data_integrity, scene, status_lists
from verifier import CheckResult, Finding, Outcome, Policy, Report, Verdict
from verifier.errors import VerifierError, plain
from verifier.model import Credential, Issuer
from verifier.policy import STANDARD_ACCEPTED
from verifier.report import CHECK_NAMES, Consulted, conclude, not_checked, stamp

MOMENT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
BADNESS = {Verdict.VERIFIED: 0, Verdict.INDETERMINATE: 1, Verdict.FAILED: 2}


def found(outcome: Outcome, code: str = "some_code") -> Finding:
    return Finding(outcome=outcome, code=code, message="is judged")


def result(check: str, outcome: Outcome) -> CheckResult:
    return CheckResult.of(check, [found(outcome, f"{check}_{outcome.value}")])


def report(verdict: Verdict, *contained: Report, **fields: Any) -> Report:
    given = {"source": "a.json", "code": verdict.value, "credential": None, "results": (), "at": MOMENT}
    return Report(**{**given, **fields, "verdict": verdict, "contained": contained})


def copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  our own bytes


outcomes = st.sampled_from(Outcome)
results = st.lists(st.tuples(st.sampled_from(CHECK_NAMES), outcomes), unique_by=lambda pair: pair[0]).map(
    lambda pairs: tuple(result(check, outcome) for check, outcome in pairs)
)
members = st.lists(st.sampled_from(Verdict).map(report), max_size=3).map(tuple)
accepted = st.dictionaries(st.sampled_from(CHECK_NAMES), st.frozensets(st.sampled_from(Outcome)))
every_check = st.tuples(*(outcomes for _ in CHECK_NAMES)).map(
    lambda found: tuple(result(check, outcome) for check, outcome in zip(CHECK_NAMES, found, strict=True))
)


# ------------------------------------------------------------------------------------- one check


def test_a_check_that_found_nothing_was_not_made() -> None:
    empty = CheckResult.of("proof", ())
    assert (empty.outcome, empty.findings[0].code) == (Outcome.INDETERMINATE, "not_checked")


@given(st.lists(outcomes, min_size=1), outcomes)
def test_a_check_is_the_worst_of_its_findings(some: list[Outcome], more: Outcome) -> None:
    order = [Outcome.FAILED, Outcome.INDETERMINATE, Outcome.PASSED, Outcome.NOT_APPLICABLE]
    made = CheckResult.of("proof", [found(outcome) for outcome in (*some, more)])
    assert made.outcome is min((*some, more), key=order.index)
    assert made.outcome is made.findings[0].outcome
    assert len(made.findings) == len(some) + 1


# ------------------------------------------------------------------------------------- the verdict


@given(results, members, accepted)
def test_verified_needs_every_check_that_the_policy_names(
    made: tuple[CheckResult, ...], inside: tuple[Report, ...], takes: dict[str, frozenset[Outcome]]
) -> None:
    verdict, code = conclude(made, inside, accepted=takes)
    outcome_of = {entry.check: entry.outcome for entry in made}
    if verdict is Verdict.VERIFIED:
        assert takes
        assert all(outcome_of.get(check, Outcome.INDETERMINATE) in wanted for check, wanted in takes.items())
        assert all(inner.verdict is Verdict.VERIFIED for inner in inside)
        assert code == "verified"
    else:
        assert code != "verified"
    assert verdict is not Verdict.UNREADABLE


@given(
    every_check,
    members,
    st.sampled_from(CHECK_NAMES),
    st.sampled_from([Outcome.FAILED, Outcome.INDETERMINATE]),
)
def test_a_worse_check_never_makes_a_better_verdict(
    made: tuple[CheckResult, ...], inside: tuple[Report, ...], check: str, outcome: Outcome
) -> None:
    before, _ = conclude(made, inside, accepted=STANDARD_ACCEPTED)
    worse = tuple(
        CheckResult.of(check, [*entry.findings, found(outcome)]) if entry.check == check else entry
        for entry in made
    )
    after, _ = conclude(worse, inside, accepted=STANDARD_ACCEPTED)
    assert BADNESS[after] >= BADNESS[before]
    assert after is not Verdict.VERIFIED


@given(every_check, members, st.sampled_from(Verdict))
def test_another_member_never_makes_a_better_verdict(
    made: tuple[CheckResult, ...], inside: tuple[Report, ...], verdict: Verdict
) -> None:
    before, _ = conclude(made, inside, accepted=STANDARD_ACCEPTED)
    after, _ = conclude(made, (*inside, report(verdict)), accepted=STANDARD_ACCEPTED)
    assert BADNESS[after] >= BADNESS[before]


@pytest.mark.parametrize("missing", list(STANDARD_ACCEPTED))
def test_a_check_that_is_missing_is_not_a_yes(missing: str) -> None:
    made = tuple(result(check, Outcome.PASSED) for check in CHECK_NAMES if check != missing)
    assert conclude(made, (), accepted=STANDARD_ACCEPTED) == (Verdict.INDETERMINATE, "not_checked")


@pytest.mark.parametrize("takes", [STANDARD_ACCEPTED, {}])
def test_an_empty_report_is_not_verified(takes: Any) -> None:
    assert conclude((), (), accepted=takes) == (Verdict.INDETERMINATE, "not_checked")


def test_a_policy_that_names_no_check_verifies_nothing() -> None:
    made = tuple(result(check, Outcome.PASSED) for check in CHECK_NAMES)
    assert conclude(made, (), accepted={})[0] is Verdict.INDETERMINATE


def test_the_code_is_that_of_the_first_of_the_worst_checks() -> None:
    order = {"structure": Outcome.INDETERMINATE, "issuer": Outcome.FAILED, "status": Outcome.FAILED}
    made = tuple(result(check, order.get(check, Outcome.PASSED)) for check in CHECK_NAMES)
    assert conclude(made, (), accepted=STANDARD_ACCEPTED) == (Verdict.FAILED, "issuer_failed")


def test_what_a_policy_does_not_take_is_no_accusation() -> None:
    made = tuple(result(check, Outcome.NOT_APPLICABLE) for check in CHECK_NAMES)
    assert conclude(made, (), accepted=STANDARD_ACCEPTED)[0] is Verdict.INDETERMINATE


def test_an_unreadable_member_blames_the_file_alone() -> None:
    made = tuple(result(check, Outcome.PASSED) for check in CHECK_NAMES)
    inside = (report(Verdict.VERIFIED), report(Verdict.UNREADABLE))
    assert conclude(made, inside, accepted=STANDARD_ACCEPTED) == (Verdict.INDETERMINATE, "unreadable")


# ------------------------------------------------------------------------------------- a report


def test_a_check_is_found_by_its_name() -> None:
    whole = report(Verdict.FAILED, results=(result("proof", Outcome.FAILED),))
    assert whole.check("proof").outcome is Outcome.FAILED
    with pytest.raises(KeyError):
        whole.check("astrology")


def test_a_report_is_walked_outermost_first() -> None:
    whole = report(
        Verdict.FAILED, report(Verdict.VERIFIED, report(Verdict.UNREADABLE)), report(Verdict.INDETERMINATE)
    )
    assert [one.code for one in whole.walk()] == ["failed", "verified", "unreadable", "indeterminate"]


def test_two_runs_give_the_same_json() -> None:
    for make in (scene.badge, scene.revocable, scene.presented, scene.record, scene.disclosed):
        first, second = (json.dumps(make().judged().to_dict(), sort_keys=False) for _ in range(2))
        assert first == second


def test_a_report_as_json_says_what_was_asked_and_what_is_proved() -> None:
    whole = scene.revocable().judged().to_dict()
    assert [entry["url"] for entry in whole["consulted"]] == sorted([scene.COLLEGE.did_url, scene.LIST_URL])
    assert whole["at"] == "2026-09-01T09:00:00Z"
    assert whole["proved"]["name"] == "Data Analysis"
    assert "proof" not in whole["proved"]


def test_a_moment_is_stamped_in_utc() -> None:
    assert stamp(MOMENT) == "2026-09-01T09:00:00Z"


@pytest.mark.parametrize(
    "make",
    [
        scene.badge,
        scene.token,
        scene.disclosed,
        scene.presented,
        scene.record,
        lambda: status_lists.host_down(scene.revocable()),
        lambda: data_integrity.claim_changed(scene.badge()),
        lambda: scene.badge().uploading(b"no credential"),
    ],
)
def test_every_report_survives_pickling(make: Any) -> None:
    whole = make().judged()
    again = copied(whole)
    assert again == whole
    assert again.to_dict() == whole.to_dict()


def test_parts_of_a_report_survive_pickling() -> None:
    consulted = Consulted(url="https://a.example/", sha256=None, bytes=0, at=MOMENT)
    credential = Credential(format="w3c_vc", issuer=Issuer(id="did:web:a.example"))
    whole = report(
        Verdict.FAILED,
        credential=credential,
        consulted=(consulted,),
        results=(result("proof", Outcome.FAILED),),
    )
    for value in (whole, consulted, not_checked("was not checked"), Policy.strict()):
        assert copied(value) == value


# ------------------------------------------------------------------------------------- errors


def error_classes() -> Iterator[type[VerifierError]]:
    for module in pkgutil.walk_packages(verifier.__path__, "verifier."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [VerifierError]
    while waiting:
        found = waiting.pop().__subclasses__()
        waiting += found
        yield from (entry for entry in found if "code" in vars(entry))


def arguments_of(kind: type[VerifierError]) -> tuple[object, ...]:
    """Values that its sentence can be made of."""
    dated, numbered = "%d" in kind.sentence, ":," in kind.sentence
    taken = inspect.signature(kind).parameters.values()
    count = sum(one.kind is one.POSITIONAL_OR_KEYWORD for one in taken) or 3
    return ((MOMENT if dated else 5 if numbered else "one"),) * count


@pytest.mark.parametrize("kind", sorted(set(error_classes()), key=str))
def test_every_error_survives_pickling_with_its_place(kind: type[VerifierError]) -> None:
    error = kind(*arguments_of(kind))
    error.pointer = "/proof"
    again = copied(error)
    assert (type(again), again.args, again.pointer, str(again)) == (kind, error.args, "/proof", str(error))
    assert again.finding() == error.finding()
    assert str(error)[0].islower(), "it finishes the sentence “This credential …”"


def test_a_hostile_value_is_repeated_short_and_on_one_line() -> None:
    shown = plain("a\nb\x1b[31m\u202eevil\u2028" + "x" * 1_000)
    assert len(shown) <= 161
    assert not set("\n\x1b\u202e\u2028") & set(shown)
    assert plain("Zoë") == "Zoë"


def test_nothing_about_a_report_can_be_changed() -> None:
    whole = report(Verdict.FAILED)
    with pytest.raises(AttributeError):
        whole.verdict = Verdict.VERIFIED  # type: ignore[misc]  # what is tested
    assert replace(whole, code="other").code == "other"
