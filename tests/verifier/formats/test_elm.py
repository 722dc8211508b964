"""European Learning Model: skills, levels and assessment from wherever an issuer writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.issuing import json_bytes
from verifier import MemoryWeb, Report, Uploaded, Verdict, extract_skills, verify
from verifier.formats import read
from verifier.model import Achievement, Credential
from verifier.policy import Limits

Json = dict[str, Any]
ESCO = "http://data.europa.eu/esco/skill/ccdf3597-5c80-410f-896d-e1bdfa223de9"


def document(claim: Json, **person: Any) -> Json:
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"sl": "Primer", "en": "Example"}},
        "validFrom": "2026-03-01T10:00:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "hasClaim": claim, **person},
    }


def read_document(json: Json) -> Credential:
    return read(json_bytes(json), Limits())


def achievement(**specified: Any) -> Achievement:
    claim = {"type": "LearningAchievement", "specifiedBy": {"title": {"en": "Data"}, **specified}}
    [found] = read_document(document(claim)).achievements
    return found


def verified(data: bytes) -> Report:
    return verify(Uploaded(data, "sample.jsonld"), web=MemoryWeb({}), now=TERM_START)


CONCEPT = {"id": ESCO, "prefLabel": {"en": "create"}}


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (CONCEPT, "/relatedESCOSkill"),
        ([CONCEPT], "/relatedESCOSkill/0"),
        (ESCO, "/relatedESCOSkill"),
    ],
)
def test_a_skill_may_be_one_object_an_array_or_an_address(value: Any, pointer: str) -> None:
    [found] = achievement(learningOutcome={"relatedESCOSkill": value}).alignments
    assert found.target_url == ESCO
    assert found.pointer == f"/credentialSubject/hasClaim/specifiedBy/learningOutcome{pointer}"


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ({"id": "http://data.europa.eu/snb/eqf/6"}, "6"),
        ({"notation": "5"}, "5"),
        ({"id": "http://data.europa.eu/snb/eqf/9"}, None),
        ({"id": "http://publications.europa.eu/nqf/7"}, None),
        ("6", None),
    ],
)
def test_the_level_is_that_of_the_qualification(level: Any, expected: str | None) -> None:
    found = achievement(eqfLevel=level).level
    assert (found.value if found else None) == expected


def test_a_national_level_is_no_european_one() -> None:
    assert achievement(nqfLevel={"notation": "7"}).level is None


@pytest.mark.parametrize(
    ("label", "verified"),
    [
        ("Unsupervised without ID verification", False),
        ("Supervised online or onsite with ID verification", True),
        ("Other", None),
    ],
)
def test_identity_is_verified_where_the_assessment_says_so(label: str, verified: bool | None) -> None:
    proof = {"specifiedBy": {"idVerification": {"prefLabel": {"en": label}}}}
    [found] = read_document(document({"title": {"en": "Data"}, "provenBy": proof})).achievements
    assert (found.assessed, found.identity_verified) == (True, verified)


def test_participation_alone_is_not_assessed() -> None:
    [found] = read_document(document({"type": "LearningActivity", "title": {"en": "Course"}})).achievements
    assert (found.achievement_type, found.assessed) == ("LearningActivity", None)


def test_parts_of_parts_are_claims_too() -> None:
    inner = {"title": {"en": "inner"}}
    found = read_document(document({"title": {"en": "outer"}, "hasPart": [{"hasPart": inner}, inner]}))
    assert [entry.name for entry in found.achievements] == ["outer", "", "inner", "inner"]


def test_a_start_of_validity_is_no_day_of_issuing() -> None:
    found = read_document(document({"title": {"en": "Data"}}))
    assert found.issued is None
    assert found.valid_from is not None


def test_the_learner_is_named_and_reached_as_the_document_says() -> None:
    contact = [{"emailAddress": [{"id": "mailto:ana@learner.example"}, {"id": "https://x.example"}]}]
    found = read_document(
        document({}, givenName={"en": "Ana"}, familyName={"en": "Zorro"}, contactPoint=contact)
    )
    [person] = found.subjects
    assert person.name == "Ana Zorro"
    assert [entry.value for entry in person.identifiers] == ["ana@learner.example"]


@pytest.mark.parametrize("claim", [None, "text", 7, [], [None, "x"], {"specifiedBy": ["x"], "provenBy": 3}])
def test_any_shape_is_read_without_a_fault(claim: Any) -> None:
    report = verified(json_bytes(document(claim)))
    assert report.verdict is Verdict.FAILED
    assert "internal_error" not in {result.findings[0].code for result in report.results}


@pytest.mark.parametrize("name", ["Sample-MC-Annex1-signed.jsonld", "Sample-MC-Annex1-unsigned.jsonld"])
def test_the_samples_of_the_commission_speak_of_six_skills(shared_frameworks: Path, name: str) -> None:
    report = verified((shared_frameworks / "elm" / name).read_bytes())
    claims = extract_skills(report)
    frameworks = [claim.skill.framework for claim in claims]
    assert (frameworks.count("ESCO"), frameworks.count("DigComp")) == (4, 2)
    assert {claim.level.value for claim in claims if claim.level} == {"4"}
    assert {claim.qualification_level.value for claim in claims if claim.qualification_level} == {"6"}
    assert {claim.identity_verified for claim in claims} == {False}
    assert report.verdict is not Verdict.VERIFIED
