"""What people change on the screens: decisions, issuers, requirements, names."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import DecisionWord, Given, Incoming, Services


def open_view(app: AppTest, view: str, **params: str) -> AppTest:
    app.run()
    app.switch_page(view)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def choice(app: AppTest, part: str) -> Any:
    """The segmented control whose key holds `part`."""
    return next(one for one in app.get("segmented_control") if part in str(one.key))


def one_person(services: Services, name: str = "Real Person") -> str:
    services.work.wait(
        services.intake.receive([Incoming(filename="a.txt", data=b"no")], given=Given(name=name)), 30
    )
    return services.candidates.rows()[0].applicant_id


def test_a_decision_without_a_note_is_not_saved(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    open_view(app, session.CANDIDATE, id=one)
    app.button(key="decision-save").click().run()
    assert any("Write a note first" in text.value for text in app.markdown)
    assert empty_store.candidates.detail(one).decisions == ()


def test_a_decision_is_kept_with_its_note(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    open_view(app, session.CANDIDATE, id=one)
    choice(app, f"decision-{one}").set_value(DecisionWord.SHORTLISTED)
    app.text_area(key="decision-note-0").set_value("proved SQL")
    app.button(key="decision-save").click().run()
    made = empty_store.candidates.detail(one).decisions[0]
    assert (made.decision, made.note) == (DecisionWord.SHORTLISTED, "proved SQL")
    assert not app.text_area(key="decision-note-1").value  # nobody saves the same note twice


def test_a_name_is_revealed_with_a_reason_and_logged(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    open_view(app, session.CANDIDATE, id=one)
    assert not any("Real Person" in text.value for text in app.text)
    app.text_input(key="reveal-reason").set_value("invite to interview")
    app.button(key="reveal-do").click().run()
    assert any("Real Person" in text.value for text in app.text)
    assert empty_store.activity.rows(action="name.revealed")[0].subject == one


def test_an_issuer_needs_a_reason_and_an_approver(app: AppTest, empty_store: Services) -> None:
    open_view(app, session.TRUST, issuer="did:web:college.example")
    app.button(key="issuer-save").click().run()
    assert empty_store.issuers.rows() == ()


def test_an_issuer_is_accepted_with_a_reason(app: AppTest, empty_store: Services) -> None:
    open_view(app, session.TRUST, issuer="did:web:college.example")
    choice(app, "issuer-decision").set_value("accept")
    app.text_input(key="issuer-approver").set_value("hr@employer.example")
    app.text_input(key="issuer-reason").set_value("state college")
    app.button(key="issuer-save").click().run()
    assert [error.value for error in app.exception] == []
    row = empty_store.issuers.rows()[0]
    assert (row.decision, row.reason, row.approved_by) == ("accept", "state college", "hr@employer.example")


def test_a_skill_is_added_and_saved_as_a_version(app: AppTest, empty_store: Services) -> None:
    job = empty_store.jobs.create("Analyst")
    open_view(app, session.JOBS, job=job)
    next(w for w in app.text_input if str(w.key).startswith("suggest-")).set_value(
        "Underwater basketry"
    ).run()
    app.button(key="add-skill").click().run()
    assert any("Saving touches" in text.value for text in app.markdown)
    app.button(key="save-job").click().run()
    assert [error.value for error in app.exception] == []
    detail = empty_store.jobs.detail(job)
    assert detail.version == 2
    assert detail.requirements[0].skill_name == "Underwater basketry"


def test_a_pasted_text_is_checked(app: AppTest, empty_store: Services) -> None:
    app.run()
    choice(app, "-way").set_value("text").run()
    next(w for w in app.text_area).set_value("not a credential").run()
    next(button for button in app.button if str(button.key).endswith("-check")).click().run()
    assert [error.value for error in app.exception] == []
    batch = str(app.query_params["batch"])
    empty_store.work.wait(batch, 30)
    app.run()
    assert any("1 item received" in text.value for text in app.markdown)


def test_a_name_handed_in_again_and_again_is_said_each_time(app: AppTest, empty_store: Services) -> None:
    files = [Incoming(filename="badge.json", data=b"{}") for _ in range(3)]
    app.query_params["batch"] = empty_store.intake.receive(files)
    empty_store.work.wait(str(app.query_params["batch"]), 30)
    app.run()
    assert [error.value for error in (*app.exception, *app.error)] == []
    said = [text.value for text in app.text]
    assert said.count("Handed in before, taken once: badge.json") == 2


def test_a_batch_is_filtered_by_a_tile(app: AppTest, sample_store: Services) -> None:
    app.query_params["batch"] = sample_store.work.batches()[0].batch_id
    app.query_params["show"] = "issuer_unknown"
    app.run()
    assert sum(1 for button in app.button if str(button.key).startswith("ev-")) == 1
