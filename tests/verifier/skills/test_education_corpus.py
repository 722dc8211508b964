"""Every alignment that real credentials declare comes out as a claim, stamped with what its report says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verifier import MemoryWeb, SkillClaim, Uploaded, Verdict, extract_skills, verify
from verifier.skills import Standing, match
from verifier.skills.extract import resolve
from verifier.skills.frameworks import identity_of
from verifier.skills.requirement import Requirement
from verifier.skills.requirements import JobRequirements

# Known differences: case → how many of its alignments do not come out, and why.
NOT_FOUND = {
    "learncard-boostwithskills": 3,  # `skills` beside the subject: a term of LearnCard's own context
    "ctdl-s1-2-degreeinregistryandvc": 2,  # competencies as achievements in CTDL's own words; malformed
    "ctdl-s-2-2-competenceanddegree": 2,  # the same
    "ctdl-samplecompetencyframework-with-envelope": 14,  # a framework, not a credential
}

pytestmark = pytest.mark.shared


def declared(folder: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [case for case in cases if case.get("skills")]


def claims_of(path: Path) -> tuple[SkillClaim, ...]:
    report = verify(Uploaded(path.read_bytes(), path.name), web=MemoryWeb({}))
    claims = extract_skills(report)
    documents = {inner.source: inner.credential.document for inner in report.walk() if inner.credential}
    for claim in claims:
        assert resolve(documents[claim.source], claim.pointer) is not None, claim.pointer
    return claims


def test_all_declared_alignments_are_found(shared_cases: Path) -> None:
    folder = shared_cases / "education"
    missing = {}
    for case in declared(folder):
        claims = claims_of(folder / case["file"])
        found = {identity_of(claim.skill.id) for claim in claims if claim.skill.id}
        found |= {claim.skill.name for claim in claims}
        lost = [
            skill
            for skill in case["skills"]
            if not found.intersection(
                (identity_of(skill.get("targetUrl") or "-"), (skill.get("targetName") or "-").strip())
            )
        ]
        if lost:
            missing[case["id"]] = len(lost)
    assert missing == NOT_FOUND


def test_nothing_that_is_unsigned_meets_a_requirement(shared_cases: Path) -> None:
    folder = shared_cases / "education"
    for case in declared(folder):
        if case["expect"] == "verified":
            continue
        claims = claims_of(folder / case["file"])
        rows = {claim.skill: Requirement(id=f"r{n}", skill=claim.skill) for n, claim in enumerate(claims)}
        job = JobRequirements(id="all", name="All", requirements=tuple(rows.values()))
        assert not any(row.standing is Standing.MET for row in match(job, claims).requirements), case["id"]
        assert not any(claim.verdict is Verdict.VERIFIED for claim in claims), case["id"]
