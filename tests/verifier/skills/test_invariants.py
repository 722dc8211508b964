"""The invariants of SKILLS §5 as properties over generated applicants and jobs."""

from __future__ import annotations

import dataclasses
import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifier.skills.making import CLOCK, ESCO, ISSUED, credential, eqf, job, report, requirement
from verifier.report import Report, Verdict
from verifier.skills import JobRequirements, Match, SkillClaim, Standing, extract_skills, match
from verifier.skills.extract import resolve
from verifier.skills.frameworks import identity_of
from verifier.skills.standing import RANK

SKILLS = tuple(f"{ESCO}{number:08d}-aaaa-4bbb-8ccc-dddddddddddd" for number in range(6))
FAILURES = st.sampled_from(
    [
        {},
        {},
        {"failed": {"status": "revoked"}},
        {"failed": {"proof": "invalid_signature"}},
        {"failed": {"validity": "expired"}},
        {"doubtful": {"status": "status_unreachable"}},
    ]
)
FEW = settings(max_examples=40, deadline=None)  # the machine that runs this may be busy
LEVELS = st.none() | st.sampled_from("12345678").map(eqf)
PLANS = st.fixed_dictionaries(
    {
        "skills": st.lists(st.sampled_from(SKILLS), min_size=1, max_size=3, unique=True),
        "level": LEVELS,
        "outcome": FAILURES,
        "days": st.integers(0, 4_000),
        "subject": st.sampled_from(["did:example:ana", "did:web:college.example"]),
    }
)
APPLICANTS = st.lists(PLANS, max_size=5)
JOBS = st.lists(
    st.tuples(st.sampled_from(SKILLS), st.booleans(), LEVELS, st.booleans()), min_size=1, max_size=5
).map(
    lambda rows: job(
        *(
            requirement(uri, id=f"r{i}", required=required, minimum_level=level, must_hold=must_hold)
            for i, (uri, required, level, must_hold) in enumerate(rows)
        )
    )
)


def one(plan: dict[str, Any], number: int, **more: Any) -> Report:
    inner = credential(
        *({"target_url": uri} for uri in plan["skills"]),
        id=f"urn:uuid:{number}",
        level=plan["level"],
        issued=CLOCK - timedelta(days=plan["days"]),
        subject=plan["subject"],
        **more,
    )
    return report(inner, **plan["outcome"], source=f"{number}.json")


def applicant(plans: list[dict[str, Any]], **more: Any) -> tuple[SkillClaim, ...]:
    return extract_skills(report(None, contained=tuple(one(plan, i, **more) for i, plan in enumerate(plans))))


def standings(result: Match) -> list[Standing]:
    return [row.standing for row in result.requirements]


def shown(result: Match) -> list[tuple[Standing, str, object, int]]:
    """Everything of a result that a decision could rest on."""
    return [(row.standing, row.reason, row.confidence, row.issuers) for row in result.requirements]


@FEW
@given(APPLICANTS, JOBS, PLANS)
def test_adding_a_valid_credential_never_lowers_a_verdict(
    plans: list[dict[str, Any]], asked: JobRequirements, extra: dict[str, Any]
) -> None:
    valid = {**extra, "outcome": {}}
    before, after = match(asked, applicant(plans)), match(asked, applicant([*plans, valid]))
    for old, new in zip(standings(before), standings(after), strict=True):
        assert RANK[new] <= RANK[old]


@FEW
@given(APPLICANTS.filter(bool), JOBS)
def test_revoking_one_credential_flips_only_its_skills(
    plans: list[dict[str, Any]], asked: JobRequirements
) -> None:
    revoked = {**plans[0], "outcome": {"failed": {"status": "revoked"}}}
    before, after = match(asked, applicant(plans)), match(asked, applicant([revoked, *plans[1:]]))
    for row, old, new in zip(asked.requirements, standings(before), standings(after), strict=True):
        assert old is new or row.skill.id in plans[0]["skills"]


@FEW
@given(APPLICANTS, JOBS)
def test_duplicates_and_nesting_count_once(plans: list[dict[str, Any]], asked: JobRequirements) -> None:
    flat = applicant(plans)
    twice = report(
        None, contained=tuple(one(plan, i) for i, plan in enumerate(plans)) * 2, source="twice.zip"
    )
    nested = report(None, contained=(report(None, contained=(twice,)),))
    assert extract_skills(twice) == flat or not flat
    assert shown(match(asked, extract_skills(nested))) == shown(match(asked, flat))
    assert shown(match(asked, flat + flat)) == shown(match(asked, flat))


@FEW
@given(APPLICANTS, JOBS, st.integers())
def test_the_order_of_credentials_and_rows_does_not_matter(
    plans: list[dict[str, Any]], asked: JobRequirements, seed: int
) -> None:
    claims = list(applicant(plans))
    expected = match(asked, claims)
    random.Random(seed).shuffle(claims)  # noqa: S311  # an order, no secret
    assert match(asked, claims) == expected
    turned = dataclasses.replace(asked, requirements=asked.requirements[::-1])
    assert standings(match(turned, claims))[::-1] == standings(expected)


@FEW
@given(APPLICANTS, JOBS)
def test_the_spelling_of_an_identifier_does_not_matter(
    plans: list[dict[str, Any]], asked: JobRequirements
) -> None:
    def respelled(uri: str) -> str:
        return "HTTPS://Data.Europa.EU/esco/skill/" + uri.rsplit("/", 1)[1].upper() + "/"

    other = [{**plan, "skills": [respelled(uri) for uri in plan["skills"]]} for plan in plans]
    assert shown(match(asked, applicant(other))) == shown(match(asked, applicant(plans)))


@FEW
@given(APPLICANTS, JOBS)
def test_the_language_of_a_label_does_not_matter(plans: list[dict[str, Any]], asked: JobRequirements) -> None:
    def named(name: str) -> tuple[SkillClaim, ...]:
        return tuple(
            dataclasses.replace(claim, skill=dataclasses.replace(claim.skill, name=name))
            for claim in applicant(plans)
        )

    assert shown(match(asked, named("programmer en …"))) == shown(match(asked, named("programmieren")))


@FEW
@given(APPLICANTS, JOBS, st.text(max_size=20), st.text(max_size=20))
def test_who_somebody_is_changes_nothing(
    plans: list[dict[str, Any]], asked: JobRequirements, name: str, brand: str
) -> None:
    def brands(claims: tuple[SkillClaim, ...]) -> tuple[SkillClaim, ...]:
        return tuple(
            dataclasses.replace(claim, issuer_name=brand, issuer_id=f"did:web:{brand}.example")
            for claim in claims
        )

    assert shown(match(asked, brands(applicant(plans, name=name)))) == shown(match(asked, applicant(plans)))


@FEW
@given(APPLICANTS, JOBS)
def test_the_same_input_gives_the_same_result(plans: list[dict[str, Any]], asked: JobRequirements) -> None:
    assert match(asked, applicant(plans)) == match(asked, applicant(plans))


@FEW
@given(APPLICANTS, JOBS)
def test_every_met_leads_to_the_value_that_proves_it(
    plans: list[dict[str, Any]], asked: JobRequirements
) -> None:
    documents = {
        inner.source: inner.credential.document
        for inner in (one(plan, i) for i, plan in enumerate(plans))
        if inner.credential
    }
    for row in match(asked, applicant(plans)).requirements:
        if row.standing is Standing.MET:
            best = row.evidence[0]
            named = resolve(documents[best.source], best.pointer)
            assert isinstance(named, str)
            assert row.requirement.skill.id is not None
            assert identity_of(named) == identity_of(row.requirement.skill.id)
            assert best.verdict is Verdict.VERIFIED


@FEW
@given(JOBS)
def test_unknown_is_never_drawn_as_zero(asked: JobRequirements) -> None:
    result = match(asked, ())
    assert all(row.standing is Standing.NO_EVIDENCE and row.confidence is None for row in result.requirements)
    assert "no evidence" in result.headline or "preferred" in result.headline


@FEW
@given(APPLICANTS, JOBS, st.integers(0, 4_000))
def test_an_as_of_date_reproduces_the_result(
    plans: list[dict[str, Any]], asked: JobRequirements, days: int
) -> None:
    then = CLOCK - timedelta(days=days)
    held_then = [plan for plan in plans if plan["days"] >= days]
    reproduced = match(asked, applicant(plans), as_of=then)
    assert standings(reproduced) == standings(match(asked, applicant(held_then), as_of=then))


@FEW
@given(APPLICANTS, JOBS)
def test_without_network_nothing_is_met_that_is_not_met_with_it(
    plans: list[dict[str, Any]], asked: JobRequirements
) -> None:
    offline = [{**plan, "outcome": {"doubtful": {"status": "offline"}}} for plan in plans]
    for row in match(asked, applicant(offline)).requirements:
        assert row.standing in (Standing.CLAIMED, Standing.NO_EVIDENCE)
        assert not row.judged or row.reason == "offline"


def test_the_clock_of_the_report_is_the_only_clock() -> None:
    plan: dict[str, Any] = {
        "skills": [SKILLS[0]],
        "level": None,
        "outcome": {},
        "days": 0,
        "subject": "did:example:ana",
    }
    claims = extract_skills(one(plan, 1, valid_until=CLOCK + timedelta(days=1)))
    assert claims[0].checked_at == CLOCK > ISSUED
    assert standings(match(job(requirement(SKILLS[0])), claims)) == [Standing.MET]
