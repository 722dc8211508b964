"""The invariants of SKILLS §5 on documents as they are read: shape, context version, language and person.

One badge says the same whatever its arrays, contexts and languages are, and whoever it was issued to.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuing import Json, json_bytes
from tests.issuing_documents import ACHIEVEMENT
from tests.verifier.forging.scene import COLLEGE
from tests.verifier.skills.making import ESCO, eqf, job, report, requirement
from verifier import Limits, formats
from verifier.model import Association, Level
from verifier.skills import (
    JobRequirements,
    Match,
    Related,
    Relation,
    SkillClaim,
    Standing,
    extract_skills,
    match,
)
from verifier.skills.extract import resolve
from verifier.skills.frameworks import identity_of
from verifier.skills.standing import RANK

SKILLS = tuple(f"{ESCO}{number:08d}-aaaa-4bbb-8ccc-dddddddddddd" for number in range(5))
NAMES = {uri: f"skill {number}" for number, uri in enumerate(SKILLS)}
SCHEME = "rubric:urn:result:1"
GRADES = ("D", "C", "B", "A")
FEW = settings(max_examples=40, deadline=None)  # the machine that runs this may be busy
ALIGNED = st.lists(st.sampled_from(SKILLS), min_size=1, max_size=4, unique=True)
RESULTS = st.none() | st.sampled_from(GRADES)
MINIMA = st.none() | st.sampled_from([eqf("6"), *(Level(scheme=SCHEME, value=grade) for grade in GRADES)])
JOBS = st.lists(st.tuples(st.sampled_from(SKILLS), MINIMA), min_size=1, max_size=4).map(
    lambda rows: job(
        *(
            requirement(uri, id=f"r{n}", name=NAMES[uri], minimum_level=low)
            for n, (uri, low) in enumerate(rows)
        )
    )
)
CONTEXTS = st.sampled_from(
    [f"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.{n}.json" for n in (1, 2, 3)]
)


def badge(skills: list[str], grade: str | None) -> Json:
    """A badge whose skills hang on its achievement and, at `grade`, on its result."""
    targets = [{"type": ["Alignment"], "targetName": NAMES[uri], "targetUrl": uri} for uri in skills]
    described = {
        "id": "urn:result:1",
        "type": ["ResultDescription"],
        "resultType": "LetterGrade",
        "allowedValue": list(GRADES),
        "alignment": targets[:1],
    }
    achievement = {**ACHIEVEMENT, "alignment": targets, "resultDescription": [described]}
    document = COLLEGE.credential(achievement=achievement)
    if grade is not None:
        result = {"type": ["Result"], "resultDescription": "urn:result:1", "value": grade}
        document["credentialSubject"]["result"] = [result]
    return document


def claims(document: Json) -> tuple[SkillClaim, ...]:
    return extract_skills(report(formats.read(json_bytes(document), Limits())))


def shown(result: Match) -> list[tuple[Standing, str, object, int, int]]:
    """Everything of a result that a decision could rest on."""
    return [
        (row.standing, row.reason, row.confidence, row.issuers, len(row.judged))
        for row in result.requirements
    ]


def with_subject(document: Json, **changes: Any) -> Json:
    return {**document, "credentialSubject": {**document["credentialSubject"], **changes}}


def with_achievement(document: Json, **changes: Any) -> Json:
    achievement = document["credentialSubject"]["achievement"]
    return with_subject(document, achievement={**achievement, **changes})


@FEW
@given(ALIGNED, RESULTS, JOBS, CONTEXTS)
def test_the_version_of_a_context_does_not_matter(
    skills: list[str], grade: str | None, asked: JobRequirements, context: str
) -> None:
    document = badge(skills, grade)
    older = {**document, "@context": [document["@context"][0], context]}
    subject = document["credentialSubject"]
    first = COLLEGE.vc11(credentialSubject=subject)  # VCDM 1.1
    expected = shown(match(asked, claims(document)))
    assert shown(match(asked, claims(older))) == expected
    assert shown(match(asked, claims(first))) == expected


@FEW
@given(ALIGNED, RESULTS, JOBS, st.randoms(use_true_random=False))
def test_one_or_an_array_of_one_and_the_order_of_an_array_do_not_matter(
    skills: list[str], grade: str | None, asked: JobRequirements, chance: Any
) -> None:
    document = badge(skills, grade)
    expected = shown(match(asked, claims(document)))
    targets = document["credentialSubject"]["achievement"]["alignment"]
    shuffled = chance.sample(targets, len(targets))
    assert shown(match(asked, claims(with_achievement(document, alignment=shuffled)))) == expected
    achievement = document["credentialSubject"]["achievement"]
    assert shown(match(asked, claims(with_subject(document, achievement=[achievement])))) == expected
    assert (
        shown(match(asked, claims({**document, "credentialSubject": [document["credentialSubject"]]})))
        == expected
    )
    if len(targets) == 1:
        assert shown(match(asked, claims(with_achievement(document, alignment=targets[0])))) == expected


@FEW
@given(
    ALIGNED, RESULTS, JOBS, st.sampled_from([None, "ceasn:Competency", "CTDL", "CFItem", "ext:skill", "x"])
)
def test_spelling_type_and_language_of_a_target_do_not_matter(
    skills: list[str], grade: str | None, asked: JobRequirements, kind: str | None
) -> None:
    document = badge(skills, grade)

    def respelled(target: Json) -> Json:
        url = target["targetUrl"].replace("http://", "https://") + "/"
        name = {"de": "Fertigkeit", "en": target["targetName"]}
        return {**target, "targetUrl": url, "targetType": kind, "targetName": name}

    achievement = document["credentialSubject"]["achievement"]
    (described,) = achievement["resultDescription"]
    other = with_achievement(
        document,
        alignment=[respelled(target) for target in achievement["alignment"]],
        resultDescription=[{**described, "alignment": [respelled(t) for t in described["alignment"]]}],
    )
    assert shown(match(asked, claims(other))) == shown(match(asked, claims(document)))


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@FEW
@given(ALIGNED, RESULTS, JOBS, st.lists(TEXTS, min_size=7, max_size=7), st.dates())
def test_name_photo_birth_date_address_nationality_and_brand_change_nothing(
    skills: list[str], grade: str | None, asked: JobRequirements, words: list[str], born: Any
) -> None:
    name, street, country, mail, brand, photo, about = words
    document = badge(skills, grade)
    person = with_subject(
        document,
        name=name,
        givenName=name,
        birthDate=born.isoformat(),
        image={"id": f"https://people.example/{len(photo)}.png", "type": "Image", "caption": photo},
        address={"type": ["Address"], "addressCountry": country, "streetAddress": street},
        nationality=country,
        identifier=[
            {"type": "IdentityObject", "identityHash": mail, "identityType": "emailAddress", "hashed": False}
        ],
        narrative=about,
    )
    person["issuer"] = {**document["issuer"], "name": brand, "image": photo, "description": about}
    assert shown(match(asked, claims(person))) == shown(match(asked, claims(document)))


class Successors:
    """A framework in which skill 0 replaced skill 4, and skill 1 is narrower than skill 2."""

    def label(self, id: str) -> str:
        return NAMES.get(id, "")

    def labels(self, id: str) -> tuple[str, ...]:
        return ()

    def current(self, id: str) -> str:
        return SKILLS[0] if identity_of(id) == identity_of(SKILLS[4]) else id

    def retired(self, id: str) -> tuple[str, ...]:
        return (SKILLS[4],) if identity_of(id) == identity_of(SKILLS[0]) else ()

    def related(self, id: str) -> tuple[Related, ...]:
        if identity_of(id) != identity_of(SKILLS[2]):
            return ()
        return (Related(id=SKILLS[1], relation=Relation.NARROWER, source="table"),)


@FEW
@given(ALIGNED, RESULTS, JOBS)
def test_an_alias_of_an_identifier_does_not_matter(
    skills: list[str], grade: str | None, asked: JobRequirements
) -> None:
    new = list(dict.fromkeys(SKILLS[0] if uri == SKILLS[4] else uri for uri in skills))
    old = [SKILLS[4] if uri == SKILLS[0] else uri for uri in new]
    by_new, by_old = (
        match(asked, claims(badge(named, grade)), frameworks=Successors()) for named in (new, old)
    )
    assert shown(by_new) == shown(by_old)
    turned = [SKILLS[4] if row.skill.id == SKILLS[0] else row.skill.id for row in asked.requirements]
    rows = [
        dataclasses.replace(row, skill=dataclasses.replace(row.skill, id=uri))
        for row, uri in zip(asked.requirements, turned, strict=True)
    ]
    assert shown(match(job(*rows), claims(badge(new, grade)), frameworks=Successors())) == shown(by_new)


@FEW
@given(ALIGNED, RESULTS, ALIGNED, RESULTS, JOBS)
def test_with_frameworks_too_a_further_credential_lowers_nothing(
    skills: list[str], grade: str | None, more: list[str], better: str | None, asked: JobRequirements
) -> None:
    held = claims(badge(skills, grade))
    extra = claims({**badge(more, better), "id": "urn:uuid:another"})
    before = match(asked, held, frameworks=Successors())
    after = match(asked, (*held, *extra), frameworks=Successors())
    for old, new in zip(before.requirements, after.requirements, strict=True):
        assert RANK[new.standing] <= RANK[old.standing]


@FEW
@given(ALIGNED, RESULTS, JOBS)
def test_every_met_leads_to_the_uri_in_the_document(
    skills: list[str], grade: str | None, asked: JobRequirements
) -> None:
    document = badge(skills, grade)
    for row in match(asked, claims(document)).requirements:
        if row.standing is Standing.MET:
            named = resolve(document, row.evidence[0].pointer)
            assert isinstance(named, str)
            assert identity_of(named) == identity_of(row.requirement.skill.id or "")


@FEW
@given(ALIGNED, RESULTS, JOBS)
def test_a_level_that_is_not_stated_is_unknown_and_never_low(
    skills: list[str], grade: str | None, asked: JobRequirements
) -> None:
    silent = [dataclasses.replace(claim, level=None) for claim in claims(badge(skills, grade))]
    for row in match(asked, silent).requirements:
        assert row.standing is not Standing.LEVEL_SHORT
        if row.requirement.minimum_level is not None:
            assert row.standing in (Standing.LEVEL_UNKNOWN, Standing.NO_EVIDENCE)


@FEW
@given(ALIGNED, RESULTS, JOBS)
def test_a_level_is_short_only_where_it_was_stated_in_the_same_scheme(
    skills: list[str], grade: str | None, asked: JobRequirements
) -> None:
    for row in match(asked, claims(badge(skills, grade))).requirements:
        if row.standing is Standing.LEVEL_SHORT:
            assert grade is not None
            assert row.requirement.minimum_level is not None
            assert row.requirement.minimum_level.scheme == SCHEME
            assert GRADES.index(grade) < GRADES.index(row.requirement.minimum_level.value)


LINKS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["isParentOf", "isChildOf", "isPartOf", "precedes", "isRelatedTo"]),
        st.sampled_from("abc"),
    ),
    max_size=5,
)


@FEW
@given(st.lists(st.tuples(ALIGNED, RESULTS), min_size=3, max_size=3), LINKS, JOBS)
def test_how_a_record_associates_its_credentials_changes_no_verdict(
    held: list[tuple[list[str], str | None]], links: list[tuple[str, str, str]], asked: JobRequirements
) -> None:
    children = tuple(
        report(formats.read(json_bytes({**badge(*plan), "id": name}), Limits()), source=name)
        for name, plan in zip("abc", held, strict=True)
    )
    record = formats.read(json_bytes({**badge([], None), "id": "urn:record"}), Limits())
    named = tuple(Association(type=kind, source_id=f"{a}", target_id=f"{b}") for a, kind, b in links)
    plain = report(dataclasses.replace(record, achievements=()), contained=children)
    linked = dataclasses.replace(
        plain, credential=dataclasses.replace(record, achievements=(), associations=named)
    )
    before, after = (match(asked, extract_skills(whole)) for whole in (plain, linked))
    assert [row.standing for row in after.requirements] == [row.standing for row in before.requirements]
    assert len(extract_skills(linked)) <= len(extract_skills(plain))
