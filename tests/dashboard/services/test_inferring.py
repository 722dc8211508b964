"""A credential that declares no skill is read for some; they stay readings until a person confirms one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.services.knowledge import knowledge
from tests.issuing import Issuer, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from verifier import JobRequirements, MemoryWeb, Report, Uploaded, extract_skills, match, verify

COLLEGE = Issuer.with_did_key("Example College")
SQL = "http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742"
DECLARED = {"type": ["Alignment"], "targetName": "SQL", "targetUrl": SQL}


def report_on(**changes: object) -> Report:
    document = COLLEGE.credential(achievement={**ACHIEVEMENT, "name": "SQL", **changes})
    return verify(
        Uploaded(json_bytes(COLLEGE.sign(document)), "badge.json"),
        trust=[COLLEGE.listed()],
        web=MemoryWeb({}),
    )


def test_free_text_is_read_and_marked_as_a_reading(tmp_path: Path) -> None:
    report = report_on()
    assert extract_skills(report) == ()
    claims = knowledge(tmp_path).skills_of(report)
    assert claims
    assert {claim.link.value for claim in claims} == {"inferred"}


def test_what_declares_a_skill_is_not_read_for_others(tmp_path: Path) -> None:
    report = report_on(alignment=[DECLARED])
    assert knowledge(tmp_path).skills_of(report) == extract_skills(report)


@pytest.mark.parametrize("required", [True, False])
def test_a_reading_meets_no_requirement(tmp_path: Path, required: bool) -> None:
    claims = knowledge(tmp_path).skills_of(report_on())
    rows = [
        {"skill": {"id": claim.skill.id, "name": claim.skill.name, "framework": "ESCO"}, "required": required}
        for claim in claims
    ]
    job = JobRequirements.parse(
        json_bytes({"version": 1, "id": "j", "name": "Analyst", "requirements": rows})
    )
    standings = {row.standing.value for row in match(job, claims).requirements}
    assert standings == {"related_only"}
