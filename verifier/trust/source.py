"""What a source of trust is: it is asked about an issuer and answers with a `Recognition`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from verifier.flow import Flow
from verifier.model import Credential, JsonObject
from verifier.policy import Policy


class Decision(StrEnum):
    """What a source says of an issuer."""

    ACCEPT = "accept"
    REFUSE = "refuse"  # beats every other source
    WITHDRAWN = "withdrawn"  # the source accepted it once; as a refusal
    ASK = "ask"
    OUT_OF_SCOPE = "out_of_scope"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One source's answer about one issuer."""

    decision: Decision
    source: str  # the name of the list or registry, for people
    name: str = ""  # the issuer as the source calls it: the only name shown as fact
    reason: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a source may look at besides the issuer."""

    credential: Credential
    issuer_id: str
    now: datetime
    policy: Policy
    anchor: bytes | None = None  # DER of the X.509 anchor that the issuer's certificate chain ends in, proved


@runtime_checkable
class TrustSource(Protocol):
    """The employer's list, a registry, a federation. It raises only `Inconclusive`, for it blames itself."""

    def recognise(self, asked: Asked) -> Flow[Recognition]: ...

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """JWKs pinned for an issuer that publishes none."""
        ...
