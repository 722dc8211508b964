"""Where jobs come from: occupations, adverts, spreadsheets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from tests.verifier.skills.making import PYTHON, eqf, job, requirement
from tests.verifier.skills.test_requirements import JOBS, normal
from verifier.errors import Unreadable
from verifier.skills import JobRequirements, JobUnreadable
from verifier.skills.frameworks.store import Library
from verifier.skills.job_csv import read_requirements_csv, write_requirements_csv
from verifier.skills.job_posting import read_job_posting, write_job_posting
from verifier.skills.occupations import OccupationUnknown, OccupationUnrated, propose

SOC = "https://www.onetonline.org/link/summary/"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.bundled()


def test_an_esco_occupation_proposes_essential_as_required_and_optional_as_preferred(
    library: Library,
) -> None:
    analyst = next(known for known in library.occupations("ESCO") if known.label == "data analyst")
    proposal = propose(library, analyst.id, job_id="job-1")
    rows = proposal.job.requirements
    relations = {rating.skill: rating.relation for rating in library.ratings(analyst.id)}
    assert {row.skill.id: "essential" if row.required else "optional" for row in rows} == relations
    assert all(row.minimum_level is None and row.weight == 1.0 for row in rows)
    assert dict(proposal.notes)["r1"] == "ESCO: essential for this occupation"
    assert JobRequirements.parse(proposal.job.to_json()) == proposal.job


def test_an_onet_occupation_proposes_what_is_important_and_not_suppressed(library: Library) -> None:
    proposal = propose(library, SOC + "15-1254.00", job_id="job-2")
    rated = {rating.skill: rating for rating in library.ratings(SOC + "15-1254.00")}
    for row in proposal.job.requirements:
        rating = rated[row.skill.id or ""]
        assert rating.importance is not None
        assert row.weight == rating.importance >= 3.0
        assert not rating.suppressed
        assert row.minimum_level is None, "a level of O*NET converts into nothing"
    assert len(proposal.job.requirements) == sum(
        (r.importance or 0) >= 3.0 and not r.suppressed and not r.not_relevant for r in rated.values()
    )
    assert "of 7" in proposal.notes[0][1]


def test_an_occupation_without_ratings_says_so(library: Library) -> None:
    with pytest.raises(OccupationUnrated, match=r"Software Developers \(15-1252.00\), for which O\*NET 29.2"):
        propose(library, SOC + "15-1252.00", job_id="job-3")
    with pytest.raises(OccupationUnknown):
        propose(library, PYTHON, job_id="job-3")


def posting(**fields: Any) -> bytes:
    return json.dumps(
        {"@context": "https://schema.org/", "@type": "JobPosting", "title": "Weaver", **fields}
    ).encode()


def test_a_term_with_an_address_is_a_requirement_and_text_is_only_a_suggestion() -> None:
    advert = read_job_posting(
        posting(
            skills=[
                {"@type": "DefinedTerm", "@id": PYTHON, "name": "Python", "inDefinedTermSet": "ESCO"},
                "Good with looms",
                {"@type": "DefinedTerm", "name": "Patience"},
                PYTHON.replace("http:", "https:"),
            ],
            qualifications="Five years at sea",
            educationRequirements={"@type": "EducationalOccupationalCredential", "description": "Any degree"},
        )
    )
    (row,) = advert.job.requirements
    assert (row.skill.id, row.skill.framework, row.required) == (PYTHON, "ESCO", True)
    assert advert.job.name == "Weaver"
    assert set(advert.texts) == {
        ("skills", "Good with looms"),
        ("skills", "Patience"),
        ("qualifications", "Five years at sea"),
        ("educationRequirements", "Any degree"),
    }


def test_the_terms_of_jobschema_plus_are_read() -> None:
    advert = read_job_posting(
        posting(
            **{
                "jdx:competency": [{"jdx:name": "Weaving", "termCode": "https://x.example/weaving"}],
                "jdx:requiredCredential": {"name": "Loom licence", "url": "https://x.example/licence"},
                "jdx:preferredCredential": {"name": "Master", "url": "https://x.example/master"},
            }
        )
    )
    weaving, licence, master = advert.job.requirements
    assert weaving.skill.id == "https://x.example/weaving"
    assert (licence.skill.kind, licence.required) == ("credential", True)
    assert master.required is False


@given(JOBS)
def test_an_advert_that_was_written_here_reads_back_identically(made: JobRequirements) -> None:
    assert read_job_posting(write_job_posting(made)).job == normal(made)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"@type":"Person"}', b"7", b'{"@graph":[1]}', b""])
def test_what_is_no_advert_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_job_posting(data)


def test_an_advert_in_a_graph_is_found() -> None:
    inner = json.loads(posting(skills=[PYTHON]))
    assert read_job_posting(json.dumps({"@graph": [{"@type": "Person"}, inner]}).encode()).job.requirements


@given(JOBS)
def test_rows_survive_a_spreadsheet(made: JobRequirements) -> None:
    if made.requirements:
        back = read_requirements_csv(write_requirements_csv(made.requirements))
        assert read_requirements_csv(write_requirements_csv(back)) == back


def test_rows_with_all_their_columns_read_back_identically() -> None:
    made = job(requirement(minimum_level=eqf("6"), must_hold=True), requirement(id="=r2", name="-1+2"))
    written = write_requirements_csv(made.requirements)
    assert read_requirements_csv(written) == made.requirements
    assert b",=" not in written
    assert b"\n=" not in written


def test_a_short_list_from_a_spreadsheet_is_enough() -> None:
    rows = read_requirements_csv(
        "\ufeffskill_name;required\r\nPython;yes\r\nWeben;nein".replace("nein", "no").encode()
    )
    assert [(row.skill.name, row.required) for row in rows] == [("Python", True), ("Weben", False)]


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("skill_name,required\nPython,perhaps\n", "row 2", "required"),
        ("skill_name,weight\nPython,heavy\n", "row 2", "weight"),
        ("skill_name,weight\nPython,nan\n", "row 2", "weight"),
        ("skill_name,level_scheme\nPython,EQF\n", "row 2", "minimum_level.value"),
        ("skill_name,level_order\nPython,[[[\n", "row 2", "level_order"),
        ("skill_name,issuers\nPython,did:web:college.example\n", "row 2", "issuers"),
        ("skill_name,issuers\nPython,[7]\n", "row 2", "evidence.issuers"),
        ("skill_name,required\n,yes\n", "row 2", "skill_id"),
    ],
)
def test_a_bad_row_is_named(text: str, row: str, column: str) -> None:
    with pytest.raises(JobUnreadable) as caught:
        read_requirements_csv(text.encode())
    assert (caught.value.row, caught.value.column) == (row, column)


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_requirements_csv(b"a,b\n1,2\n")
