"""Annex I of the EU Recommendation, and the published yardsticks with their exact thresholds."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Credential
from verifier.skills.annex1 import Annex1Card, Presence, annex1
from verifier.skills.annex1_places import NAMES
from verifier.skills.extract import resolve
from verifier.skills.facts import Facts, facts_of, hours_of
from verifier.skills.microcredential import (
    Holds,
    common_microcredential_framework,
    microcredential_definition,
    recognition_facts,
    size_class,
)

GOOD = Facts(
    hours=120.0,
    eqf=7,
    assessed=True,
    summative=True,
    identity_verified=True,
    credit=True,
    outcomes=True,
    provider=True,
)


def read(path: Path) -> Credential:
    document = json.loads(path.read_text(encoding="utf-8"))
    if "payload" in document:
        document = json.loads(document["payload"])
    return Credential(format="elm", document=document)


def card_of(credential: Credential) -> Annex1Card:
    card = annex1(credential)
    assert card is not None
    return card


@pytest.mark.shared
@pytest.mark.parametrize(("name", "headline"), [("signed", "10 of 11"), ("unsigned", "9 of 11")])
def test_the_sample_of_the_eu_has_what_it_has(shared_frameworks: Path, name: str, headline: str) -> None:
    credential = read(shared_frameworks / "elm" / f"Sample-MC-Annex1-{name}.jsonld")
    card = card_of(credential)
    assert card.headline.startswith(f"{headline} mandatory elements")
    assert card.element("11").presence is Presence.ABSENT
    assert card.element("5").presence is (Presence.PRESENT if name == "signed" else Presence.ABSENT)
    assert card.element("3").value == "IRL"
    assert card.element("7").value == "2 European Credit Transfer System, PT60H"
    assert card.element("o2").value == "unsupervised without ID"
    assert all(
        element.pointer and resolve(credential.document, element.pointer) is not None
        for element in card.elements
        if element.presence is Presence.PRESENT
    )


@pytest.mark.shared
def test_the_trap_of_the_eu_sample_is_not_stepped_into(shared_frameworks: Path) -> None:
    facts = facts_of(read(shared_frameworks / "elm" / "Sample-MC-Annex1-unsigned.jsonld"))
    assert (facts.hours, facts.ects, facts.eqf) == (60.0, 2.0, 6)
    cmf = common_microcredential_framework(facts)
    assert cmf.holds is Holds.NO
    reasons = {
        condition.name: condition.reason for condition in cmf.conditions if condition.holds is Holds.NO
    }
    assert reasons == {
        "workload": "60 h is outside 100–150",
        "identity verification": "identity was not verified in the assessment",
    }
    assert size_class(facts) == "module"


@pytest.mark.shared
def test_a_certificate_of_participation_is_no_micro_credential(shared_frameworks: Path) -> None:
    credential = read(shared_frameworks / "elm" / "Sample-CertOfPart-unsigned.jsonld")
    definition = microcredential_definition(facts_of(credential))
    assert definition.sentence == ("not a micro-credential by the UNESCO/EU definition: no assessment found")
    assert card_of(credential).element("8").presence is Presence.NOT_APPLICABLE


@pytest.mark.shared
def test_the_extension_of_edubadges_is_read(shared_cases: Path) -> None:
    path = shared_cases / "education" / "edubadges" / "uvh_fvhz_microcredential_full.json"
    credential = read(path)
    card = card_of(credential)
    assert card.headline.startswith("11 of 11")
    assert card.element("7").value == "4.5 ECTS"
    assert card.element("o2").value == "supervised with ID"
    assert "start of validity" in card.element("5").value
    assert facts_of(credential).ects == 4.5


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Holds.YES),
        ({"hours": 99.0}, Holds.NO),
        ({"hours": 100.0}, Holds.YES),
        ({"hours": 150.0}, Holds.YES),
        ({"hours": 151.0}, Holds.NO),
        ({"hours": None}, Holds.UNKNOWN),
        ({"hours": None, "ects": 4.0}, Holds.YES),
        ({"hours": None, "ects": 3.5}, Holds.NO),
        ({"eqf": 5}, Holds.NO),
        ({"eqf": 5, "ects": 5.0}, Holds.YES),
        ({"eqf": 3, "ects": 5.0}, Holds.NO),
        ({"eqf": 8}, Holds.NO),
        ({"eqf": None}, Holds.UNKNOWN),
        ({"identity_verified": None}, Holds.UNKNOWN),
        ({"identity_verified": False}, Holds.NO),
        ({"summative": False}, Holds.NO),
        ({"credit": None}, Holds.UNKNOWN),
        ({"outcomes": None}, Holds.YES),
    ],
)
def test_the_common_microcredential_framework(changes: dict[str, Any], expected: Holds) -> None:
    assert common_microcredential_framework(dataclasses.replace(GOOD, **changes)).holds is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Holds.YES),
        ({"assessed": None}, Holds.UNKNOWN),
        ({"assessed": False}, Holds.NO),
        ({"outcomes": False}, Holds.NO),
        ({"quality_assured": None}, Holds.YES),
    ],
)
def test_the_definition(changes: dict[str, Any], expected: Holds) -> None:
    assert microcredential_definition(dataclasses.replace(GOOD, **changes)).holds is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(hours=12.0), "skill credential"),
        (Facts(hours=20.0), ""),
        (Facts(hours=60.0), "module"),
        (Facts(hours=140.0), ""),
        (Facts(hours=200.0), "short programme"),
        (Facts(ects=1.0), "module"),
        (Facts(ects=5.0), "module"),
        (Facts(ects=5.5), "short programme"),
        (Facts(hours=10.0, ects=7.0), "short programme"),
        (Facts(), ""),
    ],
)
def test_the_size_class_follows_the_workload(facts: Facts, expected: str) -> None:
    assert size_class(facts) == expected


@pytest.mark.parametrize(
    ("duration", "hours"),
    [
        ("PT60H", 60.0),
        ("PT90M", 1.5),
        ("PT1H30M", 1.5),
        ("P60M", None),
        ("P2D", None),
        ("P1DT2H", None),
        ("PT", None),
        ("P", None),
        ("60", None),
        ("", None),
        ("PT" + "9" * 100_000 + "H", None),
    ],
)
def test_months_are_no_minutes(duration: str, hours: float | None) -> None:
    assert hours_of(duration) == hours


def test_what_a_recognition_officer_asks_stays_unknown_where_nothing_is_said() -> None:
    assert {condition.holds for condition in recognition_facts(Facts())} == {Holds.UNKNOWN}
    said = {condition.name: condition.holds for condition in recognition_facts(GOOD)}
    assert (said["level stated"], said["provider covered by ESG"]) == (Holds.YES, Holds.UNKNOWN)


def test_credits_without_a_unit_are_no_ects() -> None:
    document = {
        "issuer": {"id": "did:web:college.example", "name": "College"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ana",
            "achievement": {
                "name": "Course",
                "creditsAvailable": 5,
                "criteria": {"narrative": "Pass the exam."},
            },
        },
    }
    credential = Credential(format="open_badges_3", document=document)
    card = card_of(credential)
    assert card.element("7").value == "5 credits, unit unknown"
    assert card.element("9").value == "in the words of the criteria: Pass the exam."
    assert card.element("8").presence is Presence.ABSENT
    assert (facts_of(credential).ects, facts_of(credential).assessed) == (None, None)


def test_statements_that_contradict_each_other_state_nothing() -> None:
    achievement = {"supervisionType": "onsite with identity verification", "identityChecked": False}
    document = {"credentialSubject": {"achievement": achievement}}
    assert facts_of(Credential(format="open_badges_3", document=document)).identity_verified is None


def test_other_documents_have_no_card() -> None:
    assert annex1(Credential(format="open_badges_2", document={"badge": {}})) is None


WORDS = [
    "hasClaim",
    "specifiedBy",
    "provenBy",
    "awardedBy",
    "awardingBody",
    "eqfLevel",
    "creditPoint",
    "point",
    "framework",
    "achievement",
    "alignment",
    "criteria",
    "ECTS",
    "targetType",
    "targetCode",
    "id",
    "location",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_document_crashes_the_card(value: Any) -> None:
    credential = Credential(format="elm", document={"credentialSubject": value, "issuer": value})
    card = annex1(credential)
    assert card is None or len(card.elements) == len(NAMES) == 16
    common_microcredential_framework(facts_of(credential))


LEARNING = {
    "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
    "issuing_authority": "Example College",
    "issuing_country": "GR",
    "date_of_issuance": "2026-06-30",
    "family_name": "Papadaki",
    "learner_identification": "0123456",
    "achievement_title": "Foundations of data analysis",
    "achievement_description": "A course of one term",
    "learning_outcomes": ["data mining", "report findings"],
    "assessment_grade": "Excellent",
    "expected_study_time": "100 hours",
    "level_of_learning_experience": 6,
    "types_of_quality_assurance": ["Institutional evaluation"],
    "prerequisites_to_enroll": ["Statistics"],
    "integration_stackability_options": True,
}


def test_the_eu_learning_credential_fills_the_card_from_its_claims() -> None:
    inner = Credential(format="sd_jwt_vc", document=LEARNING)
    card = annex1(inner)
    assert card is not None
    assert card.headline == "9 of 11 mandatory elements, 4 of 5 optional"
    said = {element.number: (element.value, element.pointer) for element in card.elements if element.value}
    assert said["1"] == ("0123456", "/learner_identification")
    assert said["6"] == ("data mining; report findings", "/learning_outcomes/0")
    assert said["8"] == ("EQF 6", "/level_of_learning_experience")
    assert said["o4"][0] == "stackable"
    facts = facts_of(inner)
    assert (facts.eqf, facts.outcomes, facts.assessed, facts.provider, facts.quality_assured) == (
        6,
        *[True] * 4,
    )
    assert (facts.hours, facts.ects, facts.identity_verified) == (None, None, None)


def test_what_a_learning_credential_says_oddly_is_shown_and_counts_for_nothing() -> None:
    odd = {**LEARNING, "level_of_learning_experience": "ISCED 4", "integration_stackability_options": False}
    inner = Credential(format="sd_jwt_vc", document=odd)
    card = annex1(inner)
    assert card is not None
    assert (card.element("8").value, card.element("o4").value) == ("ISCED 4", "standalone")
    assert facts_of(inner).eqf is None
