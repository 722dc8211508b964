"""IETF Token Status List (draft-ietf-oauth-status-list): the status of SD-JWT VC, JWT and CWT credentials.

    {"status": {"status_list": {"idx": 12, "uri": "https://college.example/statuslists/1"}}}

The entry given here is the `status_list` member; the list is the claims of a token that was proved.
"""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import cbor2

from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding
from verifier.status.expand import ZLIB, expand
from verifier.status.method import (
    Evidence,
    Located,
    MalformedStatus,
    Revoked,
    StatusIndexOutOfRange,
    StatusListUntrusted,
    StatusListUnusable,
    StatusMethod,
    StatusValueUnknown,
    Suspended,
    address_of,
    clear,
    index_of,
    require_in_force,
)
from verifier.strict_json import numeric_date

JWT_TYPE = "statuslist+jwt"  # §5.1: `typ` of the token, exactly; without it any signed JWT could be a list
CWT_TYPE = "application/statuslist+cwt"  # §5.2: COSE header 16
_SIZES = (1, 2, 4, 8)  # §4.1 `bits`
# §5.2; RFC 8392 §4
_CWT_CLAIMS = {1: "iss", 2: "sub", 4: "exp", 6: "iat", 65533: "status_list", 65534: "ttl"}


def value_at(octets: bytes, index: int, bits: int) -> int:
    """Status value at `index` of an expanded list, least significant bits first (§4.1).

    >>> [value_at(bytes([0b1011_1001]), index, 1) for index in range(8)]
    [1, 0, 0, 1, 1, 1, 0, 1]
    """
    entries = len(octets) * 8 // bits
    if not 0 <= index < entries:
        raise StatusIndexOutOfRange(index, entries)
    start = index * bits
    return (octets[start // 8] >> (start % 8)) & ((1 << bits) - 1)


def locate(entry: StatusEntry, credential: Credential, limits: Limits) -> Located:
    """Where the referenced token keeps its status (§6.2, §6.3)."""
    document, pointer = entry.document, entry.pointer
    if type(document.get("idx")) is not int:
        raise MalformedStatus("its idx is no integer", pointer=pointer)
    return Located(
        url=address_of(document.get("uri"), limits, pointer),
        pointer=pointer,
        index=index_of(document["idx"], pointer, number=True),
    )


def decide(claims: JsonObject, located: Located, limits: Limits, now: datetime) -> Finding:
    """What the status list token says at the located entry (§8.3), after its signature was proved."""
    pointer = located.pointer
    if claims.get("sub") != located.url:  # §8.3 step 4.a: the token is about this very address
        raise StatusListUntrusted("it is the list of another address", pointer=pointer)
    if "iat" not in claims:
        raise StatusListUnusable("it does not say when it was issued", pointer=pointer)
    ends = _moment(claims["exp"], pointer) if "exp" in claims else None
    require_in_force(_moment(claims["iat"], pointer), ends, now, limits, pointer)
    if "ttl" in claims and not _is_positive(claims["ttl"]):
        raise StatusListUnusable("its ttl is no positive number", pointer=pointer)
    status_list = claims.get("status_list")
    bits, lst = (
        (status_list.get("bits"), status_list.get("lst")) if isinstance(status_list, dict) else (None, None)
    )
    if type(bits) is not int or bits not in _SIZES or not isinstance(lst, str):
        raise StatusListUnusable("it holds no status list", pointer=pointer)
    octets = expand(lst, ZLIB, limits, pointer)
    if located.index >= (entries := len(octets) * 8 // bits):
        raise StatusIndexOutOfRange(located.index, entries, pointer=pointer)
    return _meaning(value_at(octets, located.index, bits), located)


def _meaning(value: int, located: Located) -> Finding:
    """§7.1: the registered values; every other one is reserved or the application's own."""
    match value:
        case 0:
            return clear(located)
        case 1:
            raise Revoked("", pointer=located.pointer)
        case 2:
            raise Suspended(pointer=located.pointer)
    raise StatusValueUnknown(value, pointer=located.pointer)


def _is_positive(value: Any) -> bool:
    return type(value) in (int, float) and value > 0


def _moment(value: Any, pointer: str) -> datetime:
    """A NumericDate (RFC 7519 §2)."""
    if (moment := numeric_date(value)) is None:
        raise StatusListUnusable("one of its dates is not well formed", pointer=pointer)
    return moment


def claims_of_cwt(payload: bytes, limits: Limits) -> JsonObject:
    """The claims of the CWT form (§5.2) under their JWT names, so that `decide` reads both.

    `payload` is what the proved COSE_Sign1 covers. Claims that no step reads are left out.
    """
    if len(payload) > limits.status_bytes:
        raise StatusListUnusable(f"it is larger than {limits.status_bytes:,} bytes")
    try:
        claims = cbor2.loads(payload, max_depth=8, allow_duplicate_keys=False)
    except (cbor2.CBORError, ValueError, ArithmeticError, TypeError) as error:
        raise StatusListUnusable("it is not CBOR") from error
    if not isinstance(claims, dict):
        raise StatusListUnusable("it is no set of claims")
    named = {name: claims[key] for key, name in _CWT_CLAIMS.items() if key in claims}
    status_list = named.get("status_list")
    if isinstance(status_list, dict) and isinstance(lst := status_list.get("lst"), bytes):
        text = base64.urlsafe_b64encode(lst).rstrip(b"=").decode()
        named["status_list"] = {"bits": status_list.get("bits"), "lst": text}
    return named


TOKEN_STATUS_LIST = StatusMethod(
    type="status_list",
    evidence=Evidence.SIGNED_TOKEN,
    locate=locate,
    decide=decide,
    accept=("application/statuslist+jwt", "application/statuslist+cwt"),
)
