"""Which addresses may speak for the issuer of an Open Badge 2.0."""

from __future__ import annotations

import pytest

from verifier.hosting_scope import is_in_scope, origin_of

ISSUER = "https://college.example/issuer"


@pytest.mark.parametrize(
    "url",
    [
        "https://college.example/a",
        "https://COLLEGE.example/a",
        "https://college.example:443/a",
        "http://college.example/a",
    ],
)
def test_the_origin_of_the_issuer_speaks_for_it(url: str) -> None:
    assert is_in_scope(url, {}, ISSUER)


@pytest.mark.parametrize(
    "url",
    [
        "https://college.example.evil.example/a",
        "https://evil.example/https://college.example/a",
        "https://college.example@evil.example/a",
        "https://college.example:8443/a",
        "https://sub.college.example/a",
        "https://college.example\\@evil.example/a",
        "ftp://college.example/a",
        "urn:uuid:1",
        "",
    ],
)
def test_no_other_origin_does(url: str) -> None:
    assert not is_in_scope(url, {}, ISSUER)


@pytest.mark.parametrize(
    ("rules", "url", "speaks"),
    [
        ({"allowedOrigins": "badges.example"}, "https://badges.example/a", True),
        ({"allowedOrigins": ["badges.example"]}, "https://college.example/a", False),
        ({"allowedOrigins": ["https://badges.example"]}, "https://badges.example/a", True),
        ({"allowedOrigins": ["example"]}, "https://badges.example/a", False),
        ({"allowedOrigins": []}, "https://college.example/a", False),
        ({"startsWith": "https://badges.example/c/"}, "https://badges.example/c/1", True),
        ({"startsWith": "https://badges.example/c/"}, "https://badges.example/d/1", False),
        ({"startsWith": "https://badges.example/c/"}, "https://badges.example/c/../d/1", False),
        ({"startsWith": "https://badges.example/c/"}, "https://badges.example/c/%2e%2e/d/1", False),
        ({"startsWith": "https://badges.example"}, "https://badges.example.evil.example/a", False),
        (
            {"startsWith": ["https://x.example/", "https://badges.example/c/"]},
            "https://badges.example/c/1",
            True,
        ),
        ({"startsWith": []}, "https://college.example/a", False),
        (
            {"startsWith": "https://badges.example/c/", "allowedOrigins": "o.example"},
            "https://badges.example/c/1",
            False,
        ),
    ],
)
def test_the_rules_of_the_profile_decide(rules: dict[str, object], url: str, speaks: bool) -> None:
    assert is_in_scope(url, {"verification": rules}, ISSUER) is speaks


def test_a_port_out_of_range_has_no_origin() -> None:
    assert origin_of("https://college.example:99999/a") is None
