"""The contract of every status method: a new entry in the registry is tested by arriving."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from verifier.errors import Inconclusive, Refuted, VerifierError
from verifier.model import Credential, Issuer, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding, Outcome
from verifier.status import METHODS, Evidence, lookup
from verifier.status.bitstring import MIN_ENTRIES

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
URL = "https://college.example/status/3"
POINTER = "/credentialStatus/1"
INDEX = 94_567
LIMITS = Limits()


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def credential(**changes: Any) -> Credential:
    given = {"id": "urn:uuid:1", "issuer": Issuer(id="https://college.example/issuer"), **changes}
    return Credential(format="open_badges_3", **given)


def bitstring(kind: str, prefix: str, members: JsonObject) -> Callable[[bytes], JsonObject]:
    def listed(bits: bytes) -> JsonObject:
        encoded = prefix + base64url(gzip.compress(bits))
        return {
            "id": URL,
            "type": ["VerifiableCredential", f"{kind}Credential"],
            "validFrom": "2025-01-01T00:00:00Z",
            "credentialSubject": {"type": kind, "encodedList": encoded, **members},
        }

    return listed


MIRRORED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


def token(bits: bytes) -> JsonObject:
    """The same bits, least significant first, as the claims of a token."""
    lst = base64url(zlib.compress(bits.translate(MIRRORED)))
    return {"sub": URL, "iat": 1_700_000_000, "status_list": {"bits": 1, "lst": lst}}


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """How one method writes what all methods with an index say."""

    entry: JsonObject
    index: str
    address: str
    listed: Callable[[bytes], JsonObject]


PURPOSE = {"statusPurpose": "revocation"}
INDEXED = {
    "BitstringStatusListEntry": Indexed(
        entry={"statusListIndex": str(INDEX), "statusListCredential": URL, **PURPOSE},
        index="statusListIndex",
        address="statusListCredential",
        listed=bitstring("BitstringStatusList", "u", PURPOSE),
    ),
    "StatusList2021Entry": Indexed(
        entry={"statusListIndex": str(INDEX), "statusListCredential": URL, **PURPOSE},
        index="statusListIndex",
        address="statusListCredential",
        listed=bitstring("StatusList2021", "", PURPOSE),
    ),
    "RevocationList2020Status": Indexed(
        entry={"revocationListIndex": str(INDEX), "revocationListCredential": URL},
        index="revocationListIndex",
        address="revocationListCredential",
        listed=bitstring("RevocationList2020", "", {}),
    ),
    "status_list": Indexed(entry={"idx": INDEX, "uri": URL}, index="idx", address="uri", listed=token),
}
HOSTED = {
    "1EdTechRevocationList": ("revokedCredential", {}),
    "RevocationList": ("revokedAssertions", {"type": "RevocationList"}),
}


def bits_with(*indexes: int, size: int = MIN_ENTRIES // 8) -> bytes:
    bits = bytearray(size)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def decide(
    kind: str, listed: JsonObject, entry: JsonObject | None = None, limits: Limits = LIMITS
) -> Finding:
    method = lookup(kind)
    document = INDEXED[kind].entry if entry is None else entry
    located = method.locate(StatusEntry(type=kind, document=document, pointer=POINTER), credential(), limits)
    return method.decide(listed, located, limits, NOW)


def code_of(kind: str, listed: JsonObject, **given: Any) -> tuple[type[VerifierError], str]:
    with pytest.raises(VerifierError) as caught:
        decide(kind, listed, **given)
    assert caught.value.pointer == POINTER
    assert str(caught.value)
    base = Refuted if isinstance(caught.value, Refuted) else Inconclusive
    return base, caught.value.code


def test_every_method_is_under_contract() -> None:
    assert {*INDEXED, *HOSTED} == {*METHODS}
    assert {method.type for method in METHODS.values()} == {*METHODS}
    assert set(HOSTED) == {k for k, m in METHODS.items() if m.evidence is Evidence.HOSTED}


@pytest.mark.parametrize(
    "kind", ["QuantumStatus2099", "CredentialStatusList2017", "bitstringstatuslistentry"]
)
def test_an_unknown_type_is_never_not_revoked(kind: str) -> None:
    with pytest.raises(Inconclusive) as caught:
        lookup(kind, POINTER)
    assert (caught.value.code, caught.value.pointer) == ("status_unsupported", POINTER)


def test_an_entry_without_a_type_is_malformed() -> None:
    with pytest.raises(Refuted) as caught:
        lookup("", POINTER)
    assert caught.value.code == "malformed_status"


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize("others", [(), (INDEX - 1, INDEX + 1), (0, INDEX ^ 7, MIN_ENTRIES - 1)])
def test_a_clear_bit_between_set_ones_is_clear(kind: str, others: tuple[int, ...]) -> None:
    finding = decide(kind, INDEXED[kind].listed(bits_with(*others)))
    assert (finding.outcome, finding.code) == (Outcome.PASSED, "status_clear")
    assert finding.pointer == POINTER


@pytest.mark.parametrize("kind", INDEXED)
def test_a_set_bit_is_revoked(kind: str) -> None:
    assert code_of(kind, INDEXED[kind].listed(bits_with(INDEX))) == (Refuted, "revoked")


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize("index", [MIN_ENTRIES, 9_999_999_999])
def test_an_index_beyond_the_list_proves_nothing(kind: str, index: int) -> None:
    method = INDEXED[kind]
    written: Any = index if kind == "status_list" else str(index)
    entry = {**method.entry, method.index: written}
    expected = (Inconclusive, "status_index_out_of_range")
    assert code_of(kind, method.listed(bits_with()), entry=entry) == expected


BAD_INDEXES: list[Any] = [
    "",
    " 5",
    "5 ",
    "+5",
    "-5",
    "9_4567",
    "٥",
    "5.0",
    "05",
    "0x5",
    "5\n",
    "9" * 6_000,
    None,
    5.0,
    True,
    [],
    {},
    -1,
    10**10,
]


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize("index", BAD_INDEXES, ids=lambda index: repr(index)[:12])
def test_an_index_that_is_no_plain_number_is_malformed(kind: str, index: Any) -> None:
    method = INDEXED[kind]
    entry = {**method.entry, method.index: index}
    assert code_of(kind, method.listed(bits_with()), entry=entry) == (Refuted, "malformed_status")


def test_a_number_as_index_is_malformed_where_the_specification_wants_text() -> None:
    kind = "BitstringStatusListEntry"
    entry = {**INDEXED[kind].entry, "statusListIndex": 5}
    assert code_of(kind, INDEXED[kind].listed(bits_with()), entry=entry) == (Refuted, "malformed_status")


@pytest.mark.parametrize("kind", ["StatusList2021Entry", "RevocationList2020Status"])
def test_a_number_as_index_is_read_in_the_drafts(kind: str) -> None:
    entry = {**INDEXED[kind].entry, INDEXED[kind].index: INDEX}
    assert code_of(kind, INDEXED[kind].listed(bits_with(INDEX)), entry=entry) == (Refuted, "revoked")


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, (Refuted, "malformed_status")),
        ("", (Refuted, "malformed_status")),
        (["https://college.example/status/3"], (Refuted, "malformed_status")),
        ("status/3", (Refuted, "malformed_status")),
        ("https://college.example/\r\nX: y", (Refuted, "malformed_status")),
        ("https://college.example/ü", (Refuted, "malformed_status")),
        ("https://college.example/" + "x" * 3_000, (Refuted, "malformed_status")),
        ("http://college.example/status/3", (Inconclusive, "status_unreachable")),
        ("file:///etc/passwd", (Inconclusive, "status_unreachable")),
        ("did:web:college.example", (Inconclusive, "status_unreachable")),
    ],
)
def test_an_address_is_judged_before_anything_is_asked(
    kind: str, address: Any, expected: tuple[type[VerifierError], str]
) -> None:
    method = INDEXED[kind]
    entry = {**method.entry, method.address: address}
    assert code_of(kind, method.listed(bits_with()), entry=entry) == expected


@pytest.mark.parametrize("kind", INDEXED)
def test_the_list_of_another_kind_is_not_read(kind: str) -> None:
    for other, method in INDEXED.items():
        if other != kind:
            base, code = code_of(kind, method.listed(bits_with()))
            # A token is for one address; a credential is no token at all, so it is about nothing.
            assert (base, code) in {
                (Inconclusive, "status_list_unusable"),
                (Refuted, "status_list_untrusted"),
            }


@pytest.mark.parametrize("kind", INDEXED)
def test_a_list_that_calls_itself_another_is_refused(kind: str) -> None:
    listed = INDEXED[kind].listed(bits_with())
    listed["sub" if kind == "status_list" else "id"] = "https://college.example/status/4"
    assert code_of(kind, listed) == (Refuted, "status_list_untrusted")


@pytest.mark.parametrize("kind", INDEXED)
def test_a_bomb_stops_at_the_limit(kind: str) -> None:
    listed = INDEXED[kind].listed(bytes(LIMITS.status_bytes + 1))
    assert code_of(kind, listed) == (Inconclusive, "status_list_unusable")
    exact = INDEXED[kind].listed(bytes(LIMITS.status_bytes))
    assert decide(kind, exact).outcome is Outcome.PASSED


def place_of(listed: JsonObject) -> tuple[JsonObject, str, str]:
    """The member that holds the compressed list, and the sign before it."""
    if "status_list" in listed:
        return listed["status_list"], "lst", ""
    subject = listed["credentialSubject"]
    return subject, "encodedList", "u" if subject["encodedList"].startswith("u") else ""


def packed(kind: str) -> tuple[JsonObject, JsonObject, str, str, bytes]:
    listed = INDEXED[kind].listed(bits_with())
    holder, name, sign = place_of(listed)
    text = holder[name].removeprefix(sign)
    return listed, holder, name, sign, base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:1],
        lambda data: data + data,
        lambda data: data + b"\0",
        lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        lambda data: b"\0" + data,
        lambda data: b"hello",
    ],
    ids=["short by one", "halved", "one byte", "twice", "trailing", "checksum", "shifted", "text"],
)
def test_a_list_that_is_not_whole_is_not_read(kind: str, damage: Callable[[bytes], bytes]) -> None:
    listed, holder, name, sign, data = packed(kind)
    holder[name] = sign + base64url(damage(data))
    assert code_of(kind, listed) == (Inconclusive, "status_list_unusable")


@pytest.mark.parametrize("kind", INDEXED)
@pytest.mark.parametrize("text", ["", "u", "!", "uA", "u A", "H4sI\n", None, 7, ["u"]])
def test_a_list_in_another_encoding_is_not_read(kind: str, text: Any) -> None:
    listed, holder, name, _, _ = packed(kind)
    holder[name] = text
    assert code_of(kind, listed) == (Inconclusive, "status_list_unusable")


# ------------------------------------------------------------------------------------- hosted lists


def hosted(kind: str, *entries: Any, **changes: Any) -> JsonObject:
    member, frame = HOSTED[kind]
    return {"id": URL, "issuer": "https://college.example/issuer", **frame, member: list(entries), **changes}


def look_up(kind: str, listed: JsonObject, **about: Any) -> Finding:
    method = lookup(kind)
    entry = StatusEntry(type=kind, document={"id": URL}, pointer=POINTER)
    return method.decide(listed, method.locate(entry, credential(**about), LIMITS), LIMITS, NOW)


@pytest.mark.parametrize("kind", HOSTED)
def test_a_credential_that_no_entry_names_is_clear(kind: str) -> None:
    for listed in (hosted(kind), hosted(kind, {"id": "urn:uuid:2"}, "urn:uuid:11", {"id": "URN:UUID:1"})):
        assert look_up(kind, listed).code == "status_clear"


@pytest.mark.parametrize("kind", HOSTED)
def test_a_credential_that_an_entry_names_is_revoked_with_its_reason(kind: str) -> None:
    entry = {"id": "urn:uuid:1", "revocationReason": "issued in\nerror"}
    with pytest.raises(Refuted, match="issued in") as caught:
        look_up(kind, hosted(kind, "urn:uuid:2", entry))
    assert (caught.value.code, caught.value.pointer) == ("revoked", POINTER)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", HOSTED)
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": URL + "4"}, "status_list_untrusted"),
        ({"issuer": "https://stranger.example"}, "status_list_untrusted"),
        ({"issuer": None}, "status_list_untrusted"),
        ({"revokedCredential": {}, "revokedAssertions": {}}, "status_list_unusable"),
        ({"revokedCredential": [7], "revokedAssertions": [7]}, "status_list_unusable"),
        ({"revokedCredential": [{}], "revokedAssertions": [{}]}, "status_list_unusable"),
        ({"revokedCredential": [{"id": 7}], "revokedAssertions": [{"id": 7}]}, "status_list_unusable"),
    ],
)
def test_a_hosted_list_of_another_shape_or_issuer_is_not_believed(
    kind: str, changes: JsonObject, code: str
) -> None:
    with pytest.raises(VerifierError) as caught:
        look_up(kind, hosted(kind, **changes))
    assert caught.value.code == code


@pytest.mark.parametrize("kind", HOSTED)
def test_a_credential_without_an_id_cannot_be_found_in_a_hosted_list(kind: str) -> None:
    with pytest.raises(Refuted) as caught:
        look_up(kind, hosted(kind), id=None)
    assert caught.value.code == "malformed_status"
