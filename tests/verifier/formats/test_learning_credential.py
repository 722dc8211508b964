"""The EU learning credential: what was disclosed is read, what was not is not known."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.issuing import Issuer
from verifier import Applicant, Outcome, Report, Uploaded, Verdict, extract_skills, verify
from verifier.model import Level

COLLEGE = Issuer.pinned("Example College", "https://college.example", kind="P-256")
CLAIMS: dict[str, Any] = {
    "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
    "iss": COLLEGE.did,
    "jti": "urn:uuid:6f0d0d9e-4a2e-4a59-9be7-2d3b3a0f7a11",
    "iat": 1_782_777_600,
    "exp": 2_000_000_000,
    "issuing_authority": "Example College",
    "issuing_country": "GR",
    "date_of_issuance": "2026-06-30",
    "date_of_expiry": "2031-06-30",
    "family_name": "Papadaki",
    "given_name": "Eleni",
    "achievement_title": "Foundations of data analysis",
    "achievement_description": "A course of one term with a project",
    "learning_outcomes": ["data mining", "present findings to a board"],
    "assessment_grade": "Excellent",
    "language_of_classes": ["en"],
    "learner_identification": "0123456",
    "expected_study_time": "100 hours",
    "level_of_learning_experience": 6,
    "types_of_quality_assurance": ["Institutional evaluation"],
    "prerequisites_to_enroll": ["Statistics"],
    "integration_stackability_options": True,
}
SELECTIVE = (
    "learning_outcomes",
    "assessment_grade",
    "level_of_learning_experience",
    "learner_identification",
)


def judged(*withheld: str, applicant: Applicant | None = None, **changes: Any) -> Report:
    """The report on a credential whose holder kept `withheld` back; a change to None takes a claim away."""
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    token, *shown, end = COLLEGE.sd_jwt(claims, [name for name in SELECTIVE if name in claims]).split("~")
    kept = [text for text in shown if json.loads(b64decode(text))[1] not in withheld]
    return verify(
        Uploaded("~".join([token, *kept, end]).encode(), "a.sd-jwt"),
        trust=[COLLEGE.listed()],
        applicant=applicant,
        web=COLLEGE.web(),
        now=TERM_START,
    )


def b64decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_every_documented_claim_finds_its_place() -> None:
    report = judged()
    credential = report.credential
    assert report.verdict is Verdict.VERIFIED
    assert credential is not None
    (achievement,), (subject,) = credential.achievements, credential.subjects
    assert (credential.name, achievement.name) == (CLAIMS["achievement_title"],) * 2
    assert achievement.description == CLAIMS["achievement_description"]
    assert achievement.criteria == "data mining; present findings to a board"
    assert achievement.level == Level(
        scheme="EQF", value="6", label="EQF 6", pointer="/level_of_learning_experience"
    )
    assert achievement.assessed is True
    assert credential.issuer is not None
    assert credential.issuer.name == "Example College"
    assert subject.name == "Eleni Papadaki"
    assert [(entry.kind, entry.value) for entry in subject.identifiers] == [("identifier", "0123456")]
    assert credential.valid_until == datetime(2031, 6, 30, 23, 59, 59, tzinfo=UTC)


def test_learning_outcomes_are_names_that_lead_back_to_their_words() -> None:
    claims = extract_skills(judged())
    assert [(claim.skill.name, claim.link.value, claim.pointer) for claim in claims] == [
        ("data mining", "label", "/learning_outcomes/0"),
        ("present findings to a board", "label", "/learning_outcomes/1"),
    ]
    assert {claim.qualification_level.value for claim in claims if claim.qualification_level} == {"6"}


def test_what_is_withheld_is_not_known() -> None:
    report = judged(*SELECTIVE)
    assert report.verdict is Verdict.VERIFIED
    assert report.credential is not None
    (achievement,) = report.credential.achievements
    assert (achievement.level, achievement.assessed, achievement.alignments) == (None, None, ())
    assert report.credential.subjects[0].identifiers == ()
    assert extract_skills(report) == ()


@pytest.mark.parametrize("level", [0, 9, "6", True, 6.0, "ISCED 4"])
def test_a_level_that_is_none_of_the_eight_is_no_level(level: Any) -> None:
    report = judged(level_of_learning_experience=level)
    assert report.credential is not None
    assert report.credential.achievements[0].level is None


@pytest.mark.parametrize("outcomes", [None, 7, ["", 7, {}], {"en": "data mining"}])
def test_outcomes_of_another_shape_are_no_skills(outcomes: Any) -> None:
    assert extract_skills(judged(learning_outcomes=outcomes)) == ()


def test_one_outcome_may_stand_alone() -> None:
    (claim,) = extract_skills(judged(learning_outcomes="data mining"))
    assert claim.pointer == "/learning_outcomes"


def test_the_day_of_expiry_counts_even_where_the_token_runs_longer() -> None:
    report = judged(date_of_expiry="2026-08-31")
    assert (report.verdict, report.code) == (Verdict.FAILED, "expired")
    assert judged(date_of_expiry="2026-09-01").verdict is Verdict.VERIFIED
    assert judged(date_of_expiry=None, exp=None).check("validity").outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "changes",
    [
        {"date_of_expiry": "31.12.2030"},
        {"date_of_expiry": 2_030},
        {"date_of_issuance": "2026-02-30"},
        {"achievement_title": None},
        {"achievement_title": ["Foundations"]},
    ],
)
def test_a_claim_that_is_not_what_it_must_be_is_malformed(changes: dict[str, Any]) -> None:
    report = judged(**changes)
    assert (report.verdict, report.code) == (Verdict.FAILED, "malformed")


def test_a_name_and_a_number_of_the_college_bind_nobody_for_sure() -> None:
    report = judged(applicant=Applicant(name="Eleni Papadaki"))
    assert report.check("binding").outcome is Outcome.INDETERMINATE


def test_another_type_is_read_as_before() -> None:
    report = judged(vct="https://college.example/types/course", title="Another course")
    assert report.credential is not None
    assert report.credential.achievements[0].name == "Another course"
    assert report.credential.valid_until == datetime.fromtimestamp(CLAIMS["exp"], UTC)
