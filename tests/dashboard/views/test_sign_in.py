"""The app where people sign in: who is let in, what each role sees, and what a click still does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.access import GRANTS, Role
from dashboard.identity import AGE, IDLE, Sessions
from dashboard.services import Given, Incoming, IssuerRow, Services
from tests.dashboard.test_identity import AUTH, CLAIMS
from tests.dashboard.views.test_actions import choice

VIEWS = [
    *(session.VERIFY, session.CANDIDATES, session.CANDIDATE, session.COMPARE),
    *(session.COVERAGE, session.JOBS, session.TRUST),
]
NOT_YOURS = "This is not part of your role here"


def sign_in(app: AppTest, *, since: timedelta = timedelta(0), **changes: Any) -> AppTest:
    """Somebody who signed in a while ago."""
    at = (datetime.now(UTC) - since).timestamp()
    app.secrets["auth"] = AUTH
    app.user = {**CLAIMS, "iat": at, "exp": at + AGE.total_seconds(), **changes}
    return app


def member(services: Services, *roles: Role, subject: str = CLAIMS["sub"], label: str = "Rita Roe") -> str:
    made = services.members.add(issuer=CLAIMS["iss"], subject=subject, label=label, roles=roles)
    return made.member_id


def open_view(app: AppTest, view: str, **params: str) -> AppTest:
    app.run()
    app.switch_page(view)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def seen(app: AppTest) -> str:
    """Every text on the screen."""
    texts = (*app.title, *app.markdown, *app.text, *app.caption)
    return "\n".join(str(one.value) for one in texts)


def keys(app: AppTest) -> set[str]:
    return {str(one.key) for one in app.button}


def one_person(services: Services, name: str = "Zelda Quillfeather") -> str:
    batch = services.intake.receive([Incoming(filename="a.txt", data=b"no")], given=Given(name=name))
    services.work.wait(batch, 30)
    return services.candidates.rows()[-1].applicant_id


@pytest.fixture(autouse=True)
def _new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign-ins that another test used or ended are none of this one's."""
    monkeypatch.setattr(session, "SESSIONS", Sessions())


def test_nothing_is_read_for_somebody_who_has_not_signed_in(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    lines = len(empty_store.activity.rows())
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": False}
    open_view(app, session.CANDIDATE, id=one, demo="1")
    assert keys(app) == {"sign-in-0"}
    assert "Sign in with the account of your organisation." in seen(app)
    assert not any(word in seen(app) for word in ("Candidate", "Quillfeather"))
    assert len(empty_store.activity.rows()) == lines  # no sample was loaded either


def test_without_a_role_one_is_told_who_one_is_and_whom_to_ask(
    app: AppTest, empty_store: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLPROOF_CONTACT", "it@employer.example")
    member(empty_store, Role.ADMIN, subject="somebody else")
    sign_in(app).run()
    said = seen(app)
    assert "You are signed in as Rita Roe, and you have no role here yet." in said
    assert "Ask it@employer.example for one" in said
    assert "https://id.employer.example\n8f3c" in said
    assert keys(app) == {"sign-out"}


@pytest.mark.parametrize(
    "changes",
    [{"iss": "https://id.stranger.example"}, {"aud": "another"}, {"provider": "other"}, {"sub": None}],
    ids=str,
)
def test_an_account_of_somebody_else_is_not_let_in(
    app: AppTest, empty_store: Services, changes: dict[str, Any]
) -> None:
    member(empty_store, *Role)
    sign_in(app, **changes).run()
    assert "does not belong to your organisation" in seen(app)
    assert keys(app) == {"sign-out"}


@pytest.mark.parametrize(("since", "said"), [(AGE, "for eight hours"), (IDLE, "for half an hour")])
def test_an_old_sign_in_is_over(app: AppTest, empty_store: Services, since: timedelta, said: str) -> None:
    member(empty_store, *Role)
    sign_in(app, since=since).run()
    assert said in seen(app)
    assert keys(app) == {"sign-in-0"}


def test_a_store_with_members_is_never_open_without_sign_in(app: AppTest, empty_store: Services) -> None:
    member(empty_store, Role.ADMIN)
    app.run()
    assert "how they do is not configured" in seen(app)
    assert keys(app) == set()


def test_a_configuration_that_cannot_be_used_is_not_no_sign_in(app: AppTest, empty_store: Services) -> None:
    app.secrets["auth"] = {**AUTH, "client_id": ""}
    app.run()
    assert "how they do is not configured" in seen(app)
    assert keys(app) == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_its_screens_and_is_told_of_others(
    app: AppTest, sample_store: Services, role: Role, view: str
) -> None:
    member(sample_store, role)
    one = sample_store.candidates.rows()[0].applicant_id
    open_view(sign_in(app), view, id=one)
    assert (NOT_YOURS in seen(app)) == (session.screen_of(view) not in GRANTS[role].screens)
    assert "Signed in as Rita Roe" in seen(app)


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_is_one_of_the_roles_own(app: AppTest, sample_store: Services, role: Role) -> None:
    member(sample_store, role)
    sign_in(app).run()
    assert [error.value for error in app.exception] == []
    assert NOT_YOURS not in seen(app)


def test_buttons_that_a_role_may_not_use_are_not_offered(app: AppTest, sample_store: Services) -> None:
    one = sample_store.candidates.rows()[0].applicant_id
    member(sample_store, Role.HIRING_MANAGER)
    open_view(sign_in(app), session.CANDIDATE, id=one)
    assert "note-save" in keys(app)
    assert not keys(app) & {"candidate-again", "decision-save", "reveal-do", "applied-save"}
    member(sample_store, Role.RECRUITER)
    open_view(app, session.CANDIDATE, id=one)
    assert {"candidate-again", "decision-save"} <= keys(app)
    assert "note-save" not in keys(app)


def test_a_recruiter_reads_a_job_and_cannot_change_it(app: AppTest, sample_store: Services) -> None:
    member(sample_store, Role.RECRUITER)
    open_view(sign_in(app), session.JOBS)
    assert not any(str(key).startswith(("create-job", "add-skill")) for key in keys(app))
    assert len(app.dataframe) == 1


def test_an_analyst_compares_blind_whatever_the_address_says(app: AppTest, sample_store: Services) -> None:
    member(sample_store, Role.ANALYST)
    people = sample_store.candidates.rows(sample_store.jobs.sample_id())[:2]
    ids = ",".join(row.applicant_id for row in people)
    cred = sample_store.candidates.detail(people[0].applicant_id).credentials[0].cred
    open_view(sign_in(app), session.COMPARE, ids=ids, job=people[0].job_id or "", blind="0", cred=cred)
    shown = seen(app) + "".join(frame.value.to_string() for frame in app.dataframe)
    assert people[0].pseudonym in app.multiselect[0].options
    shown += str(app.multiselect[0].options)
    assert [word for row in people for word in row.name.split() if word in shown] == []
    assert "Issuer, hidden" in shown
    assert "compare-blind" not in {str(one.key) for one in app.toggle}


def test_a_note_of_a_hiring_manager_decides_nothing(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    rita = member(empty_store, Role.HIRING_MANAGER)
    open_view(sign_in(app), session.CANDIDATE, id=one)
    app.text_area(key="note-0").set_value("asked about SQL")
    app.button(key="note-save").click().run()
    [made] = empty_store.candidates.detail(one).decisions
    assert (made.decision, made.note, made.actor) == (None, "asked about SQL", rita)
    assert "asked about SQL (Rita Roe)" in seen(app)
    assert [row.action for row in empty_store.activity.rows(who=rita)] == ["note.made"]


def test_what_is_done_is_theirs_in_the_log(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    rita = member(empty_store, Role.RECRUITER, Role.AUDITOR)
    open_view(sign_in(app), session.CANDIDATE, id=one)
    app.text_input(key="reveal-reason").set_value("invite")
    app.button(key="reveal-do").click().run()
    assert empty_store.activity.rows(action="name.")[0].actor == rita
    open_view(app, session.TRUST, part="activity")
    [log] = [frame.value for frame in app.dataframe if "digest" in frame.value]
    assert "Rita Roe" in set(log["actor"])
    assert rita not in set(log["actor"])


def test_the_log_is_read_whole_by_whoever_may_read_it(app: AppTest, empty_store: Services) -> None:
    empty_store.jobs.create("Analyst")  # by somebody else
    member(empty_store, Role.AUDITOR)
    open_view(sign_in(app), session.TRUST, part="activity")
    [log] = [frame.value for frame in app.dataframe if "digest" in frame.value]
    assert "local" in set(log["actor"])


def test_a_role_that_was_taken_away_is_gone_with_the_next_click(app: AppTest, empty_store: Services) -> None:
    one = one_person(empty_store)
    rita = member(empty_store, Role.RECRUITER)
    open_view(sign_in(app), session.CANDIDATE, id=one)
    lines = len(empty_store.activity.rows())
    empty_store.members.remove(rita)
    app.button(key="candidate-again").click().run()
    assert [row.action for row in empty_store.activity.rows()][: -lines or None] == ["member.removed"]
    assert "you have no role here yet" in seen(app)


def test_a_button_of_a_role_that_was_changed_does_nothing_and_says_so(
    app: AppTest, empty_store: Services
) -> None:
    one = one_person(empty_store)
    member(empty_store, Role.RECRUITER)
    open_view(sign_in(app), session.CANDIDATE, id=one)
    member(empty_store, Role.HIRING_MANAGER)
    lines = len(empty_store.activity.rows())
    choice(app, f"decision-{one}")  # it is still on their screen
    app.button(key="candidate-again").click().run()
    assert len(empty_store.activity.rows()) == lines
    assert any("That was not done" in toast.value for toast in app.toast)
    assert [error.value for error in app.exception] == []


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too(app: AppTest, empty_store: Services) -> None:
    member(empty_store, Role.RECRUITER)
    sign_in(app).run()
    claims = dict(app.user)
    app.button(key="sign-out").click().run()
    assert app.user == {"is_logged_in": False}
    assert keys(app) == {"sign-in-0"}
    app.user = claims
    app.run()
    assert keys(app) == {"sign-in-0"}


def test_an_issuer_is_believed_once_a_second_administrator_says_so(
    app: AppTest, empty_store: Services
) -> None:
    rita = member(empty_store, Role.ADMIN)
    boris = member(empty_store, Role.ADMIN, subject="b", label="Boris Roe")
    open_view(sign_in(app), session.TRUST, issuer="did:web:college.example")
    choice(app, "issuer-decision").set_value("accept")
    assert not any(str(one.key) == "issuer-approver" for one in app.text_input)
    app.text_input(key="issuer-reason").set_value("accredited")
    app.button(key="issuer-save").click().run()
    [waiting] = empty_store.proposals.rows()
    assert empty_store.issuers.rows() == ()
    assert waiting.proposed_by == rita
    assert "Another administrator has to approve it." in seen(app)
    assert f"approve-{waiting.proposal_id}" not in keys(app)
    open_view(sign_in(app, sub="b"), session.TRUST)
    assert "(proposed by Rita Roe" in seen(app)
    app.button(key=f"approve-{waiting.proposal_id}").click().run()
    [kept] = empty_store.issuers.rows()
    assert (kept.decision, kept.approved_by) == ("accept", boris)
    assert empty_store.proposals.rows() == ()


def test_an_auditor_reads_the_list_and_is_offered_no_change(app: AppTest, empty_store: Services) -> None:
    entry = IssuerRow(issuer_id="did:web:college.example", name="Example College", decision="accept")
    empty_store.issuers.put(entry, reason="why", approver="hr")
    empty_store.proposals.put(entry, reason="why")
    member(empty_store, Role.AUDITOR)
    open_view(sign_in(app), session.TRUST, issuer="did:web:college.example")
    assert "Example College" in seen(app)
    assert not [
        key for key in keys(app) if key.startswith(("approve", "drop", "issuer-save", "import", "add"))
    ]


def test_two_people_at_once_are_two_people(empty_store: Services, app: AppTest) -> None:
    member(empty_store, Role.ADMIN)
    member(empty_store, Role.AUDITOR, subject="b", label="Boris Roe")
    other = AppTest(app._script_path, default_timeout=app.default_timeout)
    sign_in(app).run()
    sign_in(other, sub="b").run()
    app.run()
    assert "Signed in as Rita Roe (Administrator)" in seen(app)
    assert "Signed in as Boris Roe (Auditor)" in seen(other)


def test_on_one_machine_nobody_signs_in_and_a_mark_says_so(app: AppTest, empty_store: Services) -> None:
    app.run()
    assert "Local, no sign-in." in seen(app)
    assert "sign-out" not in keys(app)
    assert not st.secrets.load_if_toml_exists()
