"""An SD-JWT credential is the claims of a token, with what its holder chose to disclose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import seconds
from tests.issuing_proofs import disclosure
from tests.verifier.forging.scene import PINNED, disclosed
from verifier import Credential, Limits, Verdict, formats
from verifier.formats import format_of

LIMITS = Limits()
CLAIMS: Json = {"vct": "https://sd.example/vct/bachelor-of-science", "title": "BSc Statistics"}


def read(token: str) -> Credential:
    return formats.read(token.encode(), LIMITS)


def complaints(token: str) -> list[tuple[str, str]]:
    credential = read(token)
    entry = format_of(credential)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(credential)]


def token(shown: Any = (), header: Json | None = None, **claims: Any) -> str:
    return PINNED.sd_jwt({**CLAIMS, **claims}, shown, header=header)


def test_its_claims_are_read() -> None:
    credential = read(
        token(
            jti="urn:uuid:1",
            sub="did:web:ada.example",
            exp=seconds("2031-06-30T00:00:00Z"),
            issuer_name="College",
        )
    )
    assert credential.format == "sd_jwt_vc"
    assert (credential.id, credential.name, credential.types) == (
        "urn:uuid:1",
        "BSc Statistics",
        (CLAIMS["vct"],),
    )
    assert credential.issuer is not None
    assert (credential.issuer.id, credential.issuer.name) == (PINNED.did, "College")
    assert credential.issued == datetime(2026, 6, 30, tzinfo=UTC)
    assert credential.valid_until == datetime(2031, 6, 30, tzinfo=UTC)
    assert [achievement.name for achievement in credential.achievements] == ["BSc Statistics"]
    assert complaints(token()) == []


def test_it_holds_what_was_disclosed_and_no_more() -> None:
    whole = token(["title", "grade"], grade="A")
    assert read(whole).document["grade"] == "A"
    first, *disclosures, _ = whole.split("~")
    fewer = "~".join([first, disclosures[0], ""])
    assert "grade" not in read(fewer).document
    assert complaints(fewer) == []


def test_it_is_bound_to_a_person_by_its_claims() -> None:
    (subject,) = read(
        token(given_name="Ada", family_name="Example", email="ada@example.org", mobile_phone_number="+49 1")
    ).subjects
    assert (subject.id, subject.name) == (None, "Ada Example")
    assert [(entry.kind, entry.value, entry.pointer) for entry in subject.identifiers] == [
        ("emailAddress", "ada@example.org", "/email"),
        ("telephone", "+49 1", "/mobile_phone_number"),
    ]


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"title": None, "achievement_title": "MSc"}, "MSc"),
        ({"title": None}, "bachelor-of-science"),
        ({"title": None, "vct": "urn:eu:learning:credential:1"}, "1"),
        ({"title": None, "vct": "x" * 300}, ""),
    ],
)
def test_it_has_a_name_even_without_a_title(claims: Json, name: str) -> None:
    assert read(token(**claims)).name == name


def test_every_member_of_its_status_is_a_status() -> None:
    entries = read(token(status={"status_list": {"idx": 1, "uri": "https://a.example"}, "other": 5})).statuses
    assert [(entry.type, entry.document, entry.pointer) for entry in entries] == [
        ("status_list", {"idx": 1, "uri": "https://a.example"}, "/status/status_list"),
        ("other", {}, "/status/other"),
    ]
    assert [entry.type for entry in read(token(status="revoked")).statuses] == [""]
    assert read(token()).statuses == ()


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"vct": ""}, "sd_jwt_vc_malformed", "/vct"),
        ({"vct": 5}, "sd_jwt_vc_malformed", "/vct"),
        ({"exp": "soon"}, "malformed", "/exp"),
        ({"nbf": True}, "malformed", "/nbf"),
        ({"iat": -5}, "malformed", "/iat"),
        ({"header": {"typ": "JWT"}}, "token_type", ""),
        ({"header": {"typ": "kb+jwt"}}, "token_type", ""),
    ],
)
def test_what_is_no_credential_is_named(changes: Json, code: str, pointer: str) -> None:
    assert (code, pointer) in complaints(token(**changes))


def test_the_type_of_the_drafts_is_read_too() -> None:
    assert complaints(token(header={"typ": "vc+sd-jwt"})) == []


def test_a_wrong_disclosure_leaves_the_bare_claims() -> None:
    forged = token(["grade"], grade="A") + disclosure("honours", "summa cum laude") + "~"
    credential = read(forged)
    assert "honours" not in credential.document
    assert "grade" not in credential.document
    assert "disclosure_invalid" in [code for code, _ in complaints(forged)]


def test_a_w3c_credential_in_an_sd_jwt_is_read_as_what_it_is() -> None:
    document = PINNED.credential()
    assert read(PINNED.sd_jwt(document, header={"typ": "vc+sd-jwt"})).format == "open_badges_3"


def in_json(compact: str) -> bytes:
    """The same in flattened JSON (RFC 9901 §8)."""
    issued, *disclosures, binding = compact.split("~")
    protected, payload, signature = issued.split(".")
    header = {"disclosures": disclosures, **({"kb_jwt": binding} if binding else {})}
    return json_bytes({"payload": payload, "protected": protected, "signature": signature, "header": header})


def test_an_sd_jwt_in_json_is_the_same_credential() -> None:
    scene = disclosed()
    report = scene.uploading(in_json(scene.upload)).judged()
    assert report.verdict is Verdict.VERIFIED
    assert report.proved == scene.judged().proved
    issued, first, *rest = scene.upload.split("~")
    fewer = scene.uploading(in_json("~".join([issued, *rest]))).judged()
    assert (fewer.verdict, fewer.code) == (Verdict.FAILED, "key_binding_invalid")
    changed = scene.uploading(in_json("~".join([issued, first[:-4] + "AAAA", *rest]))).judged()
    assert (changed.verdict, changed.code) == (Verdict.FAILED, "disclosure_invalid")
