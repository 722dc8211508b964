"""A hosted list is evidence only from the issuer's own origin, and only in a shape that can say no."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from verifier.errors import VerifierError
from verifier.model import Credential, Issuer, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.status import lookup
from verifier.status.revocation_list import is_on_origin_of, require_not_revoked

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
URL = "https://college.example/revocations"
LIMITS = Limits()


def code(kind: str, listed: JsonObject, **about: Any) -> str:
    method = lookup(kind)
    about = {"id": "https://college.example/badge/1", "issuer": Issuer(id="https://college.example"), **about}
    entry = StatusEntry(type=kind, document={"id": URL}, pointer="")
    try:
        located = method.locate(entry, Credential(format="open_badges_2", **about), LIMITS)
        return method.decide(listed, located, LIMITS, NOW).code
    except VerifierError as error:
        return error.code


@pytest.mark.parametrize(
    ("issuer", "url", "same"),
    [
        ("https://college.example/issuer", URL, True),
        ("https://COLLEGE.example", URL, True),
        ("https://college.example:443", URL, True),
        ("did:web:college.example", URL, True),
        ("did:web:college.example:people:alice", URL, True),
        ("did:web:college.example%3A8443", "https://college.example:8443/revocations", True),
        ("did:web:college.example%3A8443", URL, False),
        ("https://college.example:8443", URL, False),
        ("http://college.example", URL, False),
        ("https://college.example", "http://college.example/revocations", False),
        ("https://college.example", "https://college.example.evil.example/", False),
        ("https://college.example", "https://evil.example/https://college.example/", False),
        ("https://college.example", "https://college.example@evil.example/", False),
        ("https://user@college.example", URL, False),
        ("https://www.college.example", URL, False),
        ("did:web:college.example%2Fx", URL, False),
        ("did:web:", URL, False),
        ("did:key:z6Mk", URL, False),
        ("urn:uuid:1", URL, False),
        ("", URL, False),
        ("", "", False),
        ("https://[", URL, False),
        ("https://college.example:99999", URL, False),
    ],
)
def test_an_origin_is_scheme_host_and_port_exactly(issuer: str, url: str, same: bool) -> None:
    assert is_on_origin_of(issuer, url) is same


ISSUER = {"id": URL, "issuer": "https://college.example"}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (ISSUER, "status_clear"),
        ({**ISSUER, "revokedCredentials": []}, "status_list_unusable"),
        ({"error": "not found"}, "status_list_unusable"),
        ({"id": URL, "revokedCredential": []}, "status_list_unusable"),
        ({}, "status_list_unusable"),
        ({**ISSUER, "issuer": {"id": "https://college.example", "type": "Profile"}}, "status_clear"),
        ({**ISSUER, "revokedCredential": [{"id": "https://college.example/badge/1"}]}, "revoked"),
        (
            {**ISSUER, "revokedCredential": [{"id": "https://college.example/badge/1", "revoked": True}]},
            "revoked",
        ),
        (
            {**ISSUER, "revokedCredential": [{"id": "https://college.example/badge/1", "revoked": False}]},
            "status_clear",
        ),
        (
            {**ISSUER, "revokedCredential": [{"id": "https://college.example/badge/1", "revoked": "yes"}]},
            "status_list_unusable",
        ),
        ({**ISSUER, "revokedCredential": [{"uid": "https://college.example/badge/1"}]}, "status_clear"),
    ],
)
def test_a_1edtech_list_names_what_is_revoked(document: JsonObject, expected: str) -> None:
    assert code("1EdTechRevocationList", document) == expected


def badge_list(*entries: Any) -> JsonObject:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "RevocationList",
        "revokedAssertions": [*entries],
    }


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (badge_list(), "status_clear"),
        (badge_list("https://college.example/badge/1"), "revoked"),
        (badge_list({"uid": "abc-1"}), "revoked"),
        (badge_list({"id": "https://college.example/badge/1", "uid": []}), "revoked"),
        (badge_list({"id": "https://college.example/badge/2", "uid": ["abc-1"]}), "status_clear"),
        (badge_list("https://college.example/badge/2", 7), "status_list_unusable"),
        ({"type": "RevocationList"}, "status_list_unusable"),
        ({"type": "Issuer"}, "status_list_unusable"),
        ({"abc-1": "issued in error"}, "revoked"),
        ({"abc-1": None}, "revoked"),
        ({"abc-2": "issued in error"}, "status_list_unusable"),
        ({"message": "Not Found"}, "status_list_unusable"),
        ({}, "status_list_unusable"),
    ],
)
def test_an_open_badges_list_names_what_is_revoked(document: JsonObject, expected: str) -> None:
    assert code("RevocationList", document, document={"uid": "abc-1"}) == expected


def test_an_issuer_without_an_id_has_no_list() -> None:
    assert code("RevocationList", {**badge_list(), "issuer": "https://college.example"}, issuer=None) == (
        "status_list_untrusted"
    )


@pytest.mark.parametrize(
    ("hosted", "expected"),
    [
        ({"revoked": True}, "revoked"),
        ({"revoked": True, "revocationReason": "issued in error"}, "revoked"),
        ({"revoked": "true"}, "status_list_unusable"),
        ({"revoked": None}, "status_list_unusable"),
    ],
)
def test_the_issuers_own_copy_may_say_revoked(hosted: JsonObject, expected: str) -> None:
    with pytest.raises(VerifierError) as caught:
        require_not_revoked(hosted)
    assert caught.value.code == expected


@pytest.mark.parametrize("hosted", [{}, {"revoked": False}])
def test_the_issuers_own_copy_is_silent_when_all_is_well(hosted: JsonObject) -> None:
    require_not_revoked(hosted)
