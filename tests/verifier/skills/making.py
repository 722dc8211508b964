"""Reports, claims and jobs for the tests of skills, made without any cryptography."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from verifier.model import Achievement, Alignment, Credential, Issuer, Level, Subject
from verifier.report import CHECK_NAMES, CheckResult, Finding, Outcome, Report, Verdict
from verifier.skills import JobRequirements, Requirement, Skill

CLOCK = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ISSUED = datetime(2026, 1, 10, tzinfo=UTC)
ESCO = "http://data.europa.eu/esco/skill/"
PYTHON = ESCO + "ccd0a1d9-afda-43d9-b901-96344886e14d"
MINING = ESCO + "25f0ea33-b4a2-4f31-b7b4-7d20e827b180"
WELDING = ESCO + "11111111-2222-4333-8444-555555555555"


def credential(
    *targets: dict[str, Any], id: str = "urn:uuid:1", name: str = "Ana", **more: Any
) -> Credential:
    """An Open Badge whose one achievement aligns to `targets` (fields of `Alignment`)."""
    level = more.pop("level", None)
    assessed = more.pop("assessed", None)
    identity_verified = more.pop("identity_verified", None)
    issuer = more.pop("issuer", "did:web:college.example")
    subject = more.pop("subject", "did:example:ana")
    document = {
        "id": id,
        "issuer": issuer,
        "credentialSubject": {
            "id": subject,
            "name": name,
            "achievement": {
                "alignment": [
                    {"targetUrl": target.get("target_url"), "targetName": target.get("target_name", "")}
                    for target in targets
                ]
            },
        },
    }
    alignments = tuple(
        Alignment(pointer=f"/credentialSubject/achievement/alignment/{index}", **target)
        for index, target in enumerate(targets)
    )
    achievement = Achievement(
        name="Course",
        description=more.pop("description", ""),
        alignments=alignments,
        level=level,
        assessed=assessed,
        identity_verified=identity_verified,
    )
    return Credential(
        format="open_badges_3",
        document=document,
        id=id,
        issuer=Issuer(id=issuer),
        subjects=(Subject(id=subject, name=name),),
        achievements=(achievement,),
        issued=more.pop("issued", ISSUED),
        **more,
    )


def report(
    inner: Credential | None,
    *,
    failed: dict[str, str] | None = None,
    doubtful: dict[str, str] | None = None,
    contained: tuple[Report, ...] = (),
    issuer_name: str = "Example College",
    tier: str = "",
    at: datetime = CLOCK,
    source: str = "badge.json",
) -> Report:
    """A report over `inner`: every check PASSED but those in `failed` and `doubtful` (check → code)."""
    results = []
    for check in CHECK_NAMES:
        outcome, code = Outcome.PASSED, "passed"
        detail: tuple[tuple[str, str], ...] = ()
        if check == "trust":
            detail = (("issuer", issuer_name), ("tier", tier))
        if code_failed := (failed or {}).get(check):
            outcome, code, detail = Outcome.FAILED, code_failed, ()
        elif code_doubtful := (doubtful or {}).get(check):
            outcome, code, detail = Outcome.INDETERMINATE, code_doubtful, ()
        finding = Finding(outcome=outcome, code=code, message="…", detail=detail)
        results.append(CheckResult.of(check, [finding]))
    own_verdict, own_code = Verdict.VERIFIED, "verified"
    for verdict, outcome in (
        (Verdict.INDETERMINATE, Outcome.INDETERMINATE),
        (Verdict.FAILED, Outcome.FAILED),
    ):
        for result in results:
            if result.outcome is outcome and own_verdict is not verdict:
                own_verdict, own_code = verdict, result.findings[0].code
    verdict, code = own_verdict, own_code
    for member in contained:
        if member.verdict is Verdict.FAILED or verdict is Verdict.VERIFIED:
            verdict, code = member.verdict, member.code
    return Report(
        source=source,
        verdict=verdict,
        code=code,
        credential=inner,
        results=tuple(results),
        contained=contained,
        at=at,
        own_verdict=own_verdict,
        own_code=own_code,
    )


def requirement(
    uri: str | None = PYTHON, *, id: str = "r1", name: str = "Python", **more: Any
) -> Requirement:
    """A required row that asks for `uri`."""
    return Requirement(id=id, skill=Skill(id=uri, name=name), **more)


def job(*requirements: Requirement) -> JobRequirements:
    """A job of `requirements`."""
    return JobRequirements(id="job-1", name="Analyst", requirements=requirements)


def eqf(value: str) -> Level:
    """An EQF level."""
    return Level(scheme="EQF", value=value)
