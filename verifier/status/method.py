"""What a status method is, where its list stands, and everything that a list can answer (VCDM 2.0 §4.10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from verifier.errors import BITSTRING, VCDM2, Inconclusive, Refuted
from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding, Outcome
from verifier.strict_json import kind_of

# Ten digits reach past every list that fits into memory; `int` alone takes " 5", "+5", "9_4567" and "٥".
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")  # RFC 3986: a scheme, then visible ASCII only


class Evidence(StrEnum):
    """How a list is known to be the issuer's own. Whoever composes the checks must ask for exactly this."""

    SIGNED_CREDENTIAL = "signed_credential"  # the list is a credential, proved, and of the same issuer
    SIGNED_TOKEN = "signed_token"  # noqa: S105 – no secret: the list is a JWT or CWT of the issuer
    HOSTED = "hosted"  # the list is plain JSON: https on the issuer's own origin is all there is


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the status of one credential stands."""

    url: str
    pointer: str  # of the status entry, in the credential
    index: int = 0  # counts entries, not bits
    size: int = 1  # bits of one entry
    purpose: str = "revocation"
    messages: tuple[tuple[int, str], ...] = ()  # what the issuer calls each value, purpose "message" only
    credential_ids: tuple[str, ...] = ()  # by what a hosted list may name the credential
    issuer_id: str = ""  # who a hosted list must be of


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMethod:
    """One kind of status entry.

    `locate` judges the signed entry, before anything is asked. `decide` is given the list, already proved
    by its `evidence`, and the clock; it returns a finding that accuses nobody, and raises everything else:
    `Revoked`, `Suspended` and other `Refuted`, or an `Inconclusive`.
    """

    type: str  # `type` of the entry; of a token, the member of its `status` claim
    evidence: Evidence
    locate: Callable[[StatusEntry, Credential, Limits], Located]
    decide: Callable[[JsonObject, Located, Limits, datetime], Finding]
    accept: tuple[str, ...] = ("application/vc", "application/ld+json", "application/json", "application/jwt")


# ------------------------------------------------------------------------------------- what can be wrong


class MalformedStatus(Refuted):
    """The signed entry cannot point anywhere: the issuer never made it, or it must not be guessed."""

    code = "malformed_status"
    spec = VCDM2 + "#status"
    sentence = "has a status entry that is not well formed: {0}"


class Revoked(Refuted):
    code = "revoked"
    spec = VCDM2 + "#status"
    sentence = "was revoked by its issuer{0}"


class Suspended(Refuted):
    """Not now; perhaps again later. No more a yes than a revocation."""

    code = "suspended"
    spec = BITSTRING + "#bitstringstatuslistentry"
    sentence = "is suspended by its issuer at present"


class StatusListUntrusted(Refuted):
    """The list is here and is forged, of another issuer, or another list than the one that was signed for."""

    code = "status_list_untrusted"
    spec = BITSTRING + "#validate-algorithm"
    sentence = "points at a status list that cannot be believed: {0}"


class StatusListUnproved(Inconclusive):
    """Whether the list is authentic could not be told."""

    code = "status_list_unproved"
    spec = BITSTRING + "#validate-algorithm"
    sentence = "points at a status list whose origin could not be established: {0}"


class StatusUnsupported(Inconclusive):
    """Unsupported is not "not revoked"."""

    code = "status_unsupported"
    spec = VCDM2 + "#status"
    sentence = "gives its status as “{0}”, which cannot be checked here"


class StatusUnreachable(Inconclusive):
    code = "status_unreachable"
    spec = BITSTRING + "#validate-algorithm"
    sentence = "depends on the status list at {0}, which could not be read: {1}"


class StatusListUnusable(Inconclusive):
    """Something is at the address that is not a list of the announced kind, or not a whole one."""

    code = "status_list_unusable"
    spec = BITSTRING + "#bitstringstatuslistcredential"
    sentence = "points at a status list that cannot be read: {0}"


class StatusStale(Inconclusive):
    code = "status_stale"
    spec = BITSTRING + "#bitstringstatuslistcredential"
    sentence = "points at a status list that is not in force now: {0}"


class StatusIndexOutOfRange(Inconclusive):
    """A short list proves nothing."""

    code = "status_index_out_of_range"
    spec = BITSTRING + "#validate-algorithm"
    sentence = "has entry {0:,} in a status list of only {1:,} entries"


class StatusPurposeDiffers(Inconclusive):
    code = "status_purpose_differs"
    spec = BITSTRING + "#validate-algorithm"
    sentence = "looks for “{0}” in a status list that is kept for {1}"


class StatusPurposeUnknown(Inconclusive):
    code = "status_purpose_unknown"
    spec = BITSTRING + "#bitstringstatuslistentry"
    sentence = "has a status of purpose “{0}”, whose meaning is not known here"


class StatusValueUnknown(Inconclusive):
    code = "status_value_unknown"
    sentence = "has the status value {0}, whose meaning is between its issuer and its holder"


class StatusMessage(Inconclusive):
    """The issuer's own words; no machine may decide whether they are good news."""

    code = "status_message"
    spec = BITSTRING + "#bitstringstatuslistentry"
    sentence = "has a message from its issuer that a person must read: “{0}”"


# ------------------------------------------------------------------------------------- readers for all


def index_of(value: Any, pointer: str, *, number: bool = False) -> int:
    """`value` as an index: decimal text, or with `number` a JSON integer. Raises `MalformedStatus`."""
    if number and type(value) is int and 0 <= value < 10**10:
        return value
    if not isinstance(value, str) or not _INDEX.fullmatch(value):
        raise MalformedStatus(f"its index is no plain number ({_shown(value)})", pointer=pointer)
    return int(value)


def address_of(value: Any, limits: Limits, pointer: str) -> str:
    """`value` as the https address of a list. Judged for syntax and length before anything is asked."""
    if not isinstance(value, str) or not value:
        raise MalformedStatus("it names no list", pointer=pointer)
    if len(value) > limits.identifier_chars or not _ADDRESS.fullmatch(value):
        raise MalformedStatus("the address of its list is not well formed", pointer=pointer)
    if not value.startswith("https://"):  # plain http is never evidence
        raise StatusUnreachable(value, "it is not an https address", pointer=pointer)
    return value


def clear(located: Located, message: str = "is not revoked") -> Finding:
    """PASSED: the list was read, and its entry says that nothing is wrong."""
    return Finding(
        outcome=Outcome.PASSED,
        code="status_clear",
        message=message,
        spec=VCDM2 + "#status",
        pointer=located.pointer,
        detail=(("purpose", located.purpose),),
    )


def require_in_force(
    start: datetime | None, end: datetime | None, now: datetime, limits: Limits, pointer: str
) -> None:
    """Raise `StatusStale` unless `start` ≤ `now` < `end`; the start has the skew of clocks as leeway."""
    if start is not None and start > now + limits.clock_skew:
        raise StatusStale(f"it begins on {start:%d %B %Y}", pointer=pointer)
    if end is not None and end <= now:
        raise StatusStale(f"it ended on {end:%d %B %Y}", pointer=pointer)


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else kind_of(value)
