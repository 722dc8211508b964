"""The impact panel: numbers, warnings, and the sentence that it is no audit."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services


def on_coverage(app: AppTest, services: Services) -> str:
    app.run()
    app.switch_page(session.COVERAGE)
    app.query_params["job"] = services.jobs.sample_id() or ""
    return said(app)


def said(app: AppTest) -> str:
    app.run()
    assert [error.value for error in app.exception] == []
    return "\n".join(text.value for text in (*app.markdown, *app.caption, *app.text))


def sent(app: AppTest, table: bytes) -> str:
    app.file_uploader(key="impact-file").set_value(("groups.csv", table, "text/csv"))
    app.selectbox(key="impact-step").set_value("all_required_met")
    app.button(key="impact-show").click()
    return said(app)


def test_it_says_that_it_is_no_audit_before_anything_is_given(app: AppTest, sample_store: Services) -> None:
    assert "This is not an audit by itself" in on_coverage(app, sample_store)


def test_rates_are_shown_with_a_warning_for_small_groups(app: AppTest, sample_store: Services) -> None:
    on_coverage(app, sample_store)
    people = sample_store.candidates.rows(sample_store.jobs.sample_id())
    lines = [f"{row.pseudonym},{'red' if place % 2 else 'blue'}" for place, row in enumerate(people[:-1])]
    text = sent(app, "\n".join(["person,group", *lines, "Nobody,red"]).encode())
    assert "highest selection rate" in text
    assert "Some groups are too small" in text
    assert "1 person without a group; 1 line that names nobody of the job" in text
    table = next(frame.value for frame in app.dataframe if "Impact ratio" in frame.value.columns)
    assert set(table["Group"]) == {"red", "blue"}


def test_a_table_without_the_columns_is_refused_in_a_sentence(app: AppTest, sample_store: Services) -> None:
    on_coverage(app, sample_store)
    assert "needs the columns" in sent(app, b"a,b\n1,2\n")


def test_nothing_of_it_is_left_after_the_look(app: AppTest, sample_store: Services) -> None:
    on_coverage(app, sample_store)
    person = sample_store.candidates.rows(sample_store.jobs.sample_id())[0].pseudonym
    sent(app, f"person,group\n{person},canary\n".encode())
    assert not any("Impact ratio" in frame.value.columns for frame in app.run().dataframe)
