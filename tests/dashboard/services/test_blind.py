"""In blind mode nothing that a screen or a file gets tells who it is, where or when they learnt."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services import Download, EvidenceView, Services
from dashboard.services.blind import HIDDEN, document, mask

ADA = mask(["Ada Example", "ada@example.org"], ["ada", "example"])


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, ids of our own and file hashes left out."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if not one.name.endswith(("_id", "sha256")) and one.name not in (
                "cred",
                "job",
                "requirement",
                "versions",
            ):
                yield from texts(getattr(value, one.name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(name)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def telling(services: Services, applicant_id: str) -> set[str]:
    """What must not be seen of a person: names, addresses, issuers."""
    shown = services.candidates.detail(applicant_id)
    found = {shown.row.name, *shown.row.name.split(), *shown.given.emails, *shown.given.phones}
    for card in shown.credentials:
        found |= {card.issuer_id, card.issuer_claimed, card.issuer_listed, card.source}
    return {word.casefold() for word in found if len(word) > 2}


def assert_hidden(value: Any, secrets: set[str]) -> None:
    for text in texts(value):
        assert not seen(secrets, text), text
        assert not re.search(r"\b(19|20)\d\d\b", text), text


def seen(secrets: set[str], text: str) -> list[str]:
    return [one for one in secrets if re.search(rf"\b{re.escape(one)}\b", text, re.IGNORECASE)]


def test_no_screen_of_one_person_tells_who_it_is(sample: Services) -> None:
    for row in sample.candidates.rows():
        secrets = telling(sample, row.applicant_id)
        shown = sample.candidates.detail(row.applicant_id, blind=True)
        assert_hidden(shown, secrets)
        for card in shown.credentials:
            assert (card.valid_from, card.valid_until) == (None, None)
            view = sample.evidence.view(card.cred, blind=True)
            assert view.applicant == row.pseudonym
            assert_hidden(view, secrets)


def test_what_matters_is_still_there(sample: Services) -> None:
    for row in sample.candidates.rows():
        open_, blind = (sample.candidates.detail(row.applicant_id, blind=one) for one in (False, True))
        assert [one.state for one in open_.cells] == [one.state for one in blind.cells]
        assert [one.held for one in open_.cells] == [one.held for one in blind.cells]
        assert [one.mark for one in open_.credentials] == [one.mark for one in blind.credentials]
        assert [one.skill_name for one in open_.skills] == [one.skill_name for one in blind.skills]
        assert {one.issuer_tier for one in blind.credentials} <= {
            "recognised",
            "listed",
            "unknown",
            "refused",
            "unproved",
        }


def test_the_pointers_of_a_masked_document_still_lead_somewhere(sample: Services) -> None:
    row = sample.candidates.rows()[0]
    for card in sample.candidates.detail(row.applicant_id).credentials:
        seen, blind = (sample.evidence.view(card.cred, blind=one) for one in (False, True))
        assert shape(seen.document) == shape(blind.document)
        assert "alignment" in json.dumps(blind.document)
        assert skills_of(blind) == skills_of(seen) != []


def skills_of(view: EvidenceView) -> list[str]:
    return re.findall(r'"targetName": "([^"]*)"', json.dumps(view.document))


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return [shape(inner) for inner in value.values()]
    return [shape(inner) for inner in value] if isinstance(value, list) else 0


def test_a_comparison_is_blind_too(sample: Services) -> None:
    ids = [row.applicant_id for row in sample.candidates.rows()[:5]]
    shown = sample.candidates.compare(ids, blind=True)
    for place, one in enumerate(ids):
        assert_hidden((shown.people[place], [line.cells[place] for line in shown.rows]), telling(sample, one))


def test_a_file_without_names_has_no_issuer_and_no_date_of_theirs_either(sample: Services) -> None:
    ids = [row.applicant_id for row in sample.candidates.rows()[:3]]
    for one in ids:
        for download in (sample.exports.candidate_csv(one), sample.exports.candidate_xlsx(one)):
            assert not seen(telling(sample, one), content_of(download))
    compared = content_of(sample.exports.comparison_xlsx(ids))
    assert not [word for one in ids for word in seen(telling(sample, one), compared)]


def test_a_file_with_names_says_so_in_the_log(loaded: Services) -> None:
    [first, *_] = loaded.candidates.rows()
    loaded.exports.candidate_csv(first.applicant_id)
    loaded.exports.candidate_csv(first.applicant_id, names=True)
    assert [line.detail["file"] for line in loaded.activity.rows(action="export.made")] == [
        "candidate-with-names.csv",
        "candidate.csv",
    ]


def content_of(download: Download) -> str:
    if download.filename.endswith(".csv"):
        return download.data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(download.data)) as book:
        return "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets" in name or "shared" in name
        )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("issued to Ada Example", f"issued to {HIDDEN}"),
        ("ADA passed", f"{HIDDEN} passed"),
        ("adapted examples", "adapted examples"),
        ("see https://college.example/x?y=1 or did:web:college.example", f"see {HIDDEN} or {HIDDEN}"),
        ("of 12 June 2019", f"of 12 June {HIDDEN}"),
        ("write to someone@else.example", f"write to {HIDDEN}"),
        ("EQF 6, 20190 points", "EQF 6, 20190 points"),
    ],
)
def test_a_text_loses_what_tells(text: str, shown: str) -> None:
    assert ADA.text(text) == shown


@pytest.mark.parametrize(
    "member",
    ["name", "givenName", "birthDate", "dateOfBirth", "address", "nationality", "gender", "image", "photo",
     "email", "identifier", "issuer", "narrative", "validFrom", "awardedDate", "somethingNew"],
)  # fmt: skip
def test_a_member_that_is_not_known_to_be_harmless_is_hidden(member: str) -> None:
    masked = document({"credentialSubject": {member: "secret", "n": {member: ["secret", 1987, True]}}}, ADA)
    assert masked == {"credentialSubject": {member: HIDDEN, "n": {member: [HIDDEN, HIDDEN, True]}}}


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_any_name_is_masked_in_any_text_without_a_fault(text: str, name: str) -> None:
    hide = mask([name], name.split())
    if name.strip():
        assert name not in hide.text(f"{text}{name}").replace(HIDDEN, "") or name in HIDDEN


def test_nobody_known_hides_only_what_tells_by_itself() -> None:
    assert mask([], []).text("Ada of 1999") == f"Ada of {HIDDEN}"


def test_the_standing_of_an_issuer_says_no_more_than_is_known(sample: Services) -> None:
    """An altered file that names an accepted issuer is not from an accepted issuer."""
    rows = sample.candidates.rows(sample.jobs.sample_id())
    cards = [card for row in rows for card in sample.candidates.detail(row.applicant_id).credentials]
    tiers = {(card.mark.value, card.issuer_tier) for card in cards}
    assert {tier for mark, tier in tiers if mark == "verified"} == {"recognised"}
    assert {card.issuer_tier for card in cards if not card.proved} == {"unproved"}
    assert {card.issuer_tier for card in cards if card.code == "revoked"} == {"listed"}
    assert {card.issuer_tier for card in cards if card.code == "issuer_unknown"} == {"unknown"}
