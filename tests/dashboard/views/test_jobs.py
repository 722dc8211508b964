"""Where a job comes from: an advert, a table, an occupation; what is merely proposed waits for a click."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import RequirementRow, Services

SQL = "http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742"
ADVERT = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Data analyst",
    "skills": [{"@type": "DefinedTerm", "@id": SQL, "name": "SQL"}],
    "qualifications": "You write Python and prepare reports for managers every single week.",
}


def opened(app: AppTest) -> AppTest:
    app.run()
    app.switch_page(session.JOBS)
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def upload(app: AppTest, name: str, data: bytes) -> None:
    file = next(one for one in app.file_uploader if str(one.key).startswith("new-file-"))
    file.set_value((name, data, "application/octet-stream"))
    ran(app)
    app.button(key="create-job").click()
    ran(app)


def skills(services: Services, app: AppTest) -> list[str]:
    return [row.skill_name for row in services.jobs.detail(str(app.query_params["job"])).requirements]


def test_an_advert_gives_its_terms_while_its_texts_wait(app: AppTest, empty_store: Services) -> None:
    upload(opened(app), "advert.json", json.dumps(ADVERT).encode())
    assert skills(empty_store, app) == ["SQL"]
    picker = next(one for one in app.multiselect if str(one.key).startswith("proposed-"))
    python = next(option for option in picker.options if option.startswith("Python"))
    picker.set_value([picker.options.index(python)])
    ran(app)
    app.button(key="proposed-0-add").click()
    ran(app)
    app.button(key="save-job").click()
    ran(app)
    assert skills(empty_store, app) == ["SQL", python.partition(" – ")[0]]


def test_a_table_is_taken_as_it_stands(app: AppTest, empty_store: Services) -> None:
    upload(opened(app), "Analyst.csv", b"skill_name,required\nstatistics,yes\nSQL,no\n")
    assert skills(empty_store, app) == ["statistics", "SQL"]
    assert not app.multiselect


def test_a_wrong_table_is_refused_in_a_sentence(app: AppTest, empty_store: Services) -> None:
    upload(opened(app), "Analyst.csv", b"skill_name,required\nstatistics,perhaps\n")
    assert any("row 2" in text.value for text in app.text)
    assert empty_store.jobs.rows() == ()


def test_the_new_job_is_shown_beside_an_older_one(app: AppTest, empty_store: Services) -> None:
    empty_store.jobs.create("Older")
    upload(opened(app), "Newer.csv", b"skill_name,required\nstatistics,yes\n")
    choice = next(one for one in app.selectbox if str(one.key).startswith("jobs-job"))
    assert choice.value == app.query_params["job"]
    assert empty_store.jobs.detail(str(choice.value)).title == "Newer"


def test_an_occupation_only_proposes(app: AppTest, empty_store: Services) -> None:
    opened(app)
    next(one for one in app.text_input if str(one.key).startswith("occupation-")).set_value("data analyst")
    ran(app)
    app.button(key="create-job").click()
    ran(app)
    assert skills(empty_store, app) == []
    picker = next(one for one in app.multiselect if str(one.key).startswith("proposed-"))
    assert len(picker.options) > 5
    app.button(key="proposals-done").click()
    ran(app)
    assert not app.multiselect


def test_a_job_goes_out_in_each_form(app: AppTest, sample_store: Services) -> None:
    opened(app)
    labels = [one.proto.label for one in app.get("download_button")]
    assert [label for label in labels if label.startswith("Export")] == [
        "Export JSON",
        "Export CSV",
        "Export JobPosting",
    ]


def test_a_job_begins_like_another(app: AppTest, empty_store: Services) -> None:
    empty_store.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    opened(app)
    like = next(one for one in app.selectbox if str(one.key).startswith("new-like-"))
    like.set_value(empty_store.jobs.rows()[0].job_id)
    ran(app)
    app.button(key="create-job").click()
    ran(app)
    assert skills(empty_store, app) == ["SQL"]
    assert {row.title for row in empty_store.jobs.rows()} == {"Analyst", "Analyst, copy"}


def test_the_first_job_begins_with_an_occupation_that_only_proposes(
    app: AppTest, empty_store: Services
) -> None:
    opened(app)
    example = next(one for one in app.button if one.label == "data analyst")
    example.click()
    ran(app)
    assert skills(empty_store, app) == []
    assert any(str(one.key).startswith("proposed-") for one in app.multiselect)


def test_what_the_grid_holds_unsaved_is_not_lost_by_adding_a_skill(
    app: AppTest, empty_store: Services
) -> None:
    job = empty_store.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    opened(app)
    changed = RequirementRow(requirement_id="r1", skill_name="SQL", must_hold=True)
    app.session_state[session.KEY].edited[job] = (changed,)
    next(one for one in app.text_input if str(one.key).startswith("suggest-")).set_value("Basketry")
    app.session_state[session.KEY].edited[job] = (changed,)
    app.run()
    app.session_state[session.KEY].edited[job] = (changed,)
    app.button(key="add-skill").click()
    ran(app)
    app.button(key="save-job").click()
    ran(app)
    lines = empty_store.jobs.detail(job).requirements
    assert [(row.skill_name, row.must_hold) for row in lines] == [("SQL", True), ("Basketry", False)]


def test_nobody_saves_over_a_version_that_they_have_not_seen(app: AppTest, empty_store: Services) -> None:
    job = empty_store.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    opened(app)
    next(one for one in app.text_input if str(one.key).startswith("suggest-")).set_value("Basketry")
    ran(app)
    app.button(key="add-skill").click()
    ran(app)
    before = empty_store.jobs.detail(job).requirements
    empty_store.jobs.save(job, [*before, RequirementRow(skill_name="Welding")], actor="somebody else")
    app.button(key="save-job").click()
    ran(app)
    assert empty_store.jobs.detail(job).version == 2
    assert "Version 2 was saved meanwhile" in app.toast[0].value
    told = next(text.value for text in app.text if "Welding" in text.value)
    assert told.splitlines() == ["+ Basketry", "− Welding"]
    app.button(key="save-job").click()
    ran(app)
    assert [row.skill_name for row in empty_store.jobs.detail(job).requirements] == ["SQL", "Basketry"]


def test_lines_that_were_all_taken_out_do_not_come_back(app: AppTest, empty_store: Services) -> None:
    job = empty_store.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    opened(app)
    next(one for one in app.text_input if str(one.key).startswith("suggest-")).set_value("Basketry")
    app.run()
    app.session_state[session.KEY].edited[job] = ()
    app.button(key="add-skill").click()
    ran(app)
    app.button(key="save-job").click()
    ran(app)
    assert [row.skill_name for row in empty_store.jobs.detail(job).requirements] == ["Basketry"]
