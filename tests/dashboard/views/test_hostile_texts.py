"""What comes from outside is text everywhere: never Markdown, HTML, a label, a title or an address."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import (
    CandidateRow,
    DecisionWord,
    Given,
    Grouping,
    Incoming,
    IssuerRow,
    RequirementRow,
    Services,
)
from tests.dashboard.services.making import verifying
from tests.dashboard.views.conftest import HOSTILE
from tests.dashboard.views.places import PLACES, newcomer, open_place
from tests.dashboard.views.seeing import Shown, said, shown

KINDS = (b"ok", b"bad", b"far", b"odd")  # verdicts of a made report
TELLTALE = "onerror"  # stands in every hostile text
TEXTS = (
    f"<img src=x {TELLTALE}=alert(1)><script>1</script>",
    f"![{TELLTALE}](https://track.example/pixel.gif)",
    f"[{TELLTALE}](javascript:alert(1)) **b**",
    f":red-badge[{TELLTALE}] :material/delete: $x^2$",
    f"\u202e{TELLTALE}\u2066 \x1b[31m \0 \x07",
    f'=HYPERLINK("https://x.example","{TELLTALE}")',
    f"</style>{TELLTALE}<b>" + "e\u0301\u0301\u0301" * 20,
    TELLTALE + "x" * 400_000,
)
# What Streamlit draws as it stands: text elements, cells, options of lists, the value of a field. A picture's
# `spec` is judged apart; `json` is the data of our own table, which makes text nodes of it.
AS_TEXT = {
    ("text", "body"), ("code", "code_text"), ("dataframe", "cell"), ("selectbox", "options"),
    ("selectbox", "raw_value"), ("multiselect", "options"), ("multiselect", "raw_values"),
    ("text_input", "default"), ("text_input", "value"), ("text_area", "default"),
}  # fmt: skip
OURS = re.compile(r"</?(b|br|extra)>")  # tags that the pictures of `charts` use themselves
DATA = ("alt", "columns", "spec", "json", "arrow_data.styler.display_values")


def markup(texts: list[Shown]) -> list[Shown]:
    """What a browser would read as Markdown, HTML or an address of ours."""
    told = [one for one in texts if TELLTALE in one.text]
    return [
        one
        for one in told
        if (one.element, one.field) not in AS_TEXT and one.field not in DATA and "json" not in one.field
    ]


def tags(texts: list[Shown]) -> list[str]:
    """Texts of pictures that Plotly, which knows a few tags and links, would not draw as they stand."""
    specs = [json.loads(one.text) for one in texts if one.field == "spec"]
    strings = [text for spec in specs for text in _leaves(spec) if TELLTALE in text]
    return [text for text in strings if "<" in OURS.sub("", text)]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Everything that an outsider may name, named to do harm; one person a text."""
    services = Services.open(tmp_path_factory.mktemp("hostile"), verifying=verifying())
    lines = [RequirementRow(skill_name=text.replace("\0", "")[:300]) for text in TEXTS]  # NUL is refused
    job = services.jobs.create(TEXTS[0], lines)
    for number, text in enumerate(TEXTS):
        files = [Incoming(filename=f"{text}/{text}.json", data=b"%s %d" % (kind, number)) for kind in KINDS]
        given = Given(name=text, emails=(text,), phones=(text,), dids=(text,))
        batch = services.intake.receive(
            [*files, services.intake.pasted(f"https://issuer.example/{text[:50]}")],
            job_id=job, grouping=Grouping.ONE_PERSON, given=given,
        )  # fmt: skip
        services.work.wait(batch, 60)
    for row, text in zip(services.candidates.rows(job), TEXTS, strict=True):
        services.candidates.decide(row.applicant_id, DecisionWord.SHORTLISTED, text)
    for number, text in enumerate(one.replace("\0", "") for one in TEXTS[:7]):
        issuer = IssuerRow(issuer_id=f"did:web:{number}.example", name=text, decision="accept")
        services.issuers.put(issuer, reason=text, approver=text)
    yield services
    services.close()


def links(services: Services, person: CandidateRow) -> dict[str, str]:
    people = services.candidates.rows(person.job_id)
    cards = services.candidates.detail(person.applicant_id).credentials
    return {
        "job": person.job_id or "",
        "batch": services.work.batches()[0].batch_id,
        "id": person.applicant_id,
        "ids": ",".join(row.applicant_id for row in people[-5:]),
        "cred": cards[0].cred if cards else "",
        "issuer": "did:web:3.example",
        "exchange": "0123456789abcdef",
    }


def revealed(services: Services) -> AppTest:
    """A browser in which every name was revealed."""
    app = newcomer()
    people = {row.applicant_id for row in services.candidates.rows()}
    app.session_state[session.KEY].revealed.update(people)
    return app


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_is_nowhere_markup(
    hostile: Services, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(session, "store", lambda: hostile)
    app = revealed(hostile)
    for person in hostile.candidates.rows()[:: 1 if place in ("candidate", "evidence") else 8]:
        texts = shown(open_place(app, place, links(hostile, person)))
        assert [(one.element, one.field, one.text[:80]) for one in markup(texts)] == []
        assert tags(texts) == []


def test_a_hostile_text_is_shown_as_it_is(hostile: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "store", lambda: hostile)
    person = hostile.candidates.rows()[0]
    assert TEXTS[0] in said(open_place(revealed(hostile), "candidate", links(hostile, person)))


@pytest.mark.parametrize("text", TEXTS[:7])
def test_a_hostile_address_is_nowhere_markup(
    hostile: Services, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(session, "store", lambda: hostile)
    for place, names in (("issuer", ("issuer",)), ("candidate", ("id", "cred")), ("batch", ("batch",))):
        app = open_place(revealed(hostile), place, dict.fromkeys(names, text))
        assert markup(shown(app)) == []


def test_a_hostile_job_file_is_refused_or_proposed_as_text(
    hostile: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "store", lambda: hostile)
    advert = {"@type": "JobPosting", "title": TEXTS[0], "skills": [HOSTILE, *TEXTS[1:5]]}
    app = open_place(revealed(hostile), "jobs", links(hostile, hostile.candidates.rows()[0]))
    file = next(one for one in app.file_uploader if str(one.key).startswith("new-file-"))
    file.set_value((f"{TEXTS[2]}.json", json.dumps(advert).encode(), "application/json"))
    app.run()
    app.button(key="create-job").click().run()
    assert [error.value for error in app.exception] == []
    assert markup(shown(app)) == []


def test_a_real_name_is_hidden_until_it_is_revealed(
    hostile: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "store", lambda: hostile)
    person = hostile.candidates.rows()[0]
    app = open_place(newcomer(), "candidates", links(hostile, person))
    names = list(app.dataframe[0].value["who"])
    assert all(name.startswith("Candidate ") for name in names)


def test_exports_of_hostile_people_only_show(hostile: Services) -> None:
    people, exports = hostile.candidates.rows(), hostile.exports
    ids = [row.applicant_id for row in people]
    tables = [
        exports.candidates_csv(people[0].job_id, names=True, reason="a test"),
        exports.comparison_csv(ids[-5:], job_id=people[0].job_id, names=True, reason="a test"),
        *(exports.candidate_csv(one, names=True, reason="a test") for one in ids),
    ]
    for table in tables:
        lines = csv.reader(io.StringIO(table.data.decode("utf-8-sig"), newline=""))
        cells = [cell for line in lines for cell in line]
        assert [cell[:80] for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}] == []
        assert not re.search("[\0\x07\x1b\u202e\u2066]", "".join(cells))
    for one in ids:
        with zipfile.ZipFile(io.BytesIO(exports.raw_zip(one, reason="a test").data)) as archive:
            assert all(re.fullmatch(r"[\w\-. ]+", name) for name in archive.namelist())
