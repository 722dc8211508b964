"""Share links are mapped by pattern, never by resemblance; text and pages are searched in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.formats import links
from verifier.formats.links import NoDocument, collect, find_in_html, machine_readable
from verifier.policy import Limits

UUID = "7e75e005-b03e-4347-af3c-dcab5e629df2"
CREDLY = f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"
BADGR = "wZziwWP7QtaD55aomZ-AoA"
HASH = "036df2b4b0ce29eaedb39900a1ded618e9404977"


@pytest.mark.parametrize(
    ("page", "document"),
    [
        (f"https://www.credly.com/badges/{UUID}", CREDLY),
        (f"https://www.credly.com/badges/{UUID.upper()}/public_url?x=1", CREDLY),
        (f"http://credly.com/earner/earned/badge/{UUID}", CREDLY),
        (f"https://www.youracclaim.com/badges/{UUID}/linked_in_profile", CREDLY),
        (CREDLY, CREDLY),
        (f"https://badgr.com/public/assertions/{BADGR}?identity__email=a%40b.example", f"https://api.badgr.io/public/assertions/{BADGR}"),
        (f"https://badges.parchment.com/public/assertions/{BADGR}", f"https://api.badgr.io/public/assertions/{BADGR}"),
        (f"https://eu.badgr.com/public/assertions/{BADGR}", f"https://api.eu.badgr.io/public/assertions/{BADGR}"),
        (f"https://api.ca.badgr.io/public/assertions/{BADGR}", f"https://api.ca.badgr.io/public/assertions/{BADGR}"),
        (f"https://www.edubadges.nl/public/assertions/{BADGR}", f"https://api.edubadges.nl/public/assertions/{BADGR}"),
        (f"https://openbadgefactory.com/v1/assertion/{HASH}.html", f"https://openbadgefactory.com/v1/assertion/{HASH}"),
        (f"https://www.credential.net/{UUID}#gs.1", f"https://api.accredible.com/v1/obi/badge_assertions/{UUID}"),
        (f"https://verifierplus.org/credentials/{UUID}", f"https://verifierplus.org/api/credentials/{UUID}"),
        ("https://verifierplus.org/#verify?vc=https://a.example/c.json", "https://a.example/c.json"),
        ("https://verifierplus.org/#verify?vc=https%3A%2F%2Fa.example%2Fc.json", "https://a.example/c.json"),
    ],
)  # fmt: skip
def test_a_known_share_link_has_a_machine_readable_document(page: str, document: str) -> None:
    assert machine_readable(page)[0] == document


@pytest.mark.parametrize(
    "page",
    [
        f"https://credly.com.evil.example/badges/{UUID}",
        f"https://evil.example/www.credly.com/badges/{UUID}",
        f"https://www.credly.com@evil.example/badges/{UUID}",
        f"https://www.credly.com:8443/badges/{UUID}",
        f"https://www.credly.com/badges/{UUID}0",
        f"https://www.credly.com/badges/..%2f{UUID}",
        f"ftp://www.credly.com/badges/{UUID}",
        "https://verifierplus.org/#verify?vc=http://a.example/c.json",
        "https://verifierplus.org/#verify?vc=file:///etc/passwd",
        "https://[::1/",
        "https://www.credly.com:x/badges",
        "https://www.credential.net/aaqjj8kx",
        "https://college.example/credentials/1",
        "",
    ],
)
def test_what_only_looks_like_a_share_link_is_not_mapped(page: str) -> None:
    assert machine_readable(page) == ()


def test_links_are_collected_from_text_once_and_in_order() -> None:
    text = f"""Badges: (https://www.credly.com/badges/{UUID}), credly.com/badges/{UUID}/public_url.
    Twice: <https://www.credly.com/badges/{UUID}>; file "https://a.example/c.json"!
    Home https://me.example/ mail me@a.example a/b and/or https://www.linkedin.com/in/me"""
    assert collect(text) == (
        f"https://www.credly.com/badges/{UUID}",
        f"https://credly.com/badges/{UUID}/public_url",
        "https://a.example/c.json",
    )


def test_the_number_of_links_is_bounded() -> None:
    text = " ".join(f"https://a.example/{n}.json" for n in range(200))
    assert len(collect(text, Limits())) == Limits().links


@pytest.mark.parametrize("unit", ["https://", "a.b/", "/", "https://www.credly.com/badges/", "<a href=", "x"])
def test_a_megabyte_of_anything_is_searched_at_once(unit: str) -> None:
    assert collect(unit * (1_000_000 // len(unit))) == ()
    assert find_in_html((unit * (1_000_000 // len(unit))).encode(), "https://a.example/") == ()


def test_a_platform_that_publishes_nothing_is_named() -> None:
    [member] = links.members(("https://www.linkedin.com/learning/certificates/" + "a" * 64,))
    assert isinstance(member.error, NoDocument)
    assert "LinkedIn" in str(member.error)


def test_a_page_points_to_its_json() -> None:
    html = f"""<!doctype html><html><head>
    <link rel="canonical" href="https://www.credly.com/badges/{UUID}">
    <LINK REL='alternate' TYPE="application/ld+json; charset=utf-8" HREF='/assertion/1.json?a=1&amp;b=2'>
    <link rel=alternate type=application/rss+xml href=/feed.json>
    </head><body><a class="x" href="download.json">JSON</a> <a href="javascript:alert(1)">x</a>
    <a href="http://a.example/plain.json">no</a></body></html>"""
    assert find_in_html(html.encode(), "https://a.example/badge/1") == (
        "https://a.example/assertion/1.json?a=1&b=2",
        CREDLY,
        "https://a.example/badge/download.json",
    )


@pytest.mark.parametrize(
    "tag",
    ["<a ", "<link " + "a" * 2_900 + ">", "<a href=" + "=" * 2_900 + ">", "<meta x" + " " * 2_900 + ">"],
)
def test_a_hostile_page_is_searched_in_linear_time(tag: str) -> None:
    assert find_in_html((tag * (2_000_000 // len(tag))).encode(), "https://a.example/") == ()


def test_the_credential_is_taken_out_of_the_answer_of_verifierplus() -> None:
    answer = {"id": "1", "vp": {}, "credential": {"id": "urn:x"}, "shared": True}
    assert links.shared_credential(answer) == {"id": "urn:x"}
    assert links.shared_credential({"@context": [], "credential": {}, "vp": {}}) is None
    assert links.shared_credential({"credential": "x", "vp": {}}) is None


@given(st.text(max_size=300))
def test_any_text_is_searched_without_an_exception(text: str) -> None:
    machine_readable(text)
    collect(text)
    find_in_html(text.encode("utf-8", "surrogatepass"), "https://a.example/")
    find_in_html(b"<a href='" + text.encode("utf-8", "surrogatepass") + b"'>", "https://a.example/")
