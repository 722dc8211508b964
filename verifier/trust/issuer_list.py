"""The employer's own list of issuers: one JSON file, read strictly, compared exactly (ARCHITECTURE §5).

{"version": 1, "name": "Acme trusted issuers", "issuers": [
  {"id": "did:web:college.example", "name": "Example College", "decision": "accept",
   "scope": {"types": ["*"], "achievement_types": ["*"], "valid_from": "2024-01-01T00:00:00Z"},
   "reason": "regional accreditation", "approved_by": "hr@acme.example"}]}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifier.errors import VerifierError
from verifier.flow import Flow
from verifier.model import Credential, JsonObject
from verifier.policy import MB, Limits
from verifier.strict_json import instant, read_object
from verifier.trust.source import Asked, Decision, Recognition

EVERYTHING = ("*",)

# The file is the employer's, so only mistakes are bounded: 20,000 issuers with keys fit.
_LIMITS = Limits(json_bytes=30 * MB, json_nodes=1_000_000)
_LIST_MEMBERS = frozenset({"version", "name", "issuers"})
_ENTRY_MEMBERS = frozenset({"id", "name", "decision", "scope", "jwks", "reason", "approved_by"})
_SCOPE_MEMBERS = frozenset({"types", "achievement_types", "valid_from", "valid_until"})
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})  # RFC 7518 §6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """For what an issuer is accepted."""

    types: tuple[str, ...] = EVERYTHING  # of the credential, "VerifiableCredential" aside
    achievement_types: tuple[str, ...] = EVERYTHING
    valid_from: datetime | None = None  # both inclusive, compared with the issuance date
    valid_until: datetime | None = None

    def covers(self, credential: Credential) -> bool:
        """Whether `credential` lies within; what the credential does not say lies outside."""
        return (
            self._covers_types(credential.types)
            and self._covers_achievements(a.achievement_type for a in credential.achievements)
            and self._covers_date(credential.issued or credential.valid_from)
        )

    def _covers_types(self, types: tuple[str, ...]) -> bool:
        return self.types == EVERYTHING or bool({*types} - {"VerifiableCredential"} & {*self.types})

    def _covers_achievements(self, achievement_types: Iterable[str]) -> bool:
        """Every one: a diploma beside a certificate is not covered by certificates."""
        found = {*achievement_types}
        return self.achievement_types == EVERYTHING or (bool(found) and found <= {*self.achievement_types})

    def _covers_date(self, issued: datetime | None) -> bool:
        if self.valid_from is None and self.valid_until is None:
            return True
        return (
            issued is not None
            and (self.valid_from is None or self.valid_from <= issued)
            and (self.valid_until is None or issued <= self.valid_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIssuer:
    """One entry. The same `id` may stand in several, e.g. with a scope for each kind of achievement."""

    id: str
    name: str = ""
    decision: Decision
    scope: Scope = Scope()
    jwks: tuple[JsonObject, ...] = field(default=(), repr=False)
    reason: str = ""
    approved_by: str = ""

    def decides(self, credential: Credential) -> Decision:
        """What this entry says. A refusal has no scope: who is refused is not believed about dates either."""
        if self.decision is Decision.REFUSE or self.scope.covers(credential):
            return self.decision
        return Decision.OUT_OF_SCOPE


# What wins when one identifier stands in several entries of a list.
_PRECEDENCE = (Decision.REFUSE, Decision.ASK, Decision.ACCEPT, Decision.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerList:
    """The employer's decisions, by exact identifier."""

    name: str
    issuers: tuple[ListedIssuer, ...]

    @classmethod
    def parse(cls, data: bytes) -> IssuerList:
        """The list that `data` is. `ValueError` names the entry that is not well formed."""
        try:
            document = read_object(data, _LIMITS)
        except VerifierError as error:
            raise ValueError(f"the issuer list {error}") from error
        _only(document, _LIST_MEMBERS, "the issuer list")
        if document.get("version") != 1 or isinstance(document["version"], bool):
            raise ValueError("the issuer list is not of version 1")
        issuers = document.get("issuers")
        if not isinstance(issuers, list):
            raise ValueError("the issuer list has no array “issuers”")
        return cls(
            name=_text(document, "name", "the issuer list") or "issuer list",
            issuers=tuple(_entry(value, f"issuer {number}") for number, value in enumerate(issuers, start=1)),
        )

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """What the list says of the issuer; nothing is fetched."""
        yield from ()
        decisions = [
            (entry.decides(asked.credential), entry)
            for entry in self.issuers
            if entry.id == asked.issuer_id  # exact: never by look, prefix or case
        ]
        for wanted in _PRECEDENCE:
            for decision, entry in decisions:
                if decision is wanted:
                    return Recognition(
                        decision=decision,
                        source=self.name,
                        name=entry.name,
                        reason=entry.reason,
                        approved_by=entry.approved_by,
                    )
        return Recognition(decision=Decision.UNKNOWN, source=self.name)

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """The JWKs of every entry of the issuer. They never replace keys that it publishes."""
        return tuple(key for entry in self.issuers if entry.id == issuer_id for key in entry.jwks)


# ------------------------------------------------------------------------------------- strict reading


def _entry(value: Any, where: str) -> ListedIssuer:
    if not isinstance(value, dict):
        raise ValueError(f"{where} is not an object")
    identifier = value.get("id")
    if not isinstance(identifier, str) or not identifier or any(ch.isspace() for ch in identifier):
        raise ValueError(f"{where} has no usable “id”")
    where = f"{where} ({identifier})"
    _only(value, _ENTRY_MEMBERS, where)
    decision = value.get("decision")
    if decision not in ("accept", "refuse", "ask"):
        raise ValueError(f"{where} has no “decision” of accept, refuse or ask")
    return ListedIssuer(
        id=identifier,
        name=_text(value, "name", where),
        decision=Decision(decision),
        scope=_scope(value.get("scope"), where),
        jwks=_jwks(value.get("jwks"), where),
        reason=_text(value, "reason", where),
        approved_by=_text(value, "approved_by", where),
    )


def _scope(value: Any, where: str) -> Scope:
    if value is None:
        return Scope()
    if not isinstance(value, dict):
        raise ValueError(f"{where} has a “scope” that is not an object")
    _only(value, _SCOPE_MEMBERS, f"the scope of {where}")
    scope = Scope(
        types=_names(value, "types", where),
        achievement_types=_names(value, "achievement_types", where),
        valid_from=_date(value, "valid_from", where),
        valid_until=_date(value, "valid_until", where),
    )
    if scope.valid_from and scope.valid_until and scope.valid_until < scope.valid_from:
        raise ValueError(f"{where} has a scope that ends before it begins")
    return scope


def _names(scope: JsonObject, member: str, where: str) -> tuple[str, ...]:
    """Absent is everything; present it must say something, and "*" stands for everything."""
    value = scope.get(member, ["*"])
    if not isinstance(value, list) or not value or not all(isinstance(name, str) and name for name in value):
        raise ValueError(f"{where} has a “{member}” that is not a list of names")
    return EVERYTHING if "*" in value else tuple(value)


def _date(scope: JsonObject, member: str, where: str) -> datetime | None:
    if scope.get(member) is None:
        return None
    try:
        return instant(scope[member], f"/scope/{member}")
    except VerifierError as error:
        raise ValueError(f"{where} has a “{member}” that is not a date and time with a time zone") from error


def _jwks(value: Any, where: str) -> tuple[JsonObject, ...]:
    if value is None:
        return ()
    keys = value.get("keys") if isinstance(value, dict) else None
    if not isinstance(keys, list) or not all(
        isinstance(key, dict) and isinstance(key.get("kty"), str) for key in keys
    ):
        raise ValueError(f"{where} has a “jwks” that is not a JWK set")
    if any(_PRIVATE_MEMBERS & key.keys() for key in keys):
        raise ValueError(f"{where} has a private key in its “jwks”")
    return tuple(keys)


def _text(value: JsonObject, member: str, where: str) -> str:
    text = value.get(member)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise ValueError(f"{where} has a “{member}” that is not a text")
    return text


def _only(value: JsonObject, known: frozenset[str], where: str) -> None:
    """A misspelt member would silently widen what is accepted."""
    if unknown := sorted(value.keys() - known):
        raise ValueError(f"{where} has an unknown member “{unknown[0][:80]}”")
