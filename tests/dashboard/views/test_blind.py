"""A comparison may hide who people are; the drawer that it opens hides it too."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services

TELLING = ("Ada Example", "Bruno Muster", "Northfield", "Harbour Training", "did:web")


def text_of(app: AppTest) -> str:
    app.run()
    assert [error.value for error in app.exception] == []
    nodes = (*app.markdown, *app.caption, *app.text, *app.code)
    return "\n".join(str(node.value) for node in nodes)


def compare(app: AppTest, services: Services, **params: str) -> str:
    people = services.candidates.rows(services.jobs.sample_id())[:2]
    app.run()
    app.switch_page(session.COMPARE)
    app.query_params["job"] = services.jobs.sample_id() or ""
    app.query_params["ids"] = ",".join(row.applicant_id for row in people)
    for name, value in params.items():
        app.query_params[name] = value
    return text_of(app)


def test_the_switch_hides_names_and_issuers_and_is_in_the_address(
    app: AppTest, sample_store: Services
) -> None:
    assert "Ada Example" in compare(app, sample_store)
    app.toggle(key="compare-blind").set_value(True)
    said = text_of(app)
    assert [word for word in TELLING if word in said] == []
    assert app.query_params["blind"] == "1"


def test_the_drawer_hides_what_the_comparison_hides(app: AppTest, sample_store: Services) -> None:
    person = sample_store.candidates.rows(sample_store.jobs.sample_id())[0]
    cred = sample_store.candidates.detail(person.applicant_id).credentials[0].cred
    said = compare(app, sample_store, blind="1", cred=cred)
    assert "on your list, accepted" in said
    assert [word for word in TELLING if word in said] == []
