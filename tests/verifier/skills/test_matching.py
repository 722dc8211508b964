"""The rules of SKILLS §5, one by one."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.skills.making import (
    CLOCK,
    ISSUED,
    MINING,
    PYTHON,
    WELDING,
    credential,
    eqf,
    job,
    report,
    requirement,
)
from verifier.model import Level
from verifier.skills import (
    Confirmation,
    EvidencePolicy,
    IssuerTier,
    JobRequirements,
    Link,
    Match,
    MatchPolicy,
    Related,
    Relation,
    Requirement,
    Skill,
    SkillClaim,
    Standing,
    extract_skills,
    grouped,
    match,
)
from verifier.skills import Library as FrameworkLibrary
from verifier.skills.frameworks.importing import import_framework
from verifier.skills.job_csv import read_requirements_csv, write_requirements_csv


class Table:
    """Frameworks from a table: one hop each way, retired identifiers and labels."""

    def __init__(self, *hops: tuple[str, Relation, str], retired: dict[str, str] | None = None) -> None:
        self.hops, self.replaced = hops, retired or {}

    def label(self, id: str) -> str:
        return ""

    def labels(self, id: str) -> tuple[str, ...]:
        return ("Python", "Python (computer programming)") if id == PYTHON else ()

    def current(self, id: str) -> str:
        return self.replaced.get(id, id)

    def retired(self, id: str) -> tuple[str, ...]:
        return tuple(old for old, new in self.replaced.items() if new == id)

    def related(self, id: str) -> tuple[Related, ...]:
        return tuple(Related(id=b, relation=how, source="table") for a, how, b in self.hops if a == id)


def claims(uri: str | None = PYTHON, name: str = "", **more: Any) -> tuple[SkillClaim, ...]:
    target: dict[str, Any] = {"target_url": uri, "target_name": name}
    keys = ("failed", "doubtful", "tier")
    outer = {key: more.pop(key) for key in keys if key in more}
    if "skill_level" in more:
        target["level"] = more.pop("skill_level")
    return extract_skills(report(credential(target, **more), **outer))


def standing(result: Match) -> Standing:
    return result.requirements[0].standing


def test_a_verified_credential_that_names_the_skill_meets_the_requirement() -> None:
    result = match(job(requirement()), claims())
    row = result.requirements[0]
    assert (row.standing, row.reason) == (Standing.MET, "met")
    assert row.confidence is not None
    assert row.confidence[0] == "high"
    assert "Example College" in row.sentence


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({"failed": {"proof": "invalid_signature"}}, Standing.REJECTED_EVIDENCE),
        ({"failed": {"binding": "not_the_applicant"}}, Standing.REJECTED_EVIDENCE),
        ({"failed": {"status": "revoked"}}, Standing.REJECTED_EVIDENCE),
        ({"failed": {"validity": "expired", "status": "revoked"}}, Standing.REJECTED_EVIDENCE),
        ({"failed": {"validity": "expired"}}, Standing.CLAIMED),
        ({"doubtful": {"status": "status_unreachable"}}, Standing.CLAIMED),
        ({"doubtful": {"trust": "issuer_unknown"}}, Standing.CLAIMED),
        ({"subject": "did:web:college.example"}, Standing.CLAIMED),
        ({"valid_until": CLOCK - timedelta(days=1)}, Standing.CLAIMED),
    ],
)
def test_what_is_not_verified_never_meets_anything(made: dict[str, Any], expected: Standing) -> None:
    assert standing(match(job(requirement()), claims(**made))) is expected


def test_an_expired_licence_that_must_be_held_is_no_evidence() -> None:
    asked = job(requirement(must_hold=True))
    assert standing(match(asked, claims(failed={"validity": "expired"}))) is Standing.REJECTED_EVIDENCE
    assert standing(match(asked, claims(valid_until=ISSUED))) is Standing.REJECTED_EVIDENCE


def test_no_evidence_is_never_not_met() -> None:
    row = match(job(requirement()), ()).requirements[0]
    assert (row.standing, row.confidence) == (Standing.NO_EVIDENCE, None)
    assert "does not mean" in row.sentence


def test_a_failed_result_is_rejected_evidence() -> None:
    found = extract_skills(report(credential({"target_url": PYTHON, "failed": True})))
    assert standing(match(job(requirement()), found)) is Standing.REJECTED_EVIDENCE


@pytest.mark.parametrize(
    ("level", "expected", "words"),
    [
        (eqf("7"), Standing.MET, "whole qualification"),
        (eqf("5"), Standing.LEVEL_SHORT, "1 level short of EQF 6"),
        (Level(scheme="NFQ (IE)", value="7"), Standing.LEVEL_UNKNOWN, "cannot be compared"),
        (None, Standing.LEVEL_UNKNOWN, "at no stated level"),
        (Level(scheme="QF-EHEA", value="first"), Standing.MET, "whole qualification"),
    ],
)
def test_eqf_6_is_asked(level: Level | None, expected: Standing, words: str) -> None:
    row = match(job(requirement(minimum_level=eqf("6"))), claims(level=level)).requirements[0]
    assert row.standing is expected
    assert words in row.sentence


def test_a_rubric_without_a_proved_order_leaves_the_level_unknown() -> None:
    asked = job(requirement(minimum_level=Level(scheme="rubric:project", value="C")))
    ordered = Level(scheme="rubric:project", value="A", order=("D", "C", "B", "A"))
    assert standing(match(asked, claims(skill_level=ordered))) is Standing.MET
    bare = dataclasses.replace(ordered, order=())
    assert standing(match(asked, claims(skill_level=bare))) is Standing.LEVEL_UNKNOWN


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation.EXACT, Standing.MET),
        (Relation.CLOSE, Standing.RELATED_ONLY),
        (Relation.NARROWER, Standing.RELATED_ONLY),
        (Relation.BROADER, Standing.NO_EVIDENCE),
        (Relation.RELATED, Standing.NO_EVIDENCE),
    ],
)
def test_only_an_exact_mapping_proves_over_one_hop(relation: Relation, expected: Standing) -> None:
    library = Table((PYTHON, relation, MINING))
    row = match(job(requirement()), claims(MINING), frameworks=library).requirements[0]
    assert row.standing is expected


def test_with_the_bundled_frameworks_a_narrower_skill_is_shown_and_a_broader_one_is_not() -> None:
    library = FrameworkLibrary.bundled()
    (broader,) = [hop.id for hop in library.related(PYTHON) if hop.relation is Relation.BROADER]
    up = match(job(requirement(broader, name="computer programming")), claims(PYTHON), frameworks=library)
    assert up.requirements[0].reason == "narrower_skill"
    assert standing(up) is Standing.RELATED_ONLY
    down = match(job(requirement(PYTHON)), claims(broader), frameworks=library)
    assert standing(down) is Standing.NO_EVIDENCE


def test_an_alternative_label_points_to_the_skill_and_has_to_be_confirmed() -> None:
    named = claims(None, "python")
    asked = job(requirement(PYTHON, name="Python (computer programming)"))
    assert standing(match(asked, named)) is Standing.NO_EVIDENCE
    assert standing(match(asked, named, frameworks=FrameworkLibrary.bundled())) is Standing.RELATED_ONLY


def test_a_rich_skill_descriptor_reaches_its_own_alignment_and_has_to_be_confirmed(tmp_path: Path) -> None:
    descriptor = "https://osmt.example/api/skills/0a000000-aaaa-4bbb-8ccc-dddddddddddd"
    path = tmp_path / "rsd.json"
    content = [{"id": descriptor, "skillName": "Scripting", "alignments": [{"id": PYTHON}]}]
    path.write_text(json.dumps(content), encoding="utf-8")
    import_framework("rsd", path, tmp_path / "frameworks.sqlite")
    library = FrameworkLibrary.open(tmp_path / "frameworks.sqlite")
    row = match(job(requirement()), claims(descriptor), frameworks=library).requirements[0]
    assert (row.standing, row.reason) == (Standing.RELATED_ONLY, "close_skill")
    assert row.judged[0].hop is not None
    assert row.judged[0].hop.source == "RSD alignment"


def test_two_hops_prove_nothing() -> None:
    library = Table((PYTHON, Relation.EXACT, MINING), (MINING, Relation.EXACT, WELDING))
    result = match(job(requirement()), claims(WELDING), frameworks=library)
    assert standing(result) is Standing.NO_EVIDENCE


def test_a_retired_identifier_still_means_its_successor() -> None:
    library = Table(retired={MINING: PYTHON})
    assert standing(match(job(requirement(PYTHON)), claims(MINING), frameworks=library)) is Standing.MET
    assert standing(match(job(requirement(MINING)), claims(PYTHON), frameworks=library)) is Standing.MET


def test_a_crosswalk_can_be_switched_off_for_a_row() -> None:
    library = Table((PYTHON, Relation.EXACT, MINING))
    asked = job(requirement(match=MatchPolicy(crosswalk=False)))
    assert standing(match(asked, claims(MINING), frameworks=library)) is Standing.NO_EVIDENCE


def test_an_equal_name_beside_an_identifier_has_to_be_confirmed() -> None:
    named = claims(None, "python")
    asked = job(requirement())
    assert standing(match(asked, named)) is Standing.RELATED_ONLY
    confirmation = Confirmation(
        requirement_id="r1",
        credential_sha=named[0].credential_sha,
        pointer=named[0].pointer,
        by="hr@acme.example",
        at=CLOCK,
    )
    row = match(asked, named, confirmations=[confirmation]).requirements[0]
    assert row.standing is Standing.MET
    assert row.confidence == ("medium", "link_confirmed")
    assert "hr@acme.example" in row.sentence
    before = match(asked, named, confirmations=[confirmation], as_of=CLOCK - timedelta(days=1))
    assert standing(before) is Standing.RELATED_ONLY


def test_a_confirmation_lifts_no_rejected_evidence() -> None:
    revoked = claims(failed={"status": "revoked"})
    confirmation = Confirmation(
        requirement_id="r1",
        credential_sha=revoked[0].credential_sha,
        pointer=revoked[0].pointer,
        by="hr",
        at=ISSUED,
    )
    result = match(job(requirement()), revoked, confirmations=[confirmation])
    assert standing(result) is Standing.REJECTED_EVIDENCE


def test_an_inferred_link_never_meets_without_a_confirmation() -> None:
    inferred = tuple(dataclasses.replace(claim, link=Link.INFERRED) for claim in claims())
    row = match(job(requirement()), inferred).requirements[0]
    assert (row.standing, row.reason) == (Standing.RELATED_ONLY, "inferred")
    library = Table((PYTHON, Relation.EXACT, MINING))
    mapped = match(job(requirement(MINING)), inferred, frameworks=Table((MINING, Relation.EXACT, PYTHON)))
    assert standing(mapped) is Standing.RELATED_ONLY
    assert standing(match(job(requirement()), inferred, frameworks=library)) is Standing.RELATED_ONLY


def test_a_requirement_without_identifier_is_met_by_its_name() -> None:
    asked = job(Requirement(id="r1", skill=Skill(name="Forklift  Driving")))
    row = match(asked, claims(None, "forklift driving")).requirements[0]
    assert (row.standing, row.confidence) == (Standing.MET, ("medium", "name_only"))


@pytest.mark.parametrize(
    ("policy", "made", "reason"),
    [
        (EvidencePolicy(issuer_tier=IssuerTier.ACCREDITED), {}, "issuer_tier_low"),
        (EvidencePolicy(issuer_tier=IssuerTier.ACCREDITED), {"tier": "accredited"}, "met"),
        (EvidencePolicy(issuers=("did:web:other.example",)), {}, "issuer_not_accepted"),
        (EvidencePolicy(issuers=("did:web:COLLEGE.example",)), {}, "issuer_not_accepted"),
        (EvidencePolicy(issuers=("did:web:other.example", "did:web:college.example")), {}, "met"),
        (EvidencePolicy(max_age=timedelta(days=30)), {}, "too_old"),
        (EvidencePolicy(max_age=timedelta(days=30)), {"issued": None}, "age_unknown"),
        (EvidencePolicy(assessed=True), {}, "assessment_unknown"),
        (EvidencePolicy(assessed=True), {"assessed": False}, "not_assessed"),
        (EvidencePolicy(assessed=True), {"assessed": True}, "met"),
        (EvidencePolicy(identity_verified=True), {"identity_verified": False}, "identity_not_checked"),
        (EvidencePolicy(self_asserted_allowed=True), {"subject": "did:web:college.example"}, "met"),
    ],
)
def test_the_evidence_policy_of_a_row_is_kept(
    policy: EvidencePolicy, made: dict[str, Any], reason: str
) -> None:
    row = match(job(requirement(evidence=policy)), claims(**made)).requirements[0]
    assert row.reason == reason
    assert row.standing is (Standing.MET if reason == "met" else Standing.CLAIMED)


def test_the_headline_counts_and_gives_no_score() -> None:
    asked = job(
        requirement(PYTHON),
        requirement(MINING, id="r2", name="mining"),
        requirement(WELDING, id="r3", name="welding", minimum_level=eqf("4")),
        requirement(PYTHON, id="r4", required=False),
        requirement(None, id="r5", name="juggling", required=False),
    )
    result = match(asked, (*claims(), *claims(WELDING)))
    expected = "1 of 3 required verified, 1 level unknown, 1 no evidence; 1 of 2 preferred"
    assert result.headline == expected
    assert result.row("r2").standing is Standing.NO_EVIDENCE
    assert "%" not in result.headline


def test_ties_stay_grouped() -> None:
    asked = job(requirement())
    met, none = match(asked, claims()), match(asked, ())
    groups = grouped({"zoe": met, "bob": none, "ana": met})
    assert groups == ((1, ("zoe", "ana")), (0, ("bob",)))


def test_what_was_issued_later_is_not_seen_at_an_earlier_date() -> None:
    before = datetime(2025, 12, 31, tzinfo=UTC)
    assert standing(match(job(requirement()), claims(), as_of=before)) is Standing.NO_EVIDENCE
    later = match(job(requirement()), claims(valid_until=CLOCK), as_of=CLOCK + timedelta(days=1))
    assert standing(later) is Standing.CLAIMED


def test_rejected_evidence_stays_visible_beside_what_is_met() -> None:
    bad = claims(id="urn:uuid:2", failed={"proof": "invalid_signature"})
    row = match(job(requirement()), (*bad, *claims())).requirements[0]
    assert row.standing is Standing.MET
    assert [item.standing for item in row.judged] == [Standing.MET, Standing.REJECTED_EVIDENCE]
    assert "1 other piece of evidence was rejected" in row.sentence


def test_the_issuers_of_a_row_survive_json_and_a_table() -> None:
    named = requirement(evidence=EvidencePolicy(issuers=("did:web:college.example", "=cmd")))
    asked = job(named)
    assert JobRequirements.parse(asked.to_json()) == asked
    [read] = read_requirements_csv(write_requirements_csv((named,)))
    assert read.evidence.issuers == named.evidence.issuers
