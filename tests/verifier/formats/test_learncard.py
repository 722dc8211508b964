"""Skills that LearnCard writes beside, in and below the subject: names in the words of the issuer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.verifier.forging.scene import COLLEGE
from verifier import Limits, formats
from verifier.skills.extract import resolve

SKILLS = [
    {"category": "Database", "skill": "PostgreSQL", "subskills": ["Schema design", "Migrations"]},
    {"category": "Frontend", "skill": "React", "subskills": []},
]


def found(document: Json) -> list[tuple[str, str]]:
    credential = formats.read(json_bytes(document), Limits())
    named = [entry for achievement in credential.achievements for entry in achievement.alignments]
    assert all(resolve(document, entry.pointer) == entry.target_name for entry in named)
    assert {entry.place for entry in named} <= {"text"}
    return [(entry.target_name, entry.pointer) for entry in named]


def test_skills_beside_the_subject_are_read_with_their_subskills() -> None:
    assert found(COLLEGE.credential(skills=SKILLS)) == [
        ("PostgreSQL", "/skills/0/skill"),
        ("Schema design", "/skills/0/subskills/0"),
        ("Migrations", "/skills/0/subskills/1"),
        ("React", "/skills/1/skill"),
    ]


def test_skills_in_the_subject_and_in_the_achievement_are_read_too() -> None:
    plain = COLLEGE.credential()
    subject = {**plain["credentialSubject"], "skills": SKILLS[1]}
    assert found({**plain, "credentialSubject": subject}) == [("React", "/credentialSubject/skills/skill")]
    assert found(COLLEGE.credential(achievement={**ACHIEVEMENT, "skills": SKILLS[1:]})) == [
        ("React", "/credentialSubject/achievement/skills/0/skill")
    ]


@pytest.mark.parametrize(
    "skills",
    [None, "React", 5, {}, [], ["React"], [{"skill": 5}], [{"skill": " "}], [{"subskills": [None, {}, 7]}]],
)
def test_what_has_another_shape_names_nothing(skills: Any) -> None:
    assert found({**COLLEGE.credential(), "skills": skills}) == []
