"""Who it is stands in no address, no log, no cache of the process; and two browsers never mix."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import DecisionWord, Given, Incoming, RequirementRow, Services
from tests.dashboard.services.making import verifying
from tests.dashboard.views.places import PLACES, addresses, newcomer, open_place
from tests.dashboard.views.seeing import said

PERSON = Given(
    name="Canary Nameson",
    emails=("canary.mail@people.example",),
    phones=("+1 555 0142 7788",),
    dids=("did:example:canarydid",),
)
CONTENT = "canary-content"
CANARIES = ("Canary", "Nameson", "canary.mail", "0142", "canarydid", CONTENT)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Two real people of one job, one of them all canaries."""
    services = Services.open(tmp_path_factory.mktemp("desk"), verifying=verifying())
    job = services.jobs.create("Analyst", [RequirementRow(skill_name="SQL")])
    for given in (Given(name="Somebody Else"), PERSON):
        data = f"ok {CONTENT} {given.name}".encode()
        file = Incoming(filename=f"{given.name}/{given.name}.json", data=data)
        services.work.wait(services.intake.receive([file], job_id=job, given=given), 60)
    yield services
    services.close()


@pytest.fixture
def at_desk(desk: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(session, "store", lambda: desk)
    return desk


def test_a_whole_day_of_work_leaves_nobody_in_addresses_logs_or_caches(
    at_desk: Services, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="skillproof")
    links, app = addresses(at_desk), newcomer()
    parameters = []
    for place in PLACES:
        open_place(app, place, links)
        parameters.append(json.dumps(app.query_params))
    person = links["id"]
    at_desk.candidates.reveal(person, "to invite them")
    at_desk.candidates.decide(person, DecisionWord.SHORTLISTED, "proved it")
    at_desk.work.recheck_applicant(person)
    at_desk.work.wait(links["batch"], 60)
    exported = at_desk.exports.activity_csv().data.decode("utf-8-sig")
    names = [at_desk.exports.candidate_csv(person, names=yes).filename for yes in (True, False)]
    told = "\n".join((*parameters, caplog.text, exported, *names))
    assert [word for word in CANARIES if word in told] == []


def test_what_is_cached_for_all_is_the_open_store_alone() -> None:
    root = Path(session.__file__).parent
    cached = [
        f"{path.name}: {line.strip()}"
        for path in sorted(root.rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip().startswith("@st.cache_")
    ]
    assert cached == ["session.py: @st.cache_resource(show_spinner=False)"]


def reveal(app: AppTest, person: str) -> AppTest:
    open_place(app, "candidate", {"id": person})
    app.text_input(key="reveal-reason").set_value("to invite them")
    return app.button(key="reveal-do").click().run()


def test_a_name_that_was_revealed_in_one_browser_is_hidden_in_another(at_desk: Services) -> None:
    links, mine, theirs = addresses(at_desk), newcomer(), newcomer()
    assert "Canary Nameson" in said(reveal(mine, links["id"]))
    for place in ("candidates", "candidate", "compare", "evidence", "coverage"):
        assert "Nameson" not in said(open_place(theirs, place, links)), place
    assert "Canary Nameson" in said(open_place(mine, "candidate", links))


def test_drafts_notices_failures_and_the_demo_stay_with_their_browser(at_desk: Services) -> None:
    links, mine, theirs = addresses(at_desk), newcomer(), newcomer()
    memory = mine.session_state[session.KEY]
    memory.drafts[links["job"]] = (RequirementRow(skill_name="Falconry"),)
    memory.notice, memory.failed = "A notice of mine", ("internal_error", "feedbeef")
    memory.demo = True
    there = said(open_place(theirs, "jobs", links))
    assert [word for word in ("A notice of mine", "feedbeef", "Demo clock") if word in there] == []
    assert theirs.session_state[session.KEY].drafts == {}
    here = said(open_place(mine, "jobs", links))
    assert [word for word in ("A notice of mine", "feedbeef", "Demo clock") if word not in here] == []


def test_two_browsers_turn_by_turn_see_each_what_is_theirs(at_desk: Services) -> None:
    # One after the other: AppTest, which patches its own runtime, cannot run in two threads at once.
    links, mine, theirs = addresses(at_desk), newcomer(), newcomer()
    reveal(mine, links["id"])
    for place in ("candidate", "candidates", "compare"):
        seen = [said(open_place(app, place, links)) for app in (theirs, mine, theirs)]
        assert ["Nameson" in text for text in seen] == [False, True, False], place
