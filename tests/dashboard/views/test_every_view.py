"""Every screen, empty and with the sample: it launches and says what it is for."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services

VIEWS = {
    session.VERIFY: "Verify",
    session.CANDIDATES: "Candidates",
    session.CANDIDATE: "Candidate",
    session.COMPARE: "Compare",
    session.COVERAGE: "Coverage",
    session.JOBS: "Jobs",
    session.TRUST: "Trust & activity",
}


def problems(app: AppTest) -> list[str]:
    """What went wrong in the run."""
    return [f"{error.value}\n{error.stack_trace}" for error in app.exception]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_launches_on_an_empty_store(app: AppTest, empty_store: Services, view: str) -> None:
    app.run()
    app.switch_page(view).run()
    assert problems(app) == []
    assert app.title[0].value == VIEWS[view]
    assert len(app.title) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_launches_with_the_sample(app: AppTest, sample_store: Services, view: str) -> None:
    job = sample_store.jobs.sample_id() or ""
    people = sample_store.candidates.rows(job)
    app.query_params["job"] = job
    app.query_params["id"] = people[0].applicant_id
    app.query_params["ids"] = ",".join(row.applicant_id for row in people[:3])
    app.run()
    app.switch_page(view).run()
    assert problems(app) == []
    assert app.title[0].value == VIEWS[view]


@pytest.mark.parametrize("part", ["issuers", "registries", "vocabularies", "activity"])
def test_each_part_of_trust_launches(app: AppTest, sample_store: Services, part: str) -> None:
    app.query_params["part"] = part
    app.run()
    app.switch_page(session.TRUST).run()
    assert problems(app) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_widget_has_a_key_of_ours(app: AppTest, sample_store: Services, view: str) -> None:
    app.run()
    app.switch_page(view).run()
    kinds = (
        app.button,
        app.selectbox,
        app.text_input,
        app.text_area,
        app.toggle,
        app.multiselect,
        app.checkbox,
    )
    assert [widget for widgets in kinds for widget in widgets if not widget.key] == []


def test_one_primary_button_on_the_empty_first_screen(app: AppTest, empty_store: Services) -> None:
    app.run()
    primary = [button.label for button in app.button if button.proto.type == "primary"]
    assert primary == ["Try the sample applicants"]


def test_the_sample_is_one_click_away(app: AppTest, empty_store: Services) -> None:
    app.run()
    app.button(key="try-sample").click().run()
    assert problems(app) == []
    empty_store.work.wait(str(app.query_params["batch"]), 60)
    app.run()
    assert any("27 items received" in text.value for text in app.markdown)


def test_the_demo_says_that_it_is_one_on_every_screen(app: AppTest, sample_store: Services) -> None:
    app.query_params["demo"] = "1"
    app.run()
    for view in (session.CANDIDATES, session.TRUST):
        app.switch_page(view).run()
        shown = " ".join(text.value for text in app.markdown)
        assert "Sample data" in shown
        assert "Demo clock: 1 Sep 2026" in shown


@pytest.mark.parametrize(
    ("view", "name", "sentence"),
    [
        (session.VERIFY, "batch", "names a batch that is not in this store"),
        (session.CANDIDATE, "id", "names no candidate in this store"),
        (session.VERIFY, "cred", "names no credential in this store"),
    ],
)
def test_a_dead_link_says_so(
    app: AppTest, sample_store: Services, view: str, name: str, sentence: str
) -> None:
    app.query_params[name] = "0123456789abcdef"
    app.run()
    if view != session.VERIFY:
        app.switch_page(view)
        app.query_params[name] = "0123456789abcdef"
        app.run()
    assert problems(app) == []
    assert any(sentence in text.value for text in app.markdown)


def test_the_evidence_opens_from_its_address(app: AppTest, sample_store: Services) -> None:
    row = next(
        row
        for row in sample_store.work.items(sample_store.work.batches()[0].batch_id)
        if row.code == "revoked"
    )
    app.query_params["cred"] = row.item_id
    app.run()
    assert problems(app) == []
    shown = " ".join(text.value for text in app.markdown)
    assert "Does it still stand, or was it revoked?" in shown
    assert "✗ Problem found" in shown
    assert "Issuer’s move" in shown
