"""Bitstring Status List (W3C, 15 May 2025) and the drafts before it: StatusList2021, RevocationList2020.

    {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "94567",
     "statusListCredential": "https://college.example/status/3"}

Nothing here proves a list. A bit is believed only from a list that was proved to be the issuer's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifier.errors import BITSTRING, MalformedCredential, plain
from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding, Outcome
from verifier.status.expand import GZIP, expand
from verifier.status.method import (
    Evidence,
    Located,
    MalformedStatus,
    Revoked,
    StatusIndexOutOfRange,
    StatusListUntrusted,
    StatusListUnusable,
    StatusMessage,
    StatusMethod,
    StatusPurposeDiffers,
    StatusPurposeUnknown,
    StatusUnsupported,
    Suspended,
    address_of,
    clear,
    index_of,
    require_in_force,
)
from verifier.strict_json import instant, objects, one_or_many, texts

MIN_ENTRIES = 131_072  # §6.1 group privacy; a shorter list is not one that the specification knows
MAX_SIZE = 8  # bits of one entry; a message for each value of more would not fit into a status entry

_MESSAGE_VALUE = re.compile(r"0x[0-9A-Fa-f]{1,2}", re.ASCII)
_STANDARD_TO_URL = str.maketrans("+/", "-_")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dialect:
    """How one generation of the specification names things."""

    entry: str
    list_type: str
    subject_type: str
    index: str
    address: str
    text: Callable[[str, str], str]  # encodedList, pointer → base64url
    purposes: bool = True  # the entry and the list carry statusPurpose
    sized: bool = False  # the entry may carry statusSize and statusMessage
    index_number: bool = False  # issuers of that time wrote the index as a JSON integer too


def status_at(bits: bytes, index: int, size: int = 1) -> int:
    """Status value at `index` of an expanded list (Bitstring Status List §3.2).

    `bits` is the decompressed list, most significant bit first; `index` counts entries, not bits;
    `size` is `statusSize` in bits. Raises `StatusIndexOutOfRange`: a short list proves nothing.

    >>> status_at(bytes([0b0100_0001]), 1), status_at(bytes([0b0100_0001]), 3, size=2)
    (1, 1)
    """
    entries = len(bits) * 8 // size
    if not 0 <= index < entries:
        raise StatusIndexOutOfRange(index, entries)
    start = index * size
    first, last = start // 8, (start + size - 1) // 8
    window = int.from_bytes(bits[first : last + 1], "big")
    return (window >> ((last + 1) * 8 - start - size)) & ((1 << size) - 1)


# ------------------------------------------------------------------------------------- the signed entry


def _locate(dialect: _Dialect, entry: StatusEntry, limits: Limits) -> Located:
    """Where `entry` points (§2.1)."""
    document, pointer = entry.document, entry.pointer
    purpose = document.get("statusPurpose") if dialect.purposes else "revocation"
    if not isinstance(purpose, str) or not purpose:
        raise MalformedStatus("it does not say what it is for", pointer=pointer)
    size = _size(document.get("statusSize", 1), pointer) if dialect.sized else 1
    return Located(
        url=address_of(document.get(dialect.address), limits, pointer),
        pointer=pointer,
        index=index_of(document.get(dialect.index), pointer, number=dialect.index_number),
        size=size,
        purpose=purpose,
        messages=_messages(document.get("statusMessage"), size, pointer) if purpose == "message" else (),
    )


def _size(value: Any, pointer: str) -> int:
    if type(value) is not int or value < 1:
        raise MalformedStatus("its statusSize is no positive integer", pointer=pointer)
    if value > MAX_SIZE:
        raise StatusUnsupported(f"a value of more than {MAX_SIZE} bits", pointer=pointer)
    return value


def _messages(value: Any, size: int, pointer: str) -> tuple[tuple[int, str], ...]:
    """`statusMessage`: one text for each possible value (§2.1)."""
    found: dict[int, str] = {}
    for item in objects(value):
        status, message = item.get("status"), item.get("message")
        if isinstance(status, str) and isinstance(message, str) and _MESSAGE_VALUE.fullmatch(status):
            found[int(status, 16)] = message
    if len(one_or_many(value)) != 1 << size or sorted(found) != list(range(1 << size)):
        raise MalformedStatus("it does not give one message for each value", pointer=pointer)
    return tuple(sorted(found.items()))


# ------------------------------------------------------------------------------------- the proved list


def _decide(
    dialect: _Dialect, list_document: JsonObject, located: Located, limits: Limits, now: datetime
) -> Finding:
    """What the list says at the located entry (§3.2), steps in the specification's order."""
    pointer = located.pointer
    if dialect.list_type not in texts(list_document.get("type")):
        raise StatusListUnusable(f"it is no {dialect.list_type}", pointer=pointer)
    # §2.2: an `id`, where there is one, is the address; else another list of the issuer could be put here.
    if "id" in list_document and list_document["id"] != located.url:
        raise StatusListUntrusted("it calls itself another list", pointer=pointer)
    _require_in_force(list_document, now, limits, pointer)
    subject = list_document.get("credentialSubject")
    if not isinstance(subject, dict) or dialect.subject_type not in texts(subject.get("type")):
        raise StatusListUnusable(f"it holds no {dialect.subject_type}", pointer=pointer)
    if dialect.purposes:
        _require_purpose(subject, located)
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise StatusListUnusable("it has no encodedList", pointer=pointer)
    bits = expand(dialect.text(encoded, pointer), GZIP, limits, pointer)
    if (entries := len(bits) * 8 // located.size) < MIN_ENTRIES:
        raise StatusListUnusable(f"it has {entries:,} entries, fewer than {MIN_ENTRIES:,}", pointer=pointer)
    if located.index >= entries:
        raise StatusIndexOutOfRange(located.index, entries, pointer=pointer)
    return _meaning(status_at(bits, located.index, located.size), located)


def _require_in_force(list_document: JsonObject, now: datetime, limits: Limits, pointer: str) -> None:
    """VCDM 2.0 §4.9, or its 1.1 counterpart. `ttl` bounds what a cache keeps, not a fresh answer (§2.2)."""
    moments: list[datetime | None] = []
    for names in (("validFrom", "issuanceDate"), ("validUntil", "expirationDate")):
        name = next((name for name in names if name in list_document), None)
        try:
            moments.append(None if name is None else instant(list_document[name], f"/{name}"))
        except MalformedCredential as error:
            raise StatusListUnusable("one of its dates is not well formed", pointer=pointer) from error
    require_in_force(moments[0], moments[1], now, limits, pointer)


def _require_purpose(subject: JsonObject, located: Located) -> None:
    purposes = texts(subject.get("statusPurpose"))
    if located.purpose not in purposes:
        kept = " and ".join(f"“{plain(purpose)}”" for purpose in purposes[:4]) or "no purpose"
        raise StatusPurposeDiffers(located.purpose, kept, pointer=located.pointer)


def _meaning(value: int, located: Located) -> Finding:
    """What `value` says under the purpose of the entry (§2.1)."""
    match located.purpose:
        case "revocation":
            if value:
                raise Revoked("", pointer=located.pointer)
            return clear(located)
        case "suspension":
            if value:
                raise Suspended(pointer=located.pointer)
            return clear(located, "is not suspended")
        case "refresh":
            return _refresh(located) if value else clear(located, "is the latest version")
        case "message":
            raise StatusMessage(dict(located.messages)[value], pointer=located.pointer)
    raise StatusPurposeUnknown(located.purpose, pointer=located.pointer)


def _refresh(located: Located) -> Finding:
    """A newer version does not make this one untrue (§2.1 "refresh")."""
    return Finding(
        outcome=Outcome.NOT_APPLICABLE,
        code="refresh_available",
        message="has a newer version, which its holder can fetch from the issuer",
        spec=BITSTRING + "#bitstringstatuslistentry",
        pointer=located.pointer,
    )


# ------------------------------------------------------------------------------------- the three dialects


def _multibase(encoded: str, pointer: str) -> str:
    """§2.2: Multibase base64url, whose sign is `u`."""
    if not encoded.startswith("u"):
        raise StatusListUnusable("its encodedList is not Multibase base64url", pointer=pointer)
    return encoded[1:]


def _base64(encoded: str, pointer: str) -> str:
    """The drafts said "base64" and showed base64url; issuers do both, and no text means two things."""
    return encoded.rstrip("=").translate(_STANDARD_TO_URL)


def _method(dialect: _Dialect) -> StatusMethod:
    def locate(entry: StatusEntry, credential: Credential, limits: Limits) -> Located:
        return _locate(dialect, entry, limits)

    def decide(list_document: JsonObject, located: Located, limits: Limits, now: datetime) -> Finding:
        return _decide(dialect, list_document, located, limits, now)

    return StatusMethod(type=dialect.entry, evidence=Evidence.SIGNED_CREDENTIAL, locate=locate, decide=decide)


BITSTRING_STATUS_LIST = _method(
    _Dialect(
        entry="BitstringStatusListEntry",
        list_type="BitstringStatusListCredential",
        subject_type="BitstringStatusList",
        index="statusListIndex",
        address="statusListCredential",
        text=_multibase,
        sized=True,
    )
)
STATUS_LIST_2021 = _method(
    _Dialect(
        entry="StatusList2021Entry",
        list_type="StatusList2021Credential",
        subject_type="StatusList2021",
        index="statusListIndex",
        address="statusListCredential",
        text=_base64,
        index_number=True,
    )
)
REVOCATION_LIST_2020 = _method(
    _Dialect(
        entry="RevocationList2020Status",
        list_type="RevocationList2020Credential",
        subject_type="RevocationList2020",
        index="revocationListIndex",
        address="revocationListCredential",
        text=_base64,
        purposes=False,
        index_number=True,
    )
)
