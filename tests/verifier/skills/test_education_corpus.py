"""Every skill that real credentials declare comes out as a claim, stamped with what its report says."""

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

pytestmark = pytest.mark.shared


def declared(folder: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [case for case in cases if case.get("skills") and case["expect"] != "not-a-credential"]


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
        if lost := [skill for skill in case["skills"] if not found.intersection(names_of(skill))]:
            missing[case["id"]] = len(lost)
    assert missing == {}


def names_of(skill: dict[str, Any]) -> tuple[str, str]:
    """Address and name as the manifest gives them; names of CTDL stand in it as JSON texts."""
    return identity_of(skill.get("targetUrl") or "-"), (skill.get("targetName") or "-").strip().strip('"')


def test_a_framework_claims_nothing_for_anybody(shared_cases: Path) -> None:
    folder = shared_cases / "education"
    cases: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for case in cases:
        if case.get("skills") and case["expect"] == "not-a-credential":
            assert claims_of(folder / case["file"]) == (), case["id"]


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
