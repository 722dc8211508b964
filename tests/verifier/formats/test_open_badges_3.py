"""Open Badges 3.0: achievements, results, rubric levels, alignments and identifiers, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.verifier.forging.scene import COLLEGE
from verifier import Credential, Limits, formats
from verifier.formats import format_of
from verifier.model import Alignment

LIMITS = Limits()
ESCO = "http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742"
LEVELS = [
    {"id": f"urn:level:{name}", "type": ["RubricCriterionLevel"], "name": name, "points": str(points)}
    for name, points in (("basic", 1), ("good", 5), ("expert", 9))
]


def badge(achievement: Json | None = None, **subject: Any) -> Json:
    document = COLLEGE.credential()
    whole = {
        **document["credentialSubject"],
        "achievement": {**ACHIEVEMENT, **(achievement or {})},
        **subject,
    }
    return {
        **document,
        "credentialSubject": {name: value for name, value in whole.items() if value is not None},
    }


def read(document: Json) -> Credential:
    return formats.read(json_bytes(document), LIMITS)


def alignments(document: Json) -> tuple[Alignment, ...]:
    return tuple(found for achievement in read(document).achievements for found in achievement.alignments)


def complaints(document: Json) -> list[tuple[str, str]]:
    credential = read(document)
    entry = format_of(credential)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(credential)]


def test_a_badge_is_read() -> None:
    credential = read(badge())
    (achievement,) = credential.achievements
    assert credential.format == "open_badges_3"
    assert (achievement.name, achievement.achievement_type) == ("Data Analysis", "Certificate")
    assert achievement.criteria == "Passes a supervised project."
    assert achievement.pointer == "/credentialSubject/achievement"
    assert complaints(badge()) == []


def test_the_older_name_of_the_class_is_a_badge_too() -> None:
    document = badge() | {"type": ["VerifiableCredential", "AchievementCredential"]}
    assert read(document).format == "open_badges_3"


def test_a_badge_without_a_name_has_that_of_its_achievement() -> None:
    document = {name: value for name, value in badge().items() if name != "name"}
    assert read(document).name == "Data Analysis"


def test_several_subjects_and_achievements_keep_their_places() -> None:
    document = badge()
    subject = document["credentialSubject"]
    many = {
        **subject,
        "achievement": [subject["achievement"], "https://college.example/a", subject["achievement"]],
    }
    credential = read({**document, "credentialSubject": [subject, many]})
    assert [achievement.pointer for achievement in credential.achievements] == [
        "/credentialSubject/0/achievement",
        "/credentialSubject/1/achievement/0",
        "/credentialSubject/1/achievement/2",
    ]
    assert [entry.pointer for entry in credential.subjects] == [
        "/credentialSubject/0",
        "/credentialSubject/1",
    ]


# ------------------------------------------------------------------------------------- alignments


def test_an_alignment_is_read_in_every_shape() -> None:
    full = {
        "type": ["Alignment"],
        "targetName": "SQL",
        "targetUrl": ESCO,
        "targetCode": "S1",
        "targetFramework": "ESCO",
    }
    one, two, three = alignments(badge({"alignment": [full, ESCO, {"targetName": "Python"}]}))
    assert (one.target_name, one.target_url, one.target_code, one.target_framework) == (
        "SQL",
        ESCO,
        "S1",
        "ESCO",
    )
    assert (two.target_url, two.target_name) == (ESCO, "")
    assert (three.target_url, three.place) == (None, "achievement")
    assert one.pointer == "/credentialSubject/achievement/alignment/0"
    (alone,) = alignments(badge({"alignment": full}))
    assert alone.pointer == "/credentialSubject/achievement/alignment"


def test_tags_are_words_not_identifiers() -> None:
    found = alignments(badge({"tag": ["sql", 5, "python"]}))
    assert [(entry.target_name, entry.place, entry.pointer) for entry in found] == [
        ("sql", "tag", "/credentialSubject/achievement/tag/0"),
        ("python", "tag", "/credentialSubject/achievement/tag/2"),
    ]
    assert alignments(badge({"tag": "sql"}))[0].pointer == "/credentialSubject/achievement/tag"


@pytest.mark.parametrize("url", ["http://data.europa.eu/snb/eqf/6", "https://data.europa.eu/snb/eqf/6/"])
def test_an_eqf_level_is_that_of_the_qualification(url: str) -> None:
    level = read(badge({"alignment": {"targetUrl": url}})).achievements[0].level
    assert level is not None
    assert (level.scheme, level.value) == ("EQF", "6")


@pytest.mark.parametrize("url", ["http://data.europa.eu/snb/eqf/9", "http://evil.example/snb/eqf/6", ""])
def test_nothing_else_is_an_eqf_level(url: str) -> None:
    assert read(badge({"alignment": {"targetUrl": url}})).achievements[0].level is None


# ------------------------------------------------------------------------------------- results


def described(**description: Any) -> Json:
    skill = {"type": ["Alignment"], "targetName": "Statistics", "targetUrl": ESCO}
    return {
        "resultDescription": [
            {
                "id": "urn:result:1",
                "type": ["ResultDescription"],
                "resultType": "Percent",
                "alignment": [skill],
                **description,
            }
        ]
    }


def result(**values: Any) -> Json:
    return {"type": ["Result"], "resultDescription": "urn:result:1", **values}


def test_a_result_proves_the_skill_of_its_description_at_its_level() -> None:
    document = badge(described(valueMin="0", valueMax="100"), result=[result(value="82")])
    (found,) = alignments(document)
    assert (found.place, found.target_url, found.failed) == ("result", ESCO, False)
    assert found.pointer == "/credentialSubject/achievement/resultDescription/0/alignment/0"
    assert found.level is not None
    assert (found.level.scheme, found.level.value, found.level.order) == (
        "rubric:urn:result:1",
        "82",
        ("0", "100"),
    )
    assert read(document).achievements[0].assessed is True


def test_a_result_proves_skills_of_its_own() -> None:
    own = {"type": ["Alignment"], "targetName": "Writing"}
    unknown = {"type": ["Result"], "alignment": own, "value": "5"}
    document = badge(described(), result=[result(alignment=[own]), unknown, "no result"])
    assert [(entry.target_name, entry.pointer) for entry in alignments(document)] == [
        ("Writing", "/credentialSubject/result/0/alignment/0"),
        ("Statistics", "/credentialSubject/achievement/resultDescription/0/alignment/0"),
        ("Writing", "/credentialSubject/result/1/alignment"),
    ]


def test_a_description_and_a_result_may_stand_alone() -> None:
    description = described(alignment={"targetName": "Statistics"})["resultDescription"][0]
    (found,) = alignments(badge({"resultDescription": description}, result=result(value="A")))
    assert found.pointer == "/credentialSubject/achievement/resultDescription/alignment"


def test_a_rubric_level_that_was_reached_proves_its_own_skills() -> None:
    expert = LEVELS[2] | {"alignment": [{"targetName": "Bayesian inference"}]}
    document = badge(
        described(rubricCriterionLevel=[LEVELS[0], LEVELS[1], expert]),
        result=[result(achievedLevel="urn:level:expert")],
    )
    found = {entry.target_name: entry for entry in alignments(document)}
    assert found.keys() == {"Statistics", "Bayesian inference"}
    assert found["Bayesian inference"].place == "rubric_level"
    level = found["Statistics"].level
    assert level is not None
    assert (level.value, level.label) == ("urn:level:expert", "expert")
    assert level.order == ("urn:level:basic", "urn:level:good", "urn:level:expert")


@pytest.mark.parametrize("points", [(None, 5, 9), (5, 5, 9), ("many", 5, 9)])
def test_the_order_of_a_rubric_is_only_told_by_its_points(points: tuple[Any, ...]) -> None:
    rubric = [{**level, "points": point} for level, point in zip(LEVELS, points, strict=True)]
    document = badge(described(rubricCriterionLevel=rubric), result=[result(achievedLevel="urn:level:good")])
    assert alignments(document)[0].level is not None
    assert alignments(document)[0].level.order == ()  # type: ignore[union-attr]  # just asserted


@pytest.mark.parametrize("status", ["Failed", "Enrolled", "InProgress", "OnHold", "Withdrew", "Provisional"])
def test_a_result_that_was_not_reached_is_marked(status: str) -> None:
    assert [entry.failed for entry in alignments(badge(described(), result=[result(status=status)]))] == [
        True
    ]


@pytest.mark.parametrize(
    ("description", "values", "failed"),
    [
        ({"requiredValue": "60"}, {"value": "59"}, True),
        ({"requiredValue": "60"}, {"value": "60"}, False),
        ({"requiredValue": "9"}, {"value": "10"}, False),
        ({"requiredValue": "60"}, {}, False),
        ({}, {"value": "1"}, False),
        ({"requiredLevel": "urn:level:good"}, {"achievedLevel": "urn:level:basic"}, True),
        ({"requiredLevel": "urn:level:good"}, {"achievedLevel": "urn:level:good"}, False),
        ({"requiredLevel": "urn:level:good"}, {"achievedLevel": "urn:level:expert"}, False),
        ({"requiredLevel": "urn:level:none"}, {"achievedLevel": "urn:level:basic"}, False),
        ({"requiredValue": "B", "allowedValue": ["A", "B", "C"]}, {"value": "C"}, False),
        ({"requiredValue": "2", "allowedValue": ["1", "2", "3"]}, {"value": "1"}, True),
        ({"requiredValue": "9" * 40}, {"value": "1"}, False),
    ],
)
def test_less_than_what_is_required_fails_where_it_can_be_told(
    description: Json, values: Json, failed: bool
) -> None:
    document = badge(described(rubricCriterionLevel=LEVELS, **description), result=[result(**values)])
    assert {entry.failed for entry in alignments(document)} == {failed}


# ------------------------------------------------------------------------------------- endorsements


@pytest.mark.parametrize("status", [{}, ["Failed"], 5, None])
def test_a_status_that_is_no_text_says_nothing_of_a_result(status: Any) -> None:
    (found,) = alignments(badge(result=[{"type": ["Result"], "status": status, "alignment": [ESCO]}]))
    assert not found.failed


def test_endorsements_stand_beside_the_badge() -> None:
    endorsement = COLLEGE.credential(type=["VerifiableCredential", "EndorsementCredential"])
    document = badge() | {"endorsement": [endorsement], "endorsementJwt": "eyJh.e30.x"}
    members = read(document).contains
    assert [(member.name, member.pointer, member.weighs) for member in members] == [
        ("endorsement 1", "/endorsement/0", False),
        ("endorsement 2", "/endorsementJwt", False),
    ]


# ------------------------------------------------------------------------------------- examined


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (badge() | {"issuer": {**COLLEGE.profile(), "type": ["Person"]}}, "/issuer/type"),
        (badge() | {"issuer": {**COLLEGE.profile(), "address": {"type": ["Place"]}}}, "/issuer/address"),
        (badge(type=["Person"]), "/credentialSubject/type"),
        (badge(result=[{"type": ["Score"]}]), "/credentialSubject/result/0/type"),
        (badge({"type": ["Course"]}), "/credentialSubject/achievement"),
        (badge({"name": ""}), "/credentialSubject/achievement"),
        (badge({"alignment": [{"type": ["Link"], "targetName": "SQL"}]}), "/credentialSubject/achievement"),
        (badge({"related": {"type": ["Link"], "id": "urn:a"}}), "/credentialSubject/achievement"),
    ],
)
def test_a_class_of_another_type_is_named(document: Json, pointer: str) -> None:
    assert ("badge_malformed", pointer) in complaints(document)


def test_what_drafts_left_out_accuses_nobody() -> None:
    achievement = {name: value for name, value in ACHIEVEMENT.items() if name not in ("id", "criteria")}
    document = badge()
    bare = {**document, "credentialSubject": {**document["credentialSubject"], "achievement": achievement}}
    assert complaints(bare) == []


def test_a_badge_for_nobody_is_left_to_the_binding_check() -> None:
    assert complaints(badge(id=None)) == []
    forged = badge({"type": ["Diploma"]}, id=None)
    assert ("badge_malformed", "/credentialSubject/achievement") in complaints(forged)
