"""Who somebody is stays hidden on every screen alike: by the switch, and for real people until revealed."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import DecisionWord, Given, Incoming, RequirementRow, Services

TELLING = ("Ada Example", "Bruno Muster", "Northfield", "Harbour Training", "did:web")


def text_of(app: AppTest) -> str:
    app.run()
    assert [error.value for error in app.exception] == []
    nodes = (*app.markdown, *app.caption, *app.text, *app.code)
    return "\n".join(str(node.value) for node in nodes) + table_of(app)


def table_of(app: AppTest) -> str:
    """What the table of the comparison is given."""
    return "".join(node.proto.json for node in app.get("bidi_component"))


def opened(app: AppTest, view: str, **params: str) -> str:
    app.run()
    app.switch_page(view)
    for name, value in params.items():
        app.query_params[name] = value
    return text_of(app)


def compare(app: AppTest, services: Services, **params: str) -> str:
    job = services.jobs.sample_id() or ""
    ids = ",".join(row.applicant_id for row in services.candidates.rows(job)[:2])
    return opened(app, session.COMPARE, job=job, ids=ids, **params)


def real_people(services: Services) -> tuple[str, list[str]]:
    """A job and two real applicants with an altered copy of a sample's file each."""
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    for name in ("Real One", "Real Two"):
        files = [Incoming(filename=f"{name}.json", data=b"{}")]
        services.work.wait(services.intake.receive(files, job_id=job, given=Given(name=name)), 30)
    return job, [row.applicant_id for row in services.candidates.rows(job)]


def test_the_switch_hides_names_and_issuers_and_is_in_the_address(
    app: AppTest, sample_store: Services
) -> None:
    assert "Ada Example" in compare(app, sample_store)
    app.toggle(key="blind").set_value(True)
    said = text_of(app)
    assert "Candidate " in said
    assert [word for word in TELLING if word in said] == []
    assert "1" in app.query_params["blind"]


def test_what_is_hidden_on_one_screen_is_hidden_on_the_next(app: AppTest, sample_store: Services) -> None:
    compare(app, sample_store, blind="1")
    person = sample_store.candidates.rows(sample_store.jobs.sample_id())[0]
    said = opened(app, session.CANDIDATE, id=person.applicant_id)
    assert person.pseudonym in said
    assert [word for word in TELLING if word in said] == []
    app.switch_page(session.CANDIDATES)
    text_of(app)
    assert all(name.startswith("Candidate ") for name in app.dataframe[0].value["who"])


def test_the_switch_is_turned_off_for_good(app: AppTest, sample_store: Services) -> None:
    compare(app, sample_store, blind="1")
    app.toggle(key="blind").set_value(False)
    assert "Ada Example" in text_of(app)
    assert "blind" not in app.query_params
    assert "Ada Example" in compare(app, sample_store)


def test_the_drawer_hides_what_the_comparison_hides(app: AppTest, sample_store: Services) -> None:
    person = sample_store.candidates.rows(sample_store.jobs.sample_id())[0]
    cred = sample_store.candidates.detail(person.applicant_id).credentials[0].cred
    said = compare(app, sample_store, blind="1", cred=cred)
    assert "on your list, accepted" in said
    assert [word for word in TELLING if word in said] == []


def test_a_real_person_is_hidden_on_every_screen_until_revealed(app: AppTest, empty_store: Services) -> None:
    job, ids = real_people(empty_store)
    item = empty_store.candidates.detail(ids[0]).unreadable[0].item_id
    for view in (session.CANDIDATES, session.COMPARE, session.CANDIDATE):
        assert "Real One" not in opened(app, view, job=job, ids=",".join(ids), id=ids[0], cred=item)
    app.session_state[session.KEY].revealed.add(ids[0])
    assert "Real One" in opened(app, session.CANDIDATE, id=ids[0])


def test_side_by_side_nobody_is_shown_while_another_is_hidden(app: AppTest, empty_store: Services) -> None:
    job, ids = real_people(empty_store)
    app.run()
    app.session_state[session.KEY].revealed.add(ids[0])
    opened(app, session.COMPARE, job=job, ids=",".join(ids))
    assert "Real One" not in table_of(app)


def test_the_menu_asks_for_the_reason_of_names(app: AppTest, empty_store: Services) -> None:
    _job, ids = real_people(empty_store)
    opened(app, session.CANDIDATE, id=ids[0])
    app.toggle(key="export-candidate-names").set_value(True)
    text_of(app)
    waiting = [one for one in app.get("download_button") if one.proto.disabled]
    assert waiting
    app.text_input(key="export-candidate-reason").set_value("invitation by mail")
    text_of(app)
    assert not [one for one in app.get("download_button") if one.proto.disabled]


def test_the_file_of_a_filtered_grid_still_wants_a_reason(app: AppTest, empty_store: Services) -> None:
    """It holds everybody of the job, not the one who is left on the screen."""
    job, ids = real_people(empty_store)
    empty_store.candidates.decide(ids[0], DecisionWord.SHORTLISTED, "a test")
    app.run()
    app.session_state[session.KEY].revealed.add(ids[0])
    opened(app, session.CANDIDATES, job=job, only="shortlisted")
    app.toggle(key="export-candidates-names").set_value(True)
    text_of(app)
    assert all(one.proto.disabled for one in app.get("download_button"))
