"""The sample is what its script makes, and every file in it gets the verdict that is written beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from verifier import (
    Applicant,
    IssuerList,
    JobRequirements,
    MemoryWeb,
    Report,
    Uploaded,
    extract_skills,
    match,
    verify,
)

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"
ROLL: dict[str, Any] = json.loads((SAMPLE / "applicants.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(ROLL["clock"])
PEOPLE: dict[str, dict[str, Any]] = {person["id"]: person for person in ROLL["applicants"]}
FILES = [(person, entry) for person in PEOPLE.values() for entry in person["files"]]


@cache
def web() -> MemoryWeb:
    answers: dict[str, str] = json.loads((SAMPLE / "web.json").read_text(encoding="utf-8"))
    return MemoryWeb({url: (SAMPLE / file).read_bytes() for url, file in answers.items()})


@cache
def issuers() -> IssuerList:
    return IssuerList.parse((SAMPLE / "issuers.json").read_bytes())


@cache
def report_on(path: str) -> Report:
    person = PEOPLE[path.split("/")[1]]
    applicant = Applicant(dids=tuple(person["dids"]), emails=tuple(person["emails"]))
    source = Uploaded((SAMPLE / path).read_bytes(), Path(path).name)
    return verify(source, trust=[issuers()], applicant=applicant, web=web(), now=NOW)


@pytest.mark.parametrize(("person", "entry"), FILES, ids=[entry["path"] for _, entry in FILES])
def test_a_sample_file_gets_the_verdict_beside_it(person: dict[str, Any], entry: dict[str, Any]) -> None:
    report = report_on(entry["path"])
    assert (report.verdict.value, report.code) == (entry["verdict"], entry["code"]), report.results


def test_the_members_of_an_archive_keep_their_own_verdicts() -> None:
    report = report_on("applicants/liam-demo/older.zip")
    assert [inner.code for inner in report.contained] == ["expired", "verified"]


def test_the_sample_shows_every_reason_a_recruiter_meets() -> None:
    codes = {entry["code"] for _, entry in FILES}
    wanted = {"verified", "invalid_signature", "revoked", "expired", "suspended", "bearer"}
    assert codes >= wanted | {"issuer_unknown", "issuer_refused", "other_subject", "status_unreachable"}
    assert len(PEOPLE) >= 12


def results_of(person: str) -> dict[str, str]:
    """What is proved of each requirement of the job, by the name of its skill."""
    job = JobRequirements.parse((SAMPLE / "job.json").read_bytes())
    claims = [
        claim for entry in PEOPLE[person]["files"] for claim in extract_skills(report_on(entry["path"]))
    ]
    return {row.requirement.skill.name: row.standing.value for row in match(job, claims).requirements}


def test_ada_meets_all_that_is_required() -> None:
    required = {
        row["skill"]["name"]
        for row in json.loads((SAMPLE / "job.json").read_bytes())["requirements"]
        if row["required"]
    }
    results = results_of("ada-example")
    assert {results[name] for name in required} == {"met"}


def test_carla_falls_short_of_a_level() -> None:
    assert results_of("carla-beispiel")["apply statistical analysis techniques"] == "level_short"


def test_a_certificate_without_a_level_leaves_it_unknown() -> None:
    assert results_of("farid-specimen")["apply statistical analysis techniques"] == "level_unknown"


def test_greta_has_only_claims_until_her_issuer_is_added() -> None:
    assert results_of("greta-fiktiv")["SQL"] == "claimed"


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    command = [sys.executable, str(SAMPLE / "make.py"), str(tmp_path)]
    subprocess.run(command, check=True, cwd=tmp_path)  # noqa: S603 – our own script
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    here = {
        path.relative_to(SAMPLE): path.read_bytes()
        for path in SAMPLE.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert made == here


def test_skill_names_are_those_of_esco(shared_frameworks: Path) -> None:
    import csv
    import gzip

    with gzip.open(shared_frameworks / "esco_skills_en.csv.gz", "rt", encoding="utf-8") as lines:
        labels = {row["uri"]: row["preferred_label"] for row in csv.DictReader(lines)}
    for row in json.loads((SAMPLE / "job.json").read_bytes())["requirements"]:
        if row["skill"]["framework"] == "ESCO":
            assert labels[row["skill"]["id"]] == row["skill"]["name"]
