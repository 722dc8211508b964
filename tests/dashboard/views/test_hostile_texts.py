"""What comes from outside is text everywhere: never Markdown, HTML, a label or a title."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services

VIEWS = (
    session.VERIFY,
    session.CANDIDATES,
    session.CANDIDATE,
    session.COMPARE,
    session.COVERAGE,
    session.JOBS,
    session.TRUST,
)
TELLTALE = ("onerror", "javascript:", ":red[no]")


def drawn_as_markup(app: AppTest) -> list[str]:
    """Everything on the page that a browser would read as Markdown or HTML."""
    texts = [
        node.value for kind in (app.markdown, app.caption, app.title, app.header, app.html) for node in kind
    ]
    texts += [node.label for kind in (app.button, app.expander, app.text_input, app.toggle) for node in kind]
    texts += [node.proto.help for node in app.button]
    return [str(text) for text in texts]


@pytest.mark.parametrize("view", VIEWS)
def test_a_hostile_name_is_nowhere_markup(app: AppTest, hostile_store: Services, view: str) -> None:
    people = hostile_store.candidates.rows()
    for row in people:
        session_revealed = row.applicant_id
        hostile_store.candidates.reveal(session_revealed, "test")
    app.query_params["id"] = people[0].applicant_id
    app.query_params["ids"] = ",".join(row.applicant_id for row in people)
    app.query_params["batch"] = hostile_store.work.batches()[0].batch_id
    app.query_params["job"] = people[0].job_id or ""
    app.run()
    app.session_state[session.KEY].revealed.update(row.applicant_id for row in people)
    app.switch_page(view).run()
    assert [error.value for error in app.exception] == []
    found = [text for text in drawn_as_markup(app) if any(sign in text for sign in TELLTALE)]
    assert found == []


def test_the_evidence_of_a_hostile_file_is_nowhere_markup(app: AppTest, hostile_store: Services) -> None:
    for row in hostile_store.work.items(hostile_store.work.batches()[0].batch_id):
        app.query_params["cred"] = row.item_id
        app.run()
        assert [error.value for error in app.exception] == []
        assert [text for text in drawn_as_markup(app) if any(sign in text for sign in TELLTALE)] == []


def test_a_hostile_name_is_shown_as_it_is(app: AppTest, hostile_store: Services) -> None:
    app.query_params["batch"] = hostile_store.work.batches()[0].batch_id
    app.run()
    assert any("onerror" in node.value for node in app.text)


def test_a_real_name_is_hidden_until_it_is_revealed(app: AppTest, hostile_store: Services) -> None:
    app.run()
    app.switch_page(session.CANDIDATES).run()
    shown = app.dataframe[0].value["who"]
    assert not any("onerror" in name for name in shown)
    assert all(name.startswith("Candidate ") for name in shown)
