"""A job comes from an occupation, an advert or a table, and goes out and in again without loss."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.services import RequirementRow, Services
from dashboard.services.requirements import current_matcher
from dashboard.services.sample import read_sample
from dashboard.store.tables import Vacancy
from verifier import IssuerList, Library, SkillClaim, Uploaded, extract_skills, verify

ROOT = Path(__file__).resolve().parents[3]
SQL = "http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742"


def occupation(services: Services, framework: str, text: str) -> str:
    return services.jobs.occupations(text, framework=framework)[0].occupation_id


def test_an_occupation_of_esco_proposes_essential_as_required(services: Services) -> None:
    draft = services.jobs.propose(occupation(services, "ESCO", "network technician"))
    assert draft.title == "ICT network technician"
    assert {row.required for row in draft.requirements} == {True, False}
    assert all(row.framework == "ESCO" and not row.level_scheme for row in draft.requirements)
    assert draft.notes[draft.requirements[0].requirement_id].startswith("ESCO: essential")


def test_an_occupation_of_onet_shows_its_importance_and_demands_no_level(services: Services) -> None:
    draft = services.jobs.propose(occupation(services, "O*NET", "business intelligence"))
    assert all(row.framework == "O*NET" and not row.level_scheme for row in draft.requirements)
    assert "importance" in draft.notes[draft.requirements[0].requirement_id]
    job = services.jobs.create(draft.title, draft.requirements)
    weights = [row["weight"] for row in json.loads(services.jobs.file(job).data)["requirements"]]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 3


def test_an_occupation_that_no_framework_has_is_named(services: Services) -> None:
    with pytest.raises(ValueError, match="no framework here has"):
        services.jobs.propose("urn:nothing")
    assert services.jobs.occupations("zzzz qqqq") == ()
    assert {row.framework for row in services.jobs.occupations(limit=1_000)} == {"ESCO", "O*NET"}


def test_an_advert_gives_terms_as_rows_and_texts_as_suggestions(services: Services) -> None:
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Data analyst",
        "skills": [{"@type": "DefinedTerm", "@id": SQL, "name": "SQL"}, "curious"],
        "qualifications": "You write Python and prepare reports for managers every single week.",
    }
    draft = services.jobs.draft(json.dumps(posting).encode(), "advert.json")
    assert [(row.skill_id, row.skill_name) for row in draft.requirements] == [(SQL, "SQL")]
    fields = {one.field: one for one in draft.texts}
    assert set(fields) == {"skills", "qualifications"}
    best = fields["qualifications"].suggestions[0]
    assert best.skill_name.startswith("Python")
    assert best.words == ("python",)
    assert best.sure


def table(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def sheet(*rows: tuple[str, ...]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(number, column, text)
    book.close()
    return buffer.getvalue()


ROWS = (("skill_name", "required", "level_scheme", "level_value"), ("statistics", "yes", "EQF", "6"))


@pytest.mark.parametrize("data", [table(*ROWS), sheet(*ROWS)], ids=["csv", "excel"])
def test_a_table_is_read_whatever_kept_it(services: Services, data: bytes) -> None:
    draft = services.jobs.draft(data, "C:\\jobs\\Analyst.x")
    [row] = draft.requirements
    assert (draft.title, row.skill_name, row.level_scheme, row.level_value) == (
        "Analyst",
        "statistics",
        "EQF",
        "6",
    )


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"{", b"[]", b"PK\x03\x04", b'{"@type": "Recipe"}', b"\0"]
)
def test_a_file_that_is_no_job_is_refused_in_a_sentence(services: Services, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^This file .*\.$"):
        services.jobs.draft(data, "x")


def test_a_wrong_cell_is_named_by_row_and_column(services: Services) -> None:
    wrong = table(ROWS[0], ("statistics", "perhaps", "EQF", "6"))
    with pytest.raises(ValueError, match=r"row 2.*required"):
        services.jobs.draft(wrong)


@pytest.mark.parametrize("form", ["json", "csv", "posting"])
def test_out_and_in_again_is_the_identical_job(services: Services, form: str) -> None:
    source = json.loads((ROOT / "sample_data" / "job.json").read_bytes())
    source["requirements"][0] |= {
        "weight": 4.5,
        "match": {"crosswalk": False, "related": True, "label": True},
    }
    source["requirements"][0]["skill"]["version"] = "1.2.0"
    read = services.jobs.draft(json.dumps(source).encode())
    first = services.jobs.create(read.title, read.requirements)
    out = services.jobs.file(first, form)
    second = services.jobs.create("again", services.jobs.draft(out.data, out.filename).requirements)
    rows = [json.loads(services.jobs.file(job).data)["requirements"] for job in (first, second)]
    normal = [services.jobs.draft(services.jobs.file(job).data).requirements for job in (first, second)]
    assert normal[0] == normal[1]
    assert rows[1][0]["weight"] == 4.5
    assert rows[1][0]["match"]["crosswalk"] is False
    assert rows[1][0]["skill"]["version"] == "1.2.0"


def test_what_is_typed_finds_skills_of_the_frameworks(services: Services) -> None:
    assert services.jobs.suggest("SQL")[0].skill_id == SQL
    assert services.jobs.suggest("statist")[0].skill_name == "statistics"
    frameworks = {one.framework for one in services.jobs.suggest("analysis", limit=50)}
    assert {"ESCO", "O*NET"} <= frameworks


def test_the_frameworks_of_this_machine_count_in_matching(services: Services) -> None:
    """“data analysis” is another of ESCO's own names of “perform data analysis”."""
    [skill] = Library.bundled().named("data analysis")
    assert skill.label != "data analysis"
    line = RequirementRow(requirement_id="r1", skill_id=skill.id, skill_name=skill.label, framework="ESCO")
    job = services.jobs.create("Analyst", [line])
    with services._core.database.read() as session:
        matcher = current_matcher(session, session.get_one(Vacancy, job))
    [row] = matcher.match([claim("data analysis")]).requirements
    assert (row.standing.value, row.reason) == ("related_only", "same_name")


def claim(name: str) -> SkillClaim:
    [read] = [claim for claim in _claims() if claim.place == "achievement"][:1]
    return replace(read, skill=replace(read.skill, id=None, code=None, name=name, framework=""))


def _claims() -> tuple[SkillClaim, ...]:
    sample = read_sample(ROOT / "sample_data")
    [sql, *_] = next(person for person in sample.people if person.name == "Ada Example").files
    report = verify(
        Uploaded(sql.read_bytes(), sql.name),
        trust=[IssuerList.parse(sample.issuers)],
        web=sample.web,
        now=sample.clock,
    )
    return extract_skills(report)
