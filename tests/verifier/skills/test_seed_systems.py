"""Every feature of SKILLS §3 by seed system, and the test that holds it.

| System | Feature | Test |
|---|---|---|
| LER-RS | one work item verified, one rejected, one self-asserted | `formats/test_ler_rs.py::test_one_is_verified_one_rejected_and_one_only_said` |
| LER-RS | the outer signature lifts no inner claim | `formats/test_ler_rs.py::test_the_outer_signature_lifts_no_claim_inside` |
| LER-RS | a free-text skill of a résumé is only claimed | `formats/test_ler_rs.py::test_a_skill_of_a_resume_is_always_self_asserted` |
| CTDL | type recognised, CTID taken out, registry address shown | `skills/test_seed_systems.py::test_a_ctid_is_recognised_and_shown_with_its_registry_address` |
| CTDL | the registry is not looked up | `skills/test_seed_systems.py::test_the_registry_is_named_and_not_looked_up` |
| CTDL-ASN | a competency as achievement is a skill | `formats/test_ctdl.py::test_a_competency_that_was_achieved_is_a_skill_under_its_address_in_the_registry` |
| OB3 | full example: project result A, required C | `skills/test_seed_systems.py::test_the_full_example_of_open_badges_reaches_what_it_requires` |
| OB3 | a result of a description not its own is a warning | `skills/test_seed_systems.py::test_a_result_of_another_description_is_a_warning` |
| OB3 | levels compared only where the order is provable | `formats/test_badge_levels.py::test_an_order_needs_two_witnesses` |
| OB3 | every `targetType`, right, wrong or missing | `skills/frameworks/test_identify.py::test_a_wrong_or_missing_type_does_not_mislead` |
| CLR2 | a skill on a child counts once | `skills/test_extract.py::test_a_skill_on_a_child_counts_once_even_if_the_parent_aligns_to_it` |
| CLR2 | association types | `skills/test_extract.py::test_a_skill_that_associated_credentials_share_counts_once` |
| CLR2 | every nested credential is verified | `skills/test_seed_systems.py::test_every_credential_in_a_record_has_a_verdict_of_its_own` |
| MICROBOL | size label from workload | `skills/test_microcredential.py::test_the_size_class_follows_the_workload` |
| MICROBOL | recognition facts; unknown stays unknown | `skills/test_microcredential.py::test_what_a_recognition_officer_asks_stays_unknown_where_nothing_is_said` |
| EQF, NQF | EQF 6 asked: NFQ 7 is unknown, EQF 5 one short | `skills/test_matching.py::test_eqf_6_is_asked` |
| EQF, NQF | a national level counts only through a sourced row | `skills/test_levels.py::test_a_national_level_counts_only_through_a_sourced_row` |
| EQF, NQF | the level is the qualification's, and that is said | `skills/test_seed_systems.py::test_the_level_of_a_qualification_is_not_silently_that_of_a_skill` |
| CMF | hours, level, assessment, identity, credit | `skills/test_microcredential.py::test_the_common_microcredential_framework` |
| CMF | the sample of the EU fails | `skills/test_microcredential.py::test_the_trap_of_the_eu_sample_is_not_stepped_into` |
| UNESCO, EU | participation is no micro-credential | `skills/test_microcredential.py::test_a_certificate_of_participation_is_no_micro_credential` |
| ELM | both samples: four ESCO skills, two of DigComp | `skills/test_seed_systems.py::test_the_samples_of_the_eu_name_their_skills_and_levels` |
| ELM | EQF 6, RQF 6, 2 ECTS, 60 h, IRL | `skills/test_seed_systems.py::test_the_samples_of_the_eu_name_their_skills_and_levels` |
| ESCO | essential → required, optional → preferred | `skills/test_job_sources.py::test_an_esco_occupation_proposes_essential_as_required_and_optional_as_preferred` |
| ESCO | a retired identifier keeps pointing to its successor | `skills/frameworks/test_importing.py::test_what_a_release_no_longer_has_is_kept_as_retired` |
| ESCO | http, https and case variants are equal | `skills/frameworks/test_identify.py::test_two_spellings_of_one_identifier_are_equal_and_no_others` |
| ESCO | the count shown is the file's | `skills/frameworks/test_importing.py::test_the_reference_files_are_imported_with_their_counts` |
| O*NET | importance ≥ 3.0, suppressed rows out, weight = importance | `skills/test_job_sources.py::test_an_onet_occupation_proposes_what_is_important_and_not_suppressed` |
| O*NET | level beside its anchor, never converted | `skills/frameworks/test_importing.py::test_a_level_of_onet_is_shown_beside_its_anchor` |
| O*NET | no rating is never zero | `skills/frameworks/test_bad_frameworks.py::test_an_occupation_that_nobody_rated_is_named_and_never_zero` |
| O*NET | releases told by their header | `skills/frameworks/test_importing.py::test_onet_ratings_are_read_scale_by_scale` |
| Crosswalk | exact proves, close and narrower point, at most one hop | `skills/test_matching.py::test_only_an_exact_mapping_proves_over_one_hop` |
| Crosswalk | two hops prove nothing | `skills/test_matching.py::test_two_hops_prove_nothing` |
| Crosswalk | its broadMatch means that the O*NET side is broader; exactISCO is a group | `skills/frameworks/test_importing.py::test_the_broad_match_of_the_crosswalk_means_that_the_onet_side_is_broader` |
| Crosswalk | a hop shows its source and version | `skills/test_seed_systems.py::test_a_hop_shows_whose_mapping_it_is_and_of_which_version` |
| JobPosting | a term with an address is a requirement, text a suggestion | `skills/test_job_sources.py::test_a_term_with_an_address_is_a_requirement_and_text_is_only_a_suggestion` |
| JobSchema+ | competency, required credential and assessment | `skills/test_job_sources.py::test_the_terms_of_jobschema_plus_are_read` |
| JobPosting | export and import again is identical | `skills/test_job_sources.py::test_an_advert_that_was_written_here_reads_back_identically` |
| CASE | the sample package: 16 items, 39 associations | `skills/frameworks/test_importing.py::test_the_reference_files_are_imported_with_their_counts` |
| RSD | its statement shown, its alignments one hop | `skills/frameworks/test_importing.py::test_a_descriptor_reaches_its_own_alignments_in_one_hop` |
| LearnCard | `skills[{category, skill, subskills}]` beside the alignments | `formats/test_learncard.py::test_skills_beside_the_subject_are_read_with_their_subskills` |
| edubadges | ECTS, EQF, identity and supervision | `skills/test_microcredential.py::test_the_extension_of_edubadges_is_read` |
| EUDI | the EU learning credential | `skills/test_microcredential.py::test_the_eu_learning_credential_fills_the_card_from_its_claims` |
"""  # noqa: E501  # a table has its rows on one line

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import TERM_START
from tests.issuing import Json, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.verifier.forging.scene import COLLEGE
from tests.verifier.skills.making import PYTHON, credential, eqf, job, report, requirement
from verifier import Limits, Uploaded, Verdict, extract_skills, formats, verify
from verifier.model import Credential, Level
from verifier.skills import Library, Skill, SkillClaim, Standing, match
from verifier.skills.annex1 import annex1
from verifier.skills.facts import facts_of
from verifier.skills.requirement import Requirement

CTID = "ce-0a000000-aaaa-4bbb-8ccc-dddddddddddd"
REGISTRY = f"https://credentialengineregistry.org/resources/{CTID}"
TESTS = Path(__file__).resolve().parents[1]


def read(document: Json) -> Credential:
    return formats.read(json_bytes(document), Limits())


def claims(read_from: Credential) -> tuple[SkillClaim, ...]:
    return extract_skills(report(read_from))


def aligned(**target: str) -> Json:
    alignment = {"type": ["Alignment"], "targetName": "Weaving", **target}
    return COLLEGE.credential(achievement={**ACHIEVEMENT, "alignment": [alignment]})


def test_every_row_of_the_table_names_a_test_that_there_is() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", __doc__)
    assert len(named) > 40
    for path, name in named:
        tree = ast.parse((TESTS / path).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name


# ------------------------------------------------------------------------------------- Credential Engine


@pytest.mark.parametrize("kind", ["ceasn:Competency", "ceterms:Credential", "CTDL", ""])
@pytest.mark.parametrize(
    "url", [REGISTRY, f"https://credentialengineregistry.org/ce-registry/resources/{CTID}"]
)
def test_a_ctid_is_recognised_and_shown_with_its_registry_address(kind: str, url: str) -> None:
    (claim,) = claims(read(aligned(targetUrl=url, targetType=kind)))
    assert (claim.skill.framework, claim.skill.code) == ("CTDL", CTID)
    assert claim.skill.kind == ("credential" if kind == "ceterms:Credential" else "skill")
    (bare,) = claims(read(aligned(targetCode=CTID, targetType=kind)))
    assert bare.skill.id == REGISTRY


def test_the_registry_is_named_and_not_looked_up() -> None:
    signed = COLLEGE.sign(aligned(targetUrl=REGISTRY, targetType="ceasn:Competency"))
    judged = verify(
        Uploaded(json_bytes(signed), "badge.json"),
        trust=[COLLEGE.listed()],
        web=COLLEGE.web(),
        now=TERM_START,
    )
    assert judged.verdict is Verdict.VERIFIED
    assert [claim.skill.id for claim in extract_skills(judged)] == [REGISTRY]
    assert not any("credentialengineregistry" in asked.url for asked in judged.consulted)


# ------------------------------------------------------------------------------------- 1EdTech


@pytest.mark.shared
def test_the_full_example_of_open_badges_reaches_what_it_requires(shared_cases: Path) -> None:
    path = shared_cases / "education" / "1edtech" / "ob30" / "complete.json"
    whole = formats.read(path.read_bytes(), Limits())
    project = [claim for claim in claims(whole) if claim.place == "result" and claim.level is not None]
    assert project
    for claim in project:
        level = claim.level
        assert level is not None
        assert (level.value, level.order, claim.failed_result) == ("A", ("D", "C", "B", "A"), False)
        asked = Requirement(id="r1", skill=claim.skill, minimum_level=Level(scheme=level.scheme, value="C"))
        assert match(job(asked), [claim]).requirements[0].standing is Standing.MET


def test_a_result_of_another_description_is_a_warning() -> None:
    document = aligned(targetUrl=PYTHON)
    result = {"type": ["Result"], "resultDescription": "urn:uuid:elsewhere", "value": "D"}
    document["credentialSubject"]["result"] = [result]
    found = read(document)
    assert found.notes == ("a result in it points at a description that is not in it",)
    (claim,) = claims(found)
    assert (claim.level, claim.failed_result) == (None, False)


def test_every_credential_in_a_record_has_a_verdict_of_its_own() -> None:
    good = COLLEGE.sign(aligned(targetUrl=PYTHON))
    record = COLLEGE.sign(COLLEGE.clr([good, {**good, "name": "Forged"}, COLLEGE.credential()]))
    judged = verify(
        Uploaded(json_bytes(record), "clr.json"), trust=[COLLEGE.listed()], web=COLLEGE.web(), now=TERM_START
    )
    verdicts = [inner.verdict for inner in judged.contained]
    assert verdicts == [Verdict.VERIFIED, Verdict.FAILED, Verdict.FAILED]
    assert {claim.verdict for claim in extract_skills(judged)} == {Verdict.VERIFIED, Verdict.FAILED}


# ------------------------------------------------------------------------------------- Europe


def test_the_level_of_a_qualification_is_not_silently_that_of_a_skill() -> None:
    (claim,) = claims(credential({"target_url": PYTHON}, level=eqf("6")))
    assert claim.level is None
    assert claim.qualification_level == eqf("6")
    (row,) = match(job(requirement(minimum_level=eqf("6"))), [claim]).requirements
    assert row.judged[0].whole_qualification
    assert "EQF 6 of the whole qualification" in row.sentence


@pytest.mark.shared
@pytest.mark.parametrize("name", ["signed", "unsigned"])
def test_the_samples_of_the_eu_name_their_skills_and_levels(shared_frameworks: Path, name: str) -> None:
    path = shared_frameworks / "elm" / f"Sample-MC-Annex1-{name}.jsonld"
    sample = formats.read(path.read_bytes(), Limits())
    found = claims(sample)
    assert [claim.skill.framework for claim in found].count("ESCO") == 4
    digital = [claim for claim in found if claim.skill.framework == "DigComp"]
    assert [claim.level.value if claim.level else None for claim in digital] == [None, "4"]
    assert {claim.qualification_level.value for claim in found if claim.qualification_level} == {"6"}
    facts, card = facts_of(sample), annex1(sample)
    assert (facts.hours, facts.ects, facts.eqf) == (60.0, 2.0, 6)
    assert card is not None
    assert card.element("8").value == "Level 6, RQF Level 6"
    assert card.element("3").value == "IRL"


# ------------------------------------------------------------------------------------- mappings


def test_a_hop_shows_whose_mapping_it_is_and_of_which_version() -> None:
    library = Library.bundled()
    broader, narrower = next(
        (id, hop.id)
        for id, _, _ in library.skills()
        for hop in library.related(id)
        if hop.relation.value == "narrower"
    )
    asked = Requirement(id="r1", skill=Skill(id=broader, name="The broader"))
    found = claims(credential({"target_url": narrower, "target_name": "the narrower"}))
    (row,) = match(job(asked), found, frameworks=library).requirements
    assert row.standing is Standing.RELATED_ONLY
    hop = row.judged[0].hop
    assert hop is not None
    assert (hop.source, hop.version) == ("ESCO hierarchy", "1.2.0")
    library.close()
