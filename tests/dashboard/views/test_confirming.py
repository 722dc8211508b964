"""The candidate's page asks why a link counts, and says who said so."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Cell, RequirementRow, Services
from tests.dashboard.views.test_actions import open_view


def pointing(services: Services) -> tuple[str, str]:
    """A sample person with SQL, and a job that asks for an SQL of another identifier."""
    person = services.candidates.rows()[0].applicant_id
    asked = RequirementRow(skill_id="https://skills.example/sql", skill_name="SQL")
    job = services.jobs.create("Analyst", [asked])
    services.candidates.move(person, job)
    return person, job


def cell_of(services: Services, person: str) -> Cell:
    [cell] = services.candidates.detail(person).cells
    return cell


def test_a_link_is_confirmed_with_a_reason_and_withdrawn(
    app: AppTest, changed_sample_store: Services
) -> None:
    person, _ = pointing(changed_sample_store)
    cell = cell_of(changed_sample_store, person)
    assert cell.state == "related_only"
    key = f"{cell.requirement.requirement_id}-{cell.evidence[0].confirms}"
    open_view(app, session.CANDIDATE, id=person)
    app.button(key=f"do-confirm-{key}").click().run()
    assert any("A reason is needed" in text.value for text in app.markdown)
    assert cell_of(changed_sample_store, person).state == "related_only"

    app.text_input(key=f"reason-confirm-{key}").set_value("the *syllabus* is SQL")
    app.button(key=f"do-confirm-{key}").click().run()
    assert [error.value for error in app.exception] == []
    assert cell_of(changed_sample_store, person).state == "met"
    [said] = [text.value for text in app.text if text.value.startswith("confirmed by local on ")]
    assert said.endswith(": the *syllabus* is SQL")

    app.button(key=f"do-withdraw-{key}").click().run()  # the reason for it is not the one against it
    assert cell_of(changed_sample_store, person).state == "met"
    app.text_input(key=f"reason-withdraw-{key}").set_value("a mistake")
    app.button(key=f"do-withdraw-{key}").click().run()
    assert [error.value for error in app.exception] == []
    assert cell_of(changed_sample_store, person).state == "related_only"
    assert not any(text.value.startswith("confirmed by") for text in app.text)
