"""What is not to be had says nothing of the person, whichever address misbehaves and however it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.issuing import json_bytes
from tests.verifier.forging import data_integrity, keys, tokens
from tests.verifier.forging.scene import (
    COLLEGE,
    LIST_URL,
    NOW,
    STRANGER,
    Scene,
    badge,
    revocable,
    token,
    unsigned,
)
from verifier import (
    Answer,
    DccRegistry,
    Limits,
    Linked,
    MemoryWeb,
    Outcome,
    Policy,
    Report,
    Uploaded,
    Verdict,
    verify,
)
from verifier.errors import Unreachable
from verifier.flow import Fetch, Fetched, Purpose

REGISTRY = "https://registry.example/issuers.json"
BADGE_URL = "https://college.example/badges/1"

TROUBLE = {
    "absent": None,
    "error": Answer(status=503),
    "missing": Answer(status=404),
    "gone": Answer(status=410),
    "slow": Answer(delay=60.0),
    "huge": Answer(body=b" " * 31_000_000),
    "a page": Answer(body=b"<!doctype html><title>Welcome</title>", content_type="text/html"),
    "empty": Answer(),
    "half": Answer(body=b'{"id": "did:web:coll'),
    "to this machine": Answer(status=302, redirect="https://127.0.0.1/keys"),
    "to the metadata service": Answer(status=302, redirect="http://169.254.169.254/latest/meta-data"),
    "to itself": Answer(status=302, redirect=BADGE_URL),
    "on this machine": Answer(addresses=(("127.0.0.1",),)),
    "on this machine and outside": Answer(addresses=(("93.184.216.34", "10.0.0.1"),)),
    "nowhere": Answer(addresses=((),)),
}


def whole() -> tuple[Scene, dict[str, bytes | Answer]]:
    """A revocable badge behind a link, its issuer known to a registry alone: four addresses."""
    registry = {
        "meta": {"created": "2026-08-31T00:00:00Z", "updated": "2026-08-31T00:00:00Z"},
        "registry": {COLLEGE.did: {"name": COLLEGE.name, "location": "", "url": "https://college.example"}},
    }
    scene = revocable()
    web: dict[str, bytes | Answer] = {
        **scene.web,
        **COLLEGE.served(),
        REGISTRY: json_bytes(registry),
        BADGE_URL: json_bytes(scene.upload),
    }
    return scene, web


def judged(web: dict[str, bytes | Answer]) -> Report:
    return verify(Linked(BADGE_URL), trust=[DccRegistry(REGISTRY)], web=MemoryWeb(web), now=NOW)


def test_it_is_verified_while_everything_answers() -> None:
    report = judged(whole()[1])
    assert (report.verdict, report.code) == (Verdict.VERIFIED, "verified")
    assert [entry.url for entry in report.consulted] == sorted(
        [BADGE_URL, COLLEGE.did_url, LIST_URL, REGISTRY]
    )


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize("address", [COLLEGE.did_url, LIST_URL, REGISTRY])
def test_trouble_at_an_address_is_neither_a_yes_nor_a_no(address: str, trouble: str) -> None:
    web = whole()[1]
    web.pop(address)
    if (answer := TROUBLE[trouble]) is not None:
        web[address] = replace(answer, redirect=address) if trouble == "to itself" else answer
    report = judged(web)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.code not in ("verified", "internal_error")
    assert not [result for result in report.results if result.outcome is Outcome.FAILED]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_behind_a_link_is_no_verdict_on_anybody(trouble: str) -> None:
    web = whole()[1]
    web.pop(BADGE_URL)
    if (answer := TROUBLE[trouble]) is not None:
        web[BADGE_URL] = answer
    report = judged(web)
    assert report.verdict in (Verdict.INDETERMINATE, Verdict.UNREADABLE)
    assert report.code != "internal_error"
    assert report.credential is None


def test_offline_nobody_is_asked_and_nobody_accused() -> None:
    report = verify(
        Uploaded(json_bytes(revocable().upload), "a.json"),
        trust=[COLLEGE.listed()],
        web=MemoryWeb(whole()[1]),
        policy=Policy.offline(),
        now=NOW,
    )
    assert (report.verdict, report.consulted) == (Verdict.INDETERMINATE, ())
    assert not [result for result in report.results if result.outcome is Outcome.FAILED]


def test_what_names_no_address_is_verified_offline() -> None:
    data = json_bytes(STRANGER.sign(STRANGER.credential()))
    trust = [STRANGER.listed()]
    report = verify(Uploaded(data, "a.json"), trust=trust, policy=Policy.offline(), now=NOW)
    assert report.verdict is Verdict.VERIFIED


# ------------------------------------------------------------------------------------- the order of asking


class Recorder:
    """A web that notes what it is asked for, in order."""

    def __init__(self, web: MemoryWeb) -> None:
        self.web, self.asked = web, list[tuple[Purpose, str]]()

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        self.asked.append((wish.purpose, wish.url))
        return self.web.fetch(wish, limits)


def asked_for(scene: Scene) -> list[tuple[Purpose, str]]:
    web = Recorder(MemoryWeb({**scene.issuer.served(), **scene.web}))
    upload = scene.upload.encode() if isinstance(scene.upload, str) else json_bytes(scene.upload)
    verify(Uploaded(upload, "a"), trust=[scene.issuer.listed()], web=web, now=NOW)
    return web.asked


def test_keys_come_first_and_each_address_is_asked_once() -> None:
    assert asked_for(revocable()) == [(Purpose.KEY, COLLEGE.did_url), (Purpose.STATUS, LIST_URL)]


@pytest.mark.parametrize(
    "forge",
    [
        data_integrity.claim_changed,
        data_integrity.proof_taken_away,
        data_integrity.proof_list_emptied,
        data_integrity.suite_unknown,
        data_integrity.suite_of_2018,
        data_integrity.purpose_authentication,
        data_integrity.context_of_a_stranger,
        keys.issuer_renamed,
        keys.key_for_logging_in,
        keys.key_revoked_before,
        keys.keys_taken_down,
    ],
)
def test_an_unproved_document_leads_to_keys_and_nowhere_else(forge: Callable[[Scene], Scene]) -> None:
    scene = revocable()
    if forge is data_integrity.purpose_authentication:
        scene = replace(scene, upload=COLLEGE.sign(unsigned(scene.upload)))
    assert {purpose for purpose, _ in asked_for(forge(scene))} <= {Purpose.KEY}


def test_an_unproved_document_says_that_its_status_was_not_looked_up() -> None:
    result = data_integrity.claim_changed(revocable()).judged().check("status")
    assert (result.outcome, result.findings[0].code) == (Outcome.INDETERMINATE, "not_checked")


@pytest.mark.parametrize("forge", [tokens.key_at_an_address_alone, tokens.own_key_in_the_header])
def test_a_header_chooses_no_address(forge: Callable[[Scene], Scene]) -> None:
    assert {url for _, url in asked_for(forge(token()))} <= {"https://tokens.example/.well-known/did.json"}


def test_a_vocabulary_is_never_fetched() -> None:
    urls = {url for _, url in asked_for(data_integrity.context_of_a_stranger(badge()))}
    assert urls <= {COLLEGE.did_url}


# ------------------------------------------------------------------------------------- what was asked


def test_redirects_are_reported_hop_by_hop() -> None:
    web = whole()[1]
    web[LIST_URL] = Answer(status=302, redirect=LIST_URL + "/moved")
    web[LIST_URL + "/moved"] = revocable().web[LIST_URL]
    asked = {entry.url: entry for entry in judged(web).consulted}
    assert {LIST_URL, LIST_URL + "/moved"} <= asked.keys()
    assert asked[LIST_URL].sha256 is None


def test_an_address_that_was_refused_was_not_asked() -> None:
    local = badge().serving(did=Answer(addresses=(("127.0.0.1",),)))
    assert local.judged().consulted == ()


class BrokenWeb:
    """A web with a fault of ours in it."""

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        raise ZeroDivisionError(wish.url)


def test_a_fault_of_ours_is_said_to_be_ours() -> None:
    report = verify(
        Uploaded(json_bytes(badge().upload), "a"), trust=[COLLEGE.listed()], web=BrokenWeb(), now=NOW
    )
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "internal_error")
    assert "college" not in report.results[0].findings[0].message


class TiredWeb:
    """A web that answers keys and then no more."""

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        if wish.purpose is Purpose.KEY:
            return Fetched(url=wish.url, body=json_bytes(COLLEGE.did_document()))
        raise Unreachable(wish.url, "the time for all addresses of this file was used up")


def test_the_time_of_an_item_may_run_out() -> None:
    upload = Uploaded(json_bytes(revocable().upload), "a")
    report = verify(upload, trust=[COLLEGE.listed()], web=TiredWeb(), now=NOW)
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "status_unreachable")
