"""Claims out of reports: stamped, located, counted once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.verifier.skills.making import MINING, PYTHON, credential, report
from verifier.model import Association, Level
from verifier.report import Report, Verdict
from verifier.skills import (
    EvidencePolicy,
    IssuerTier,
    JobRequirements,
    Link,
    Requirement,
    Skill,
    Standing,
    extract_skills,
    match,
)
from verifier.skills.extract import resolve
from verifier.skills.frameworks import identity_of


def test_a_claim_carries_the_verdict_of_its_own_report() -> None:
    good = report(credential({"target_url": PYTHON}, id="urn:uuid:a"), source="a.json")
    bad = report(
        credential({"target_url": MINING}, id="urn:uuid:b"),
        failed={"proof": "invalid_signature"},
        source="b.json",
    )
    outer = report(None, contained=(good, bad), source="both.zip")
    found = {claim.source: claim for claim in extract_skills(outer)}
    assert found["a.json"].verdict is Verdict.VERIFIED
    assert found["a.json"].report_code == "invalid_signature"
    assert (found["b.json"].verdict, found["b.json"].code) == (Verdict.FAILED, "invalid_signature")
    assert found["b.json"].failures == ("invalid_signature",)


def test_a_bad_child_does_not_spoil_what_the_parent_itself_proves() -> None:
    child = report(credential({"target_url": MINING}, id="urn:uuid:b"), failed={"status": "revoked"})
    parent = report(credential({"target_url": PYTHON}), contained=(child,))
    assert parent.verdict is Verdict.FAILED
    verdicts = {claim.skill.id: claim.verdict for claim in extract_skills(parent)}
    assert verdicts == {PYTHON: Verdict.VERIFIED, MINING: Verdict.FAILED}


def test_without_a_verdict_of_its_own_a_parent_is_as_bad_as_its_worst_child() -> None:
    child = report(credential({"target_url": MINING}, id="urn:uuid:b"), failed={"status": "revoked"})
    parent = report(credential({"target_url": PYTHON}), contained=(child,))
    parent = dataclasses.replace(parent, own_verdict=None, own_code="")
    assert all(claim.verdict is Verdict.FAILED for claim in extract_skills(parent))


def test_a_skill_on_a_child_counts_once_even_if_the_parent_aligns_to_it() -> None:
    child = report(credential({"target_url": PYTHON}, id="urn:uuid:b"), source="child")
    parent = report(credential({"target_url": PYTHON.replace("http:", "https:")}), contained=(child,))
    assert [claim.source for claim in extract_skills(parent)] == ["child"]


def test_a_child_does_not_hide_the_word_of_another_issuer() -> None:
    child = report(credential({"target_url": PYTHON}, id="urn:uuid:b", issuer="did:web:other.example"))
    parent = report(credential({"target_url": PYTHON}), contained=(child,))
    named = Requirement(
        id="r1", skill=Skill(id=PYTHON), evidence=EvidencePolicy(issuers=("did:web:college.example",))
    )
    job = JobRequirements(id="j", name="Analyst", requirements=(named,))
    assert match(job, extract_skills(parent)).row("r1").standing is Standing.MET


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ({"tier": "accredited"}, {}),
        ({"assessed": True}, {}),
        ({"identity_verified": True}, {"identity_verified": False}),
        ({"level": Level(scheme="EQF", value="6")}, {}),
        ({}, {"subject": "did:web:college.example"}),
    ],
)
def test_a_child_hides_no_parent_that_proves_more(stronger: dict[str, Any], weaker: dict[str, Any]) -> None:
    def made(id: str, more: dict[str, Any], *contained: Report) -> Report:
        tier = more.get("tier", "")
        inner = {name: value for name, value in more.items() if name != "tier"}
        return report(credential({"target_url": PYTHON}, id=id, **inner), tier=tier, contained=contained)

    assert len(extract_skills(made("urn:a", stronger, made("urn:b", weaker)))) == 2
    assert len(extract_skills(made("urn:a", weaker, made("urn:b", stronger)))) == 1


def transcript(*links: tuple[str, str, str], skills: dict[str, str] | None = None) -> Report:
    """A learner record around credentials a, b and c that all prove Python, associated by `links`."""
    children = tuple(
        report(credential({"target_url": (skills or {}).get(name, PYTHON)}, id=name), source=name)
        for name in "abc"
    )
    record = credential(
        id="record",
        associations=tuple(
            Association(type=kind, source_id=source, target_id=target) for source, kind, target in links
        ),
    )
    return report(record, contained=children, source="record")


@pytest.mark.parametrize(
    ("links", "counted"),
    [
        ((), ["a", "b", "c"]),
        ((("a", "isParentOf", "b"),), ["b", "c"]),
        ((("b", "isChildOf", "a"),), ["b", "c"]),
        ((("b", "isPartOf", "a"), ("c", "isPartOf", "a")), ["b", "c"]),
        ((("a", "isParentOf", "b"), ("b", "isParentOf", "c")), ["c"]),
        ((("a", "precedes", "b"), ("b", "isRelatedTo", "c"), ("a", "isPeerOf", "c")), ["a", "b", "c"]),
        ((("a", "isParentOf", "a"),), ["a", "b", "c"]),
        ((("a", "isParentOf", "elsewhere"),), ["a", "b", "c"]),
    ],
)
def test_a_skill_that_associated_credentials_share_counts_once(
    links: tuple[tuple[str, str, str], ...], counted: list[str]
) -> None:
    assert [claim.source for claim in extract_skills(transcript(*links))] == counted


def test_of_a_circle_of_associations_one_remains() -> None:
    circle = transcript(("a", "isParentOf", "b"), ("b", "isParentOf", "c"), ("c", "isParentOf", "a"))
    assert len(extract_skills(circle)) == 1


def test_an_association_hides_no_other_skill() -> None:
    found = extract_skills(transcript(("a", "isParentOf", "b"), skills={"a": MINING}))
    assert [claim.source for claim in found] == ["a", "b", "c"]


def test_associations_name_achievements_too() -> None:
    inner = credential({"target_url": PYTHON}, id="record")
    (course,) = inner.achievements
    both = tuple(dataclasses.replace(course, id=name, level=None) for name in ("course", "module"))
    module = dataclasses.replace(both[1], name="Module")
    record = dataclasses.replace(
        inner,
        achievements=(both[0], module),
        associations=(Association(type="isParentOf", source_id="course", target_id="module"),),
    )
    assert [claim.achievement for claim in extract_skills(report(record))] == ["Module"]


def test_thousands_of_associations_cost_no_square() -> None:
    links = tuple((f"urn:{n}", "isParentOf", f"urn:{n + 1}") for n in range(20_000))
    assert len(extract_skills(transcript(*links))) == 3


def test_a_record_that_associates_everything_with_everything_is_answered() -> None:
    inner = credential(*({"target_name": f"skill {n}"} for n in range(4_000)), id="record")
    (course,) = inner.achievements
    few = dataclasses.replace(course, alignments=course.alignments[:1])
    record = dataclasses.replace(
        inner,
        achievements=(
            dataclasses.replace(course, id="all"),
            *(dataclasses.replace(few, id=f"{n}") for n in range(900)),
        ),
        associations=tuple(
            Association(type="isParentOf", source_id=f"{n}", target_id="all") for n in range(900)
        ),
    )
    assert len(extract_skills(report(record))) == 4_000


def test_a_rejected_child_does_not_hide_what_the_parent_proves() -> None:
    child = report(credential({"target_url": PYTHON}, id="urn:uuid:b"), failed={"status": "revoked"})
    parent = report(credential({"target_url": PYTHON}), contained=(child,))
    assert {claim.verdict for claim in extract_skills(parent)} == {Verdict.VERIFIED, Verdict.FAILED}


def test_the_same_credential_in_two_wrappings_counts_once() -> None:
    one = report(credential({"target_url": PYTHON}), source="badge.png")
    two = report(credential({"target_url": PYTHON}), source="badge.json")
    assert len(extract_skills(report(None, contained=(one, two)))) == 1


def test_the_pointer_leads_to_the_address_of_the_skill() -> None:
    inner = credential({"target_url": MINING}, {"target_url": PYTHON})
    for claim in extract_skills(report(inner)):
        assert resolve(inner.document, claim.pointer) == claim.skill.id


@pytest.mark.parametrize(
    ("target", "framework", "id", "link"),
    [
        ({"target_url": PYTHON.upper().replace("HTTP:", "https:")}, "ESCO", PYTHON, Link.DECLARED),
        ({"target_name": "Python", "place": "tag"}, "", None, Link.LABEL),
        (
            {"target_url": "https://x.example/s/1", "target_framework": "Ours"},
            "Ours",
            "https://x.example/s/1",
            Link.DECLARED,
        ),
        (
            {"target_code": "2.A.1.a", "target_framework": "O*NET"},
            "O*NET",
            "https://www.onetonline.org/find/descriptor/result/2.A.1.a",
            Link.DECLARED,
        ),
    ],
)
def test_skills_are_read_wherever_they_are_named(
    target: dict[str, str], framework: str, id: str | None, link: Link
) -> None:
    (claim,) = extract_skills(report(credential(target)))
    assert (claim.skill.framework, claim.link) == (framework, link)
    assert (claim.skill.id and identity_of(claim.skill.id)) == (id and identity_of(id))


def test_an_alignment_that_names_nothing_is_no_claim() -> None:
    assert extract_skills(report(credential({"target_name": "  "}))) == ()


def test_a_level_in_a_digcomp_label_is_read_and_an_eqf_alignment_is_the_level_of_the_whole() -> None:
    inner = credential(
        {
            "target_url": "http://data.europa.eu/snb/dcf/3ol5wi3605",
            "target_name": "Developing digital content Level 4",
        },
        {"target_name": "EQF level 5", "target_code": "5", "target_type": "ext:EQF"},
    )
    content, eqf = extract_skills(report(inner))
    assert content.level is not None
    assert (content.level.scheme, content.level.value) == ("DigComp", "4")
    assert (eqf.skill.framework, eqf.skill.kind) == ("EQF", "level")
    assert content.qualification_level is not None
    assert content.qualification_level.value == "5"


def test_two_eqf_levels_on_one_achievement_leave_its_level_unknown() -> None:
    inner = credential(
        {"target_name": "5", "target_code": "5", "target_type": "ext:EQF"},
        {"target_name": "6", "target_code": "6", "target_type": "ext:EQF"},
        {"target_url": PYTHON},
    )
    assert extract_skills(report(inner))[2].qualification_level is None


def test_only_a_source_of_trust_names_the_issuer() -> None:
    (known,) = extract_skills(report(credential({"target_url": PYTHON}), issuer_name="Example College"))
    assert (known.issuer_name, known.issuer_tier) == ("Example College", IssuerTier.RECOGNISED)
    (unknown,) = extract_skills(
        report(credential({"target_url": PYTHON}), doubtful={"trust": "issuer_unknown"})
    )
    assert (unknown.issuer_name, unknown.issuer_tier) == ("", IssuerTier.UNKNOWN)


def test_issuer_and_subject_in_one_is_self_issued() -> None:
    (claim,) = extract_skills(report(credential({"target_url": PYTHON}, subject="did:web:college.example")))
    assert claim.self_issued


def test_an_unreadable_source_claims_nothing() -> None:
    nothing = dataclasses.replace(report(None), verdict=Verdict.UNREADABLE)
    assert extract_skills(nothing) == ()


def test_the_level_of_a_result_stays_with_its_skill() -> None:
    level = Level(scheme="rubric:p", value="A", order=("B", "A"))
    (claim,) = extract_skills(report(credential({"target_url": PYTHON, "level": level, "place": "result"})))
    assert (claim.level, claim.place) == (level, "result")


def test_a_parent_with_thousands_of_alignments_costs_no_square() -> None:
    targets = [{"target_url": f"https://x.example/{n}", "target_name": "x" * 5_000} for n in range(3_000)]
    levels = [{"target_url": PYTHON, "level": Level(scheme="rubric:r", value=str(n))} for n in range(3_000)]
    child = report(credential(*targets, *levels, id="urn:uuid:b"))
    parent = report(credential(*targets, *levels), contained=(child,))
    found = extract_skills(parent)
    assert len(found) == 6_000
    assert max(len(claim.skill.name) for claim in found) == 1_000


def test_an_identifier_that_is_longer_than_any_framework_has_is_none() -> None:
    (claim,) = extract_skills(
        report(credential({"target_url": "https://x.example/" + "a" * 3_000, "target_name": "X"}))
    )
    assert (claim.skill.id, claim.skill.name) == (None, "X")
