"""verify() as a whole: whatever comes in, a report comes out, and only what was signed is verified."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.issuing import json_bytes, zip_of
from tests.verifier.forging.data_integrity import claim_changed
from tests.verifier.forging.scene import (
    COLLEGE,
    LIST_URL,
    NOW,
    STRANGER,
    TOKENS,
    WALLET,
    badge,
    held,
    presented,
    record,
    revocable,
    unsigned,
)
from verifier import (
    Answer,
    Limits,
    Linked,
    MemoryWeb,
    Outcome,
    Policy,
    PresentationRequest,
    Report,
    Uploaded,
    Verdict,
    verify,
)
from verifier.report import CHECK_NAMES

TRUST = tuple(issuer.listed() for issuer in (COLLEGE, TOKENS))
WEB = {**COLLEGE.served(), **TOKENS.served(), **revocable().web}


def judged(data: bytes | str, name: str = "upload", **given: Any) -> Report:
    body = data if isinstance(data, bytes) else data.encode()
    return verify(Uploaded(body, name), **{"trust": TRUST, "web": MemoryWeb(WEB), "now": NOW, **given})


def linked(url: str, pages: dict[str, bytes | Answer], **given: Any) -> Report:
    return verify(Linked(url), trust=TRUST, web=MemoryWeb({**WEB, **pages}), now=NOW, **given)


# ------------------------------------------------------------------------------------- misuse only


@pytest.mark.parametrize("source", [b"{}", "https://college.example/", None, 5])
def test_a_source_of_another_kind_is_misuse(source: Any) -> None:
    with pytest.raises(TypeError):
        verify(source)


@pytest.mark.parametrize(
    "now", [datetime(2026, 9, 1), datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))]
)
def test_a_clock_that_nobody_can_read_is_misuse(now: datetime) -> None:
    with pytest.raises(ValueError, match="now"):
        verify(Uploaded(b"", "a"), now=now)


def test_the_clock_is_the_real_one_unless_given() -> None:
    before = datetime.now(UTC)
    assert before <= verify(Uploaded(b"", "a")).at <= datetime.now(UTC)


def test_any_zone_is_told_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=2)))
    assert verify(Uploaded(b"", "a"), now=there).to_dict()["at"] == "2026-09-01T09:00:00Z"


# ------------------------------------------------------------------------------------- all checks, always


def test_every_check_is_reported_in_its_order() -> None:
    for report in (badge().judged(), claim_changed(badge()).judged(), judged(b"")):
        assert tuple(result.check for result in report.results) == CHECK_NAMES[:-1]
    asked = judged(json_bytes(badge().upload), request=PresentationRequest(challenge="c"))
    assert tuple(result.check for result in asked.results) == CHECK_NAMES


def test_an_expired_badge_still_says_that_its_signature_holds() -> None:
    document = COLLEGE.credential(validUntil="2026-08-01T00:00:00Z")
    report = judged(json_bytes(COLLEGE.sign(document)))
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.check("validity").outcome is Outcome.FAILED


def test_what_is_proved_is_the_document_without_its_proof() -> None:
    assert badge().judged().proved == unsigned(badge().upload)
    assert claim_changed(badge()).judged().proved is None
    assert presented().judged().proved is None


# ------------------------------------------------------------------------------------- links

GOOD = json_bytes(badge().upload)
PAGE = "https://college.example/badge/1"
FILE = "https://college.example/badge/1.json"


def page(body: str) -> Answer:
    return Answer(
        body=f"<!doctype html><html><head>{body}</head></html>".encode(),
        content_type="text/html; charset=utf-8",
    )


def test_a_link_leads_to_its_credential() -> None:
    report = linked(FILE, {FILE: GOOD})
    assert (report.verdict, report.source) == (Verdict.VERIFIED, FILE)
    assert report.sha256


def test_a_page_leads_to_its_document() -> None:
    head = '<link rel="alternate" type="application/ld+json" href="1.json">'
    report = linked(PAGE, {PAGE: page(head), FILE: GOOD})
    assert (report.verdict, report.source) == (Verdict.VERIFIED, PAGE)
    assert [entry.url for entry in report.consulted] == sorted([PAGE, FILE, COLLEGE.did_url])


def test_a_share_link_leads_to_the_platforms_document() -> None:
    uuid = "7e75e005-b03e-4347-af3c-dcab5e629df2"
    report = linked(
        f"https://verifierplus.org/credentials/{uuid}",
        {
            f"https://verifierplus.org/api/credentials/{uuid}": json_bytes(
                {"credential": badge().upload, "vp": {}}
            )
        },
    )
    assert report.verdict is Verdict.VERIFIED


def test_pages_are_not_followed_for_ever() -> None:
    pages: dict[str, bytes | Answer] = {
        f"https://maze.example/{number}": page(
            f'<link rel="alternate" type="application/json" href="https://maze.example/{number + 1}">'
        )
        for number in range(50)
    }
    report = linked("https://maze.example/0", pages)
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "not_a_credential")
    assert len(report.consulted) <= 4


def test_a_page_that_points_at_itself_is_asked_once() -> None:
    head = f'<link rel="alternate" type="application/json" href="{PAGE}">'
    report = linked(PAGE, {PAGE: page(head)})
    assert [entry.url for entry in report.consulted] == [PAGE]


def test_a_page_does_not_lead_onto_this_machine() -> None:
    head = '<link rel="alternate" type="application/json" href="https://127.0.0.1/admin.json">'
    report = linked(PAGE, {PAGE: page(head)})
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "address_refused")
    assert [entry.url for entry in report.consulted] == [PAGE]


def test_a_link_in_a_text_is_followed() -> None:
    report = verify(
        Uploaded(FILE.encode(), "pasted"), trust=TRUST, web=MemoryWeb({**WEB, FILE: GOOD}), now=NOW
    )
    assert report.verdict is Verdict.VERIFIED
    (inner,) = report.contained
    assert inner.source == f"pasted/{FILE}"


# ------------------------------------------------------------------------------------- members


def test_each_member_keeps_its_own_verdict() -> None:
    forged = json_bytes(claim_changed(badge()).upload)
    report = judged(zip_of({"good.json": GOOD, "bad.json": forged, "what.json": b"?"}), "all.zip")
    assert (report.verdict, report.code) == (Verdict.FAILED, "invalid_signature")
    assert {inner.source: inner.verdict for inner in report.contained} == {
        "all.zip/good.json": Verdict.VERIFIED,
        "all.zip/bad.json": Verdict.FAILED,
        "all.zip/what.json": Verdict.UNREADABLE,
    }


def test_a_policy_may_weigh_a_record_by_itself() -> None:
    child = claim_changed(badge()).upload
    upload = json_bytes(COLLEGE.sign(COLLEGE.clr([child])))
    assert judged(upload).verdict is Verdict.FAILED
    alone = judged(upload, policy=Policy.standard().replace(weigh_contained=False))
    assert alone.contained[0].verdict is Verdict.FAILED
    assert (judged(upload).own_verdict, judged(upload).own_code) == (alone.verdict, alone.code)


def test_a_collection_without_a_credential_is_unreadable() -> None:
    report = judged(zip_of({"a.json": b"{}", "b.txt": b"hello"}), "cv.zip")
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "not_a_credential")
    assert len(report.contained) == 2


def test_several_credentials_in_one_array_are_judged_one_by_one() -> None:
    other = TOKENS.jwt(TOKENS.credential())
    report = judged(json.dumps([badge().upload, other]))
    assert [inner.verdict for inner in report.contained] == [Verdict.VERIFIED] * 2
    assert report.verdict is Verdict.VERIFIED


def test_more_members_than_allowed_are_not_read() -> None:
    few = Policy.standard().replace(limits=Limits(nested_credentials=2))
    for upload in (
        json.dumps([badge().upload] * 3),
        json.dumps(WALLET.presentation([badge().upload] * 3)),
        json.dumps(COLLEGE.clr([badge().upload] * 3)),
    ):
        report = judged(upload, policy=few)
        assert (report.verdict, report.code) == (Verdict.UNREADABLE, "too_large")


def test_nesting_ends_somewhere() -> None:
    document = badge().upload
    for _ in range(8):
        document = WALLET.presentation([document])
    report = judged(json_bytes(document))
    assert report.verdict is not Verdict.VERIFIED
    depths = [inner.source.count("/credential") for inner in report.walk()]
    assert max(depths) == Limits().nesting + 1
    assert [inner.code for inner in report.walk() if inner.source.count("/credential") == max(depths)] == [
        "too_large"
    ]


def test_a_record_within_a_presentation_is_judged_to_its_last_badge() -> None:
    report = judged(json_bytes(WALLET.presentation([record().upload])))
    assert [inner.verdict for inner in report.walk()] == [Verdict.VERIFIED] * 3


def test_a_presentation_is_no_better_than_its_worst_issuer() -> None:
    good, unknown = COLLEGE.sign(held()), STRANGER.sign(STRANGER.credential())
    report = judged(json_bytes(WALLET.presentation([good, unknown])))
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "issuer_unknown")
    assert [inner.verdict for inner in report.contained] == [Verdict.VERIFIED, Verdict.INDETERMINATE]


# ------------------------------------------------------------------------------------- lists


def test_a_list_whose_status_is_itself_ends() -> None:
    endless = COLLEGE.status_list(LIST_URL) | {"credentialStatus": COLLEGE.status_entry(LIST_URL, 1)}
    report = replace(revocable(), web={LIST_URL: json_bytes(COLLEGE.sign(endless))}).judged()
    assert report.code != "internal_error"
    assert len(report.consulted) == 2
