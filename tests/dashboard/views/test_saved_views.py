"""What a screen shows is in its address: a link restores it, coming back too; a name is never in it."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services


def ran(app: AppTest) -> AppTest:
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def at(app: AppTest, view: str, **params: str) -> AppTest:
    app.run()
    app.switch_page(view)
    for name, value in params.items():
        app.query_params[name] = value
    return ran(app)


def summary(app: AppTest) -> str:
    return next(text.value for text in app.markdown if "candidate" in text.value)


def said(app: AppTest, name: str) -> Any:
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


def test_a_link_restores_filter_and_order(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES, only="problem", sort="required")
    assert "7 candidates" in summary(app)
    assert list(app.dataframe[0].value["required"])[:2] == ["4 of 6", "3 of 6"]


def test_the_address_is_followed_where_it_alone_changes(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES, only="problem")
    app.query_params["only"] = "unlisted"  # what the browser's Back does
    assert "1 candidate" in summary(ran(app))


def test_coming_back_to_a_screen_brings_back_its_view(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES, only="problem", sort="required")
    for view in (session.COVERAGE, session.CANDIDATES):
        app.query_params.clear()  # as Streamlit's navigation does
        ran(app.switch_page(view))
    assert "7 candidates" in summary(ran(app))
    assert (said(app, "only"), said(app, "sort")) == ("problem", "required")


def test_an_unknown_filter_is_no_filter(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES, only="<b>", sort="salary", job="nobody")
    assert "15 candidates" in summary(app)


def test_a_name_that_is_looked_for_is_not_in_the_address(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES)
    app.text_input(key="grid-find").set_value("ada ex")
    ran(app)
    assert list(app.dataframe[0].value["who"]) == ["Ada Example"]
    assert not any("ada" in str(value).lower() for value in dict(app.query_params).values())


def test_people_who_are_level_stay_in_the_order_received(app: AppTest, sample_store: Services) -> None:
    rows = sample_store.candidates.rows(sample_store.jobs.sample_id())
    at(app, session.CANDIDATES, sort="required")
    shown = list(app.dataframe[0].value["who"])
    none_met = [row.name for row in rows if row.required_met == 0]
    assert [name for name in shown if name in none_met] == none_met


def test_a_column_that_says_nothing_is_left_out(app: AppTest, sample_store: Services) -> None:
    at(app, session.CANDIDATES)
    assert "changed" not in app.dataframe[0].value
