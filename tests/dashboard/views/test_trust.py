"""The list of issuers and the log: scope and removal with a reason, addresses asked anew, lines exported."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import IssuerRow, Services

COLLEGE = IssuerRow(
    issuer_id="did:web:college.example",
    name="College",
    decision="accept",
    types=("OpenBadgeCredential",),
    achievement_types=("Certificate",),
    valid_from=datetime(2024, 1, 1, 9, 30, tzinfo=UTC),
)


def opened(app: AppTest, **params: str) -> AppTest:
    app.run()
    app.switch_page(session.TRUST)
    for name, value in params.items():
        app.query_params[name] = value
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def widget(kind: Any, part: str) -> Any:
    return next(one for one in kind if part in str(one.key))


def reasoned(app: AppTest) -> None:
    app.text_input(key="issuer-approver").set_value("hr@employer.example")
    app.text_input(key="issuer-reason").set_value("reviewed")


def test_the_scope_of_an_issuer_is_changed_with_a_reason(app: AppTest, empty_store: Services) -> None:
    empty_store.issuers.put(COLLEGE, reason="known", approver="hr")
    opened(app, issuer=COLLEGE.issuer_id)
    assert widget(app.multiselect, "scope-types").value == ["OpenBadgeCredential"]
    widget(app.multiselect, "scope-types").set_value([])
    widget(app.multiselect, "scope-achievements").set_value(["Certificate", "Diploma"])
    widget(app.date_input, "scope-until").set_value(date(2026, 12, 31))
    reasoned(app)
    app.button(key="issuer-save").click()
    ran(app)
    [kept] = empty_store.issuers.rows()
    assert (kept.types, kept.achievement_types) == (("*",), ("Certificate", "Diploma"))
    assert kept.valid_from == COLLEGE.valid_from  # untouched, to the minute
    assert kept.valid_until == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert kept.reason == "reviewed"


def test_a_scope_that_ends_before_it_begins_is_refused_in_a_sentence(
    app: AppTest, empty_store: Services
) -> None:
    empty_store.issuers.put(COLLEGE, reason="known", approver="hr")
    opened(app, issuer=COLLEGE.issuer_id)
    widget(app.date_input, "scope-until").set_value(date(2020, 1, 1))
    reasoned(app)
    app.button(key="issuer-save").click()
    ran(app)
    assert any("ends before it begins" in text.value for text in app.text)
    assert empty_store.issuers.rows()[0].valid_until is None


def test_an_issuer_is_taken_off_the_list_with_a_reason_alone(app: AppTest, empty_store: Services) -> None:
    empty_store.issuers.put(COLLEGE, reason="known", approver="hr")
    opened(app, issuer=COLLEGE.issuer_id)
    app.button(key="issuer-remove").click()
    ran(app)
    assert len(empty_store.issuers.rows()) == 1
    app.text_input(key="issuer-reason").set_value("closed down")
    app.button(key="issuer-remove").click()
    ran(app)
    assert empty_store.issuers.rows() == ()
    assert empty_store.issuers.history(COLLEGE.issuer_id)[0].reason == "closed down"


def test_the_log_is_filtered_and_the_file_holds_the_same_lines(app: AppTest, empty_store: Services) -> None:
    empty_store.jobs.create("Analyst")
    empty_store.issuers.put(COLLEGE, reason="known", approver="hr")
    opened(app, part="activity")
    app.selectbox(key="activity-what").set_value("issuer.")
    ran(app)
    log = next(frame.value for frame in app.dataframe if "seq" in frame.value)
    assert list(log["action"]) == ["Issuer accepted"]
    data = empty_store.exports.activity_csv(action="issuer.").data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(data)))
    assert [line["Action"] for line in lines] == ["issuer.accept"]
    assert lines[0]["Chain"].startswith("whole, 2 lines, last digest ")


def test_a_filter_without_a_line_gives_a_file_without_a_line(empty_store: Services) -> None:
    data = empty_store.exports.activity_csv(subject="nobody").data.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(data))) == []


def test_the_checks_a_day_are_said_and_drawn(app: AppTest, sample_store: Services) -> None:
    opened(app, part="activity")
    assert any("27 checks in 30 days" in text.value for text in app.text)
    assert app.get("plotly_chart")


def test_the_addresses_asked_are_shown_with_their_age(app: AppTest, sample_store: Services) -> None:
    opened(app, part="registries")
    table = next(frame.value for frame in app.dataframe if "url" in frame.value)
    assert set(table["kind"]) == {"Keys", "Status list"}
    assert set(table["answered"]) == {"1 Sep 2026 (demo clock)"}
