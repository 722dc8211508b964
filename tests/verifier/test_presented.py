"""Does it answer the request? Embedded proofs, tokens and key bindings, for this verifier, once, now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import seconds
from tests.verifier.forging.scene import (
    ANSWERING,
    COLLEGE,
    EMPLOYER,
    NOW,
    WALLET,
    Scene,
    disclosed,
    held,
    presented,
)
from verifier import Applicant, Outcome, PresentationRequest, Report, Uploaded, Verdict, verify

CHALLENGE = PresentationRequest(challenge="c-1", domain=EMPLOYER)
NONCE = PresentationRequest(nonce="c-1", audience=EMPLOYER)


def as_token(**claims: Any) -> Scene:
    """A presentation as a JWT (VC-JOSE-COSE §3.1.2)."""
    document = WALLET.presentation([COLLEGE.sign(held())])
    standing = {"nonce": "c-1", "aud": EMPLOYER, "iat": seconds("2026-09-01T08:59:00Z"), **claims}
    standing = {name: value for name, value in standing.items() if value is not None}
    token = WALLET.jwt(document, header={"typ": "vp+jwt", "cty": "vp"}, **standing)
    return Scene(issuer=COLLEGE, upload=token, request=NONCE)


def presentation_of(scene: Scene) -> tuple[Outcome, str]:
    result = scene.judged().check("presentation")
    return result.outcome, result.findings[0].code


def judged(document: Json, request: PresentationRequest | None) -> Report:
    return verify(
        Uploaded(json_bytes(document), "vp.json"),
        trust=[COLLEGE.listed()],
        web=COLLEGE.web(),
        request=request,
        now=NOW,
    )


@pytest.mark.parametrize("request_", [CHALLENGE, NONCE, PresentationRequest(challenge="c-1")])
@pytest.mark.parametrize("make", [presented, as_token])
def test_what_answers_is_verified(make: Any, request_: PresentationRequest) -> None:
    report = replace(make(), request=request_).judged()
    assert (report.verdict, report.code) == (Verdict.VERIFIED, "verified")
    assert report.check("presentation").findings[0].code == "request_answered"


@pytest.mark.parametrize(
    ("claims", "outcome", "code"),
    [
        ({"nonce": "c-2"}, Outcome.FAILED, "other_request"),
        ({"aud": "https://other.example"}, Outcome.FAILED, "other_request"),
        ({"aud": ["https://other.example", EMPLOYER]}, Outcome.PASSED, "request_answered"),
        ({"nonce": None}, Outcome.INDETERMINATE, "request_unanswered"),
        ({"aud": None}, Outcome.INDETERMINATE, "request_unanswered"),
        ({"nonce": 5}, Outcome.INDETERMINATE, "request_unanswered"),
        ({"iat": seconds("2026-09-01T08:00:00Z")}, Outcome.FAILED, "presentation_stale"),
        ({"iat": seconds("2026-09-01T10:00:00Z")}, Outcome.FAILED, "presentation_stale"),
        ({"iat": None}, Outcome.PASSED, "request_answered"),
        ({"iat": None, "exp": seconds("2026-09-01T08:00:00Z")}, Outcome.FAILED, "presentation_stale"),
        ({"iat": None, "nbf": seconds("2026-09-01T10:00:00Z")}, Outcome.FAILED, "presentation_stale"),
    ],
)
def test_a_token_answers_or_not(claims: Json, outcome: Outcome, code: str) -> None:
    assert presentation_of(as_token(**claims)) == (outcome, code)


def test_without_a_challenge_an_answer_has_to_say_when_it_was_made() -> None:
    request = PresentationRequest(audience=EMPLOYER)
    undated = WALLET.sign(WALLET.presentation([COLLEGE.sign(held())]), **{**ANSWERING, "created": None})
    scene = replace(presented(), upload=undated)
    assert presentation_of(replace(scene, request=request)) == (Outcome.INDETERMINATE, "request_unanswered")
    assert presentation_of(scene) == (Outcome.PASSED, "request_answered")


def test_the_age_that_is_allowed_is_the_employers() -> None:
    scene = as_token(iat=seconds("2026-09-01T08:00:00Z"))
    patient = replace(NONCE, max_age=timedelta(hours=2))
    assert presentation_of(replace(scene, request=patient)) == (Outcome.PASSED, "request_answered")


@pytest.mark.parametrize("make", [presented, as_token, disclosed])
def test_an_answer_stays_as_fresh_as_it_was_when_it_came(make: Callable[[], Scene]) -> None:
    scene = make()
    assert scene.request is not None
    a_month_on = NOW + timedelta(days=30)
    for received, outcome in ((NOW, Outcome.PASSED), (None, Outcome.FAILED), (a_month_on, Outcome.FAILED)):
        answered = replace(scene, request=replace(scene.request, received=received))
        assert answered.judged(a_month_on).check("presentation").outcome is outcome


def test_a_request_that_demands_nothing_is_not_asked_for() -> None:
    scene = replace(presented(), request=PresentationRequest())
    assert presentation_of(scene) == (Outcome.NOT_APPLICABLE, "not_asked")
    assert scene.judged().verdict is Verdict.VERIFIED


def test_without_a_request_there_is_no_such_check() -> None:
    report = judged(presented().upload, None)
    assert report.verdict is Verdict.VERIFIED
    with pytest.raises(KeyError):
        report.check("presentation")


def test_a_credential_inside_leaves_the_answer_to_its_presentation() -> None:
    (inner,) = presented().judged().contained
    assert inner.check("presentation").findings[0].code == "answered_outside"


def test_every_proof_of_a_presentation_must_answer() -> None:
    both = WALLET.sign(presented().upload, **{**ANSWERING, "challenge": "c-2"})
    report = judged(both, CHALLENGE)
    outcomes = [finding.outcome for finding in report.check("presentation").findings]
    assert report.verdict is Verdict.FAILED
    assert Outcome.FAILED in outcomes


def test_who_answered_in_person_is_the_applicant() -> None:
    (inner,) = presented().judged().contained
    assert inner.check("binding").findings[0].code == "belongs_to_applicant"


def test_an_unproved_holder_is_nobody() -> None:
    unproved = {name: value for name, value in presented().upload.items() if name != "proof"}
    (inner,) = judged(unproved, None).contained
    assert inner.check("binding").outcome is Outcome.NOT_APPLICABLE


def test_the_employers_own_knowledge_comes_before_the_holder() -> None:
    scene = replace(presented(), applicant=Applicant(emails=("ada@example.org",)))
    (inner,) = scene.judged().contained
    assert inner.check("binding").findings[0].code == "identifier_not_comparable"


def test_a_bound_degree_answers_by_nonce_and_audience_under_either_name() -> None:
    request = PresentationRequest(challenge="n-1", domain=EMPLOYER)
    assert presentation_of(replace(disclosed(), request=request)) == (Outcome.PASSED, "request_answered")


def test_a_degree_that_nobody_bound_is_fine_where_nobody_asked() -> None:
    scene = disclosed()
    alone = str(scene.upload).rpartition("~")[0] + "~"
    report = replace(scene, upload=alone, request=None).judged()
    assert report.verdict is Verdict.VERIFIED
