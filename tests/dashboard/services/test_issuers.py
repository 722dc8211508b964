"""The employer's list: every entry has a reason and an approver, and every form of it is remembered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.services import IssuerRow, NoteRequired, Services

COLLEGE = IssuerRow(
    issuer_id="did:web:college.example",
    name="Example College",
    decision="accept",
    types=("OpenBadgeCredential",),
    achievement_types=("Certificate",),
    valid_from=datetime(2024, 1, 1, tzinfo=UTC),
)


def put(services: Services, entry: IssuerRow) -> None:
    services.issuers.put(entry, reason="regional accreditation", approver="hr@acme.example")


def test_an_entry_comes_back_with_reason_and_approver(services: Services) -> None:
    put(services, COLLEGE)
    kept = services.issuers.get("did:web:college.example")
    assert kept is not None
    assert kept == replace(
        COLLEGE,
        reason="regional accreditation",
        approved_by="hr@acme.example",
        updated_at=kept.updated_at,
    )
    assert services.issuers.rows() == (kept,)


@pytest.mark.parametrize(("reason", "approver"), [("", "hr"), ("why", " "), ("\n", "\t")])
def test_an_entry_without_reason_or_approver_is_refused(
    services: Services, reason: str, approver: str
) -> None:
    with pytest.raises(NoteRequired):
        services.issuers.put(COLLEGE, reason=reason, approver=approver)
    assert services.issuers.rows() == ()


@pytest.mark.parametrize(
    "entry",
    [
        replace(COLLEGE, decision="maybe"),
        replace(COLLEGE, issuer_id=""),
        replace(COLLEGE, issuer_id="two words"),
        replace(COLLEGE, issuer_id="did:web:a\u202eb"),
        replace(COLLEGE, issuer_id="did:" + "x" * 3_000),
        replace(
            COLLEGE, valid_from=datetime(2026, 1, 1, tzinfo=UTC), valid_until=datetime(2025, 1, 1, tzinfo=UTC)
        ),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_and_nothing_is_kept(
    services: Services, entry: IssuerRow
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        put(services, entry)
    assert services.issuers.rows() == ()
    assert services.activity.rows(action="issuer.") == ()


def test_identifiers_are_compared_exactly(services: Services) -> None:
    put(services, COLLEGE)
    assert services.issuers.get("did:web:College.example") is None
    assert services.issuers.get("did:web:college.example ") is None


def test_earlier_forms_are_remembered(services: Services) -> None:
    put(services, COLLEGE)
    put(services, replace(COLLEGE, decision="refuse"))
    services.issuers.remove(COLLEGE.issuer_id, reason="closed down")
    assert services.issuers.get(COLLEGE.issuer_id) is None
    history = services.issuers.history(COLLEGE.issuer_id)
    assert [row.decision for row in history] == ["removed", "refuse", "accept"]
    actions = [row.action for row in services.activity.rows(action="issuer.")]
    assert actions == ["issuer.removed", "issuer.refuse", "issuer.accept"]


def test_a_list_is_read_as_it_was_written_keys_included(services: Services) -> None:
    key = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    listed = {
        "version": 1,
        "name": "Acme",
        "issuers": [
            {
                "id": "did:web:college.example", "name": "Example College", "decision": "accept",
                "scope": {"types": ["*"], "valid_from": "2024-01-01T00:00:00Z"},
                "jwks": {"keys": [key]}, "reason": "known", "approved_by": "hr",
            }
        ],
    }  # fmt: skip
    assert services.issuers.read(json.dumps(listed).encode(), reason="import", approver="hr") == 1
    written = json.loads(services.issuers.file().data)
    assert written["issuers"] == listed["issuers"]
    [row] = services.issuers.rows()
    assert row.has_keys
    put(services, replace(row, name="College"))
    assert json.loads(services.issuers.file().data)["issuers"][0]["jwks"] == {"keys": [key]}


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"version": 9, "name": "", "issuers": []}'])
def test_a_file_that_is_no_list_is_refused_in_a_sentence(services: Services, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^The issuer list .*\.$"):
        services.issuers.read(data, reason="import", approver="hr")
