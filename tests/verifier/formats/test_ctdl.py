"""Credentials and competencies in CTDL's own words, inside a verifiable credential."""

from __future__ import annotations

from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.verifier.skills.making import report
from verifier import Limits, extract_skills, formats
from verifier.formats.w3c_vc import V1
from verifier.skills.extract import resolve

REGISTRY = "https://credentialengineregistry.org/resources/"
CTID = "ce-0a000000-aaaa-4bbb-8ccc-dddddddddddd"
OTHER = "ce-0b000000-aaaa-4bbb-8ccc-dddddddddddd"
WEAVING: Json = {
    "id": f"res:{CTID}",
    "type": "ceasn:Competency",
    "ceasn:codedNotation": "W1",
    "ceasn:competencyLabel": {"en-US": "Weaving"},
    "ceasn:competencyText": {"en-US": "Weave cloth on a loom."},
}


def document(*achieved: Json) -> Json:
    return {
        "@context": [V1, {"res": REGISTRY, "achievement": {"@id": "https://college.example/achievement"}}],
        "type": "VerifiableCredential",
        "issuer": f"res:{OTHER}",
        "issuanceDate": "2026-01-10T00:00:00Z",
        "credentialSubject": {"id": "did:example:ana", "achievement": list(achieved)},
    }


def claims(*achieved: Json) -> list[tuple[str | None, str, str]]:
    whole = document(*achieved)
    found = extract_skills(report(formats.read(json_bytes(whole), Limits())))
    assert all(resolve(whole, claim.pointer) is not None for claim in found)
    return [(claim.skill.id, claim.skill.name, claim.place) for claim in found]


def test_a_competency_that_was_achieved_is_a_skill_under_its_address_in_the_registry() -> None:
    (claim,) = extract_skills(report(formats.read(json_bytes(document(WEAVING)), Limits())))
    assert (claim.skill.id, claim.skill.name, claim.skill.framework) == (REGISTRY + CTID, "Weaving", "CTDL")
    assert (claim.place, claim.achievement, claim.achievement_id) == (
        "skill_assertion",
        "Weaving",
        REGISTRY + CTID,
    )
    assert resolve(document(WEAVING), claim.pointer) == f"res:{CTID}"


@pytest.mark.parametrize("member", ["ceterms:requires", "ceterms:assesses", "ceterms:teaches"])
def test_what_an_achieved_credential_asks_for_is_a_skill(member: str) -> None:
    degree = {"type": "ceterms:BachelorDegree", "ceterms:name": "Textiles", member: [WEAVING]}
    assert claims(degree) == [(REGISTRY + CTID, "Weaving", "achievement")]


def test_a_condition_profile_holds_competencies_as_alignments() -> None:
    target = {
        "type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNode": f"res:{CTID}",
        "ceterms:targetNodeName": "Weaving",
    }
    profile = {"type": "ceterms:ConditionProfile", "ceterms:targetCompetency": [target]}
    degree = {"type": "ceterms:Certificate", "ceterms:name": "Textiles", "ceterms:requires": profile}
    assert claims(degree) == [(REGISTRY + CTID, "Weaving", "achievement")]


def test_a_topic_is_no_skill_and_a_bare_address_names_none() -> None:
    topic = {"type": "ceterms:AlignmentObject", "ceterms:targetNodeName": "Textiles"}
    degree = {"type": "ceterms:Certificate", "ceterms:subject": topic, "ceterms:requires": [f"res:{CTID}"]}
    assert claims(degree) == []


def test_an_address_in_full_needs_no_prefix_and_a_prefix_of_nobody_stays() -> None:
    assert claims({**WEAVING, "id": REGISTRY + CTID})[0][0] == REGISTRY + CTID
    assert claims({**WEAVING, "id": f"find:{CTID}"})[0][0] == f"find:{CTID}"


def test_a_competency_without_identifier_is_a_name() -> None:
    bare = {name: value for name, value in WEAVING.items() if name != "id"}
    assert claims(bare) == [(None, "Weaving", "skill_assertion")]


@pytest.mark.parametrize(
    "achieved",
    [
        {},
        {"type": 5},
        {"type": ["ceterms:"]},
        {"type": "ceasn:Competency"},
        {"type": "ceasn:Competency", "id": 7, "ceasn:competencyLabel": [[]]},
        {"type": "ceterms:Badge", "ceterms:requires": [None, 5, [], {"type": "ceterms:ConditionProfile"}]},
    ],
)
def test_what_has_another_shape_names_nothing(achieved: Any) -> None:
    assert claims(achieved) == []


def test_conditions_within_conditions_end() -> None:
    nested: Json = WEAVING
    for _ in range(30):
        nested = {"type": "ceterms:ConditionProfile", "ceterms:requires": nested}
    assert claims({"type": "ceterms:Badge", "ceterms:requires": nested}) == []


def test_an_ordinary_credential_has_no_achievement_in_ctdl() -> None:
    plain = document({"type": "Degree", "name": "Textiles"})
    assert formats.read(json_bytes(plain), Limits()).achievements == ()
