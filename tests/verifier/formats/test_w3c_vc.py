"""The data model: what every credential has in common, and every way of breaking it, each with its place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_proofs import VCDM1, VCDM2
from tests.verifier.forging.scene import COLLEGE
from verifier import Credential, Limits, formats
from verifier.errors import NotACredential
from verifier.formats import format_of
from verifier.formats.w3c_vc import is_url, version_of

LIMITS = Limits()
MOMENT = datetime(2026, 6, 30, tzinfo=UTC)


def credential(**changes: Any) -> Json:
    """VCDM 2.0, of no further kind."""
    document = {
        "@context": [VCDM2],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": COLLEGE.did,
        "validFrom": "2026-06-30T00:00:00Z",
        "credentialSubject": {"id": "did:web:ada.example"},
        **changes,
    }
    return {name: value for name, value in document.items() if value is not None}


def older(**changes: Any) -> Json:
    """VCDM 1.1."""
    dates = {"validFrom": None, "issuanceDate": "2026-06-30T00:00:00Z"}
    return credential(**{"@context": [VCDM1], **dates, **changes})


def read(document: Json) -> Credential:
    return formats.read(json_bytes(document), LIMITS)


def complaints(document: Json) -> list[tuple[str, str]]:
    found = read(document)
    entry = format_of(found)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(found)]


@pytest.mark.parametrize("document", [credential(), older()])
def test_what_is_well_formed_has_no_complaint(document: Json) -> None:
    assert read(document).format == "w3c_vc"
    assert complaints(document) == []


def test_the_version_is_that_of_the_context() -> None:
    assert [version_of(document) for document in (credential(), older(), {})] == [2, 1, 2]


def test_a_context_and_a_subject_make_a_credential_even_without_its_type() -> None:
    assert read(credential(type=None)).format == "w3c_vc"
    assert ("malformed", "/type") in complaints(credential(type=None))
    with pytest.raises(NotACredential):
        read(credential(type=None, credentialSubject=None))


def test_both_spellings_of_the_dates_are_read() -> None:
    for document in (
        credential(validUntil="2027-06-30T00:00:00Z"),
        older(expirationDate="2027-06-30T00:00:00Z"),
    ):
        found = read(document)
        assert (found.valid_from, found.issued) == (MOMENT, MOMENT)
        assert found.valid_until == datetime(2027, 6, 30, tzinfo=UTC)


def test_a_name_in_several_languages_is_read_in_ours() -> None:
    names = [{"@value": "Abschluss", "@language": "de"}, {"@value": "Degree", "@language": "en"}]
    assert read(credential(name=names)).name == "Degree"


def test_an_issuer_is_a_text_or_an_object() -> None:
    profile = {"id": COLLEGE.did, "name": "College", "url": "https://college.example"}
    issuer = read(credential(issuer=profile)).issuer
    assert issuer is not None
    assert (issuer.id, issuer.name, issuer.url) == (COLLEGE.did, "College", "https://college.example")
    assert read(credential(issuer=COLLEGE.did)).issuer is not None
    assert read(credential(issuer=[COLLEGE.did])).issuer is None
    assert read(credential(issuer={"id": COLLEGE.did, "url": 5})).issuer.url is None  # type: ignore[union-attr]  # it has one


def test_every_proof_is_kept_whatever_it_is() -> None:
    proofs = read(credential(proof=[{"type": "DataIntegrityProof"}, "signed", {"type": 5}])).proofs
    assert [getattr(proof, "type", None) for proof in proofs] == ["DataIntegrityProof", "", ""]
    assert read(credential(proof={"type": "A"})).proofs[0].pointer == "/proof"  # type: ignore[union-attr]  # embedded


def test_every_status_is_kept_whatever_it_is() -> None:
    entries = read(credential(credentialStatus=[{"type": ["A", "B"]}, "revoked", {}])).statuses
    assert [(entry.type, entry.pointer) for entry in entries] == [
        ("A", "/credentialStatus/0"),
        ("", "/credentialStatus/1"),
        ("", "/credentialStatus/2"),
    ]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"@context": ["https://example.org/v1", VCDM2]}, "/@context"),
        ({"@context": {"@vocab": "https://example.org/"}}, "/@context"),
        ({"@context": [VCDM2, 5]}, "/@context/1"),
        ({"@context": None}, "/@context"),
        ({"type": ["Degree"], "@context": [VCDM2]}, "/type"),
        ({"type": ["VerifiableCredential", 5]}, "/type"),
        ({"type": ["VerifiableCredential", ""]}, "/type"),
        ({"id": "here"}, "/id"),
        ({"id": 5}, "/id"),
        ({"id": ["urn:a"]}, "/id"),
        ({"issuer": "The College"}, "/issuer"),
        ({"issuer": {"name": "The College"}}, "/issuer"),
        ({"issuer": [COLLEGE.did]}, "/issuer"),
        ({"issuer": None}, "/issuer"),
        ({"credentialSubject": []}, "/credentialSubject"),
        ({"credentialSubject": {}}, "/credentialSubject"),
        ({"credentialSubject": "Ada"}, "/credentialSubject"),
        ({"credentialSubject": [{"id": "urn:a"}, "Ada"]}, "/credentialSubject/1"),
        ({"credentialSubject": {"id": "Ada"}}, "/credentialSubject/id"),
        ({"validFrom": "2026-06-30"}, "/validFrom"),
        ({"validUntil": "tomorrow"}, "/validUntil"),
        ({"validUntil": ["2027-06-30T00:00:00Z"]}, "/validUntil"),
        ({"validUntil": "2026-06-01T00:00:00Z"}, "/validUntil"),
        ({"awardedDate": "last week"}, "/awardedDate"),
        ({"credentialStatus": "revoked"}, "/credentialStatus"),
        ({"credentialStatus": [{"type": "A"}, {"id": "urn:a"}]}, "/credentialStatus/1"),
        ({"credentialStatus": {"type": "A", "id": "here"}}, "/credentialStatus/id"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "/credentialSchema"),
        ({"evidence": [{"id": "urn:a"}]}, "/evidence/0"),
        ({"termsOfUse": {"type": 5}}, "/termsOfUse"),
        ({"refreshService": {}}, "/refreshService"),
        ({"proof": "signed"}, "/proof"),
        ({"proof": [{"type": "A"}, {}]}, "/proof/1"),
        ({"name": {"@value": 5}}, "/name"),
        ({"description": {"@value": "a", "@language": "en", "url": "urn:a"}}, "/description"),
        ({"issuer": {"id": COLLEGE.did, "name": {"en": "College"}}}, "/issuer/name"),
    ],
)
def test_what_the_data_model_forbids_is_named(changes: Json, pointer: str) -> None:
    assert ("malformed", pointer) in complaints(credential(**changes))


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"issuanceDate": None}, "/issuanceDate"),
        ({"issuanceDate": "2026"}, "/issuanceDate"),
        ({"expirationDate": "2026-06-01T00:00:00Z"}, "/expirationDate"),
    ],
)
def test_what_the_older_model_forbids_is_named(changes: Json, pointer: str) -> None:
    assert ("malformed", pointer) in complaints(older(**changes))


def test_the_older_model_says_nothing_about_languages() -> None:
    assert complaints(older(name={"en": "Degree"})) == []


def test_several_faults_are_all_named() -> None:
    document = credential(id="here", issuer="College", validUntil="tomorrow")
    assert [pointer for _, pointer in complaints(document)] == ["/id", "/issuer", "/validUntil"]


@pytest.mark.parametrize("value", ["did:web:a", "urn:uuid:1", "https://a.example/ä", "a+b-c.d:x"])
def test_a_url_has_a_scheme(value: str) -> None:
    assert is_url(value)


@pytest.mark.parametrize(
    "value", ["", "a", ":a", "1a:b", "a: b", "a:", "a b:c", "a:b\nc", "ä:b", 5, None, ["urn:a"]]
)
def test_what_has_none_is_no_url(value: Any) -> None:
    assert not is_url(value)
