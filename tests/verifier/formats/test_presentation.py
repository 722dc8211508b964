"""Presentations hold objects, tokens and envelopes; what is none of them is a member that cannot be read."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

import pytest

from tests.issuing import Json, json_bytes
from tests.issuing_documents import enveloped
from tests.verifier.forging.scene import COLLEGE, TOKENS, WALLET, badge
from verifier import Credential, Limits, MemoryWeb, Uploaded, Verdict, formats, verify
from verifier.errors import NotParseable, TooLarge, Unreadable
from verifier.formats import format_of
from verifier.model import Kind, Member

LIMITS = Limits()
BADGE = badge().upload
TOKEN = TOKENS.jwt(TOKENS.credential())


def read(document: Json | str) -> Credential:
    return formats.read(document.encode() if isinstance(document, str) else json_bytes(document), LIMITS)


def complaints(document: Json | str) -> list[tuple[str, str]]:
    credential = read(document)
    entry = format_of(credential)
    assert entry is not None
    return [(error.code, error.pointer) for error in entry.examine(credential)]


def presenting(*members: Any, **changes: Any) -> Json:
    document = WALLET.presentation([]) | {"verifiableCredential": list(members)} | changes
    return {name: value for name, value in document.items() if value is not None}


def test_its_members_are_kept_in_order_with_their_places() -> None:
    credential = read(presenting(BADGE, enveloped(TOKEN)))
    assert (credential.kind, credential.holder) == (Kind.PRESENTATION, WALLET.did)
    assert [member.pointer for member in credential.contains] == [
        "/verifiableCredential/0",
        "/verifiableCredential/1",
    ]
    assert [formats.read_member(member, LIMITS).issuer for member in credential.contains] == [
        read(BADGE).issuer,
        read(TOKEN).issuer,
    ]
    assert complaints(presenting(BADGE, enveloped(TOKEN))) == []


def test_one_member_may_stand_alone() -> None:
    credential = read(presenting() | {"verifiableCredential": BADGE})
    assert [member.pointer for member in credential.contains] == ["/verifiableCredential"]


@pytest.mark.parametrize(
    "holder", [WALLET.did, {"id": WALLET.did}, {"id": WALLET.did, "name": "Ada", "type": "Person"}]
)
def test_a_holder_is_named_in_every_shape(holder: Any) -> None:
    assert read(presenting(BADGE, holder=holder)).holder == WALLET.did
    assert complaints(presenting(BADGE, holder=holder)) == []


@pytest.mark.parametrize("item", [5, None, ["a"], True])
def test_what_is_neither_object_nor_token_cannot_be_read(item: Any) -> None:
    (member,) = read(presenting(item)).contains
    with pytest.raises(NotParseable):
        formats.read_member(member, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "https://college.example/1.json",
        "ey https://college.example/1.json",
        "My badge: college.example/1.json",
    ],
)
def test_a_member_names_no_address_that_is_visited(text: str) -> None:
    document = {**presenting(text), "proof": None}
    envelope = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc,{quote(text)}"}
    web = MemoryWeb({"https://college.example/1.json": json_bytes(badge().upload)})
    for found in (document, presenting(envelope), envelope):
        report = verify(Uploaded(json_bytes(found), "p.json"), web=web)
        assert report.consulted == ()
        assert all(inner.verdict is Verdict.UNREADABLE for inner in report.contained)


@pytest.mark.parametrize(
    "address",
    [
        "https://college.example/badge",
        "data:text/html,hello",
        "data:application/vc+jwt",
        "data:application/vc+jwt;base64," + base64.b64encode(TOKEN.encode()).decode(),
        "",
    ],
)
def test_an_envelope_must_be_a_data_address(address: str) -> None:
    (member,) = read(presenting({"type": "EnvelopedVerifiableCredential", "id": address})).contains
    with pytest.raises(NotParseable):
        formats.read_member(member, LIMITS)


def test_an_envelope_by_itself_is_opened() -> None:
    credential = read(enveloped(TOKEN))
    assert credential.format == "open_badges_3"
    assert "in an envelope" in credential.notes


def test_envelopes_are_not_opened_for_ever() -> None:
    document = enveloped(TOKEN)
    for _ in range(6):
        inner = json_bytes(document).decode().replace("%", "%25").replace(",", "%2C")
        document = enveloped("") | {"id": f"data:application/vc,{inner}"}
    with pytest.raises(Unreadable):
        read(document)


def test_more_members_than_allowed_are_not_read() -> None:
    with pytest.raises(TooLarge):
        formats.read(json_bytes(presenting(*[{}] * 3)), Limits(nested_credentials=2))


def test_the_older_form_maps_its_holder_from_the_token() -> None:
    claims: Any = {
        "vp": {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"]}
    }
    token = WALLET.jwt({}, header={"typ": "JWT"}, iss=WALLET.did, jti="urn:uuid:1", **claims)
    credential = read(token)
    assert (credential.holder, credential.id) == (WALLET.did, "urn:uuid:1")


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (presenting(BADGE, id="here"), "/id"),
        (presenting(BADGE, holder="Ada"), "/holder"),
        (presenting(BADGE, holder={"name": "Ada"}), "/holder"),
        (presenting(BADGE, holder={"id": WALLET.did, "degree": "PhD"}), "/holder"),
        (presenting(TOKEN), "/verifiableCredential/0"),
        (presenting({"id": "urn:a"}), "/verifiableCredential/0"),
        (presenting(BADGE, **{"@context": ["https://example.org/v1"]}), "/@context"),
    ],
)
def test_what_is_no_presentation_is_named(document: Json, pointer: str) -> None:
    assert ("malformed", pointer) in complaints(document)


def test_a_member_that_could_not_be_read_says_why() -> None:
    with pytest.raises(TooLarge):
        formats.read_member(Member(name="a", error=TooLarge("a", "b")), LIMITS)


def test_a_token_of_a_credential_is_no_presentation() -> None:
    token = WALLET.jwt(presenting(COLLEGE.credential()), header={"typ": "vc+jwt"})
    assert ("token_type", "") in complaints(token)
