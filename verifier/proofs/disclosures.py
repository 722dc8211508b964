"""Disclosures of an SD-JWT, put back in the places that the issuer signed (RFC 9901 §7.1).

Every rule of that section that rejects is here; a rule that a reader forgets is a claim that nobody signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from verifier import strict_json
from verifier.errors import Refuted, Unreadable, UnsupportedSuite, WorkLimit
from verifier.model import JsonObject, SdJwtProof
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.encoding import Undecodable

__all__ = ["DEFAULT_HASH", "NEVER_DISCLOSABLE", "DisclosureInvalid", "disclosed", "hash_of"]

DEFAULT_HASH = "sha-256"  # §4.1.1, where `_sd_alg` is absent
# IANA Named Information Hash Algorithms that are collision-resistant; the rest is unsupported, never a pass.
_HASHES: MappingProxyType[str, Callable[[bytes], Any]] = MappingProxyType(
    {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
)
# SD-JWT VC draft 09 §3.2.2.2, and their counterparts in VCDM: a holder who could leave one out could
# outlive an expiry or hide a revocation.
NEVER_DISCLOSABLE = frozenset(
    {"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "_sd_alg"}
    | {"@context", "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus"}
)


class DisclosureInvalid(Refuted):
    """A rule of RFC 9901 §7.1 rejects the SD-JWT."""

    code = "disclosure_invalid"
    spec = "https://www.rfc-editor.org/rfc/rfc9901#section-7.1"
    sentence = "shows details that its issuer did not sign in this form: {0}"


@dataclass(slots=True)
class _Disclosure:
    """A salted value, and the claim name it is for; array elements have none (§4.2)."""

    name: str | None
    value: Any
    used: bool = False


@dataclass(slots=True)
class _Processing:
    """What §7.1 keeps in mind while it walks the payload."""

    waiting: dict[str, _Disclosure]
    limits: Limits
    met: set[str] = field(default_factory=set)

    def claim(self, digest: Any) -> _Disclosure | None:
        """The disclosure behind `digest`; None for a decoy, or for what the holder keeps (§7.1 step 3)."""
        if not isinstance(digest, str):
            raise DisclosureInvalid("a digest is not a text")
        if digest in self.met:  # step 4
            raise DisclosureInvalid("one digest stands in two places")
        self.met.add(digest)
        if (found := self.waiting.get(digest)) is not None:
            found.used = True
        return found


def disclosed(proof: SdJwtProof, limits: Limits) -> JsonObject:
    """The payload with what the holder disclosed in its place (§7.1). The JWS is verified by the caller.

    Raises `DisclosureInvalid`, `UnsupportedSuite` for an unknown hash, `WorkLimit` for absurd nesting.
    """
    digest = hash_of(proof.jws.claims)
    waiting: dict[str, _Disclosure] = {}
    for text in proof.disclosures:
        key = encoding.to_base64url(digest(text.encode()).digest())
        if key in waiting:
            raise DisclosureInvalid("one disclosure stands twice")
        waiting[key] = _read(text, limits)
    state = _Processing(waiting, limits)
    claims = {name: value for name, value in proof.jws.claims.items() if name != "_sd_alg"}
    result = _object(claims, state, depth=1, disclosures=0)
    if not all(disclosure.used for disclosure in waiting.values()):  # step 5
        raise DisclosureInvalid("a disclosure belongs to no digest that the issuer signed")
    return result


def hash_of(claims: JsonObject) -> Callable[[bytes], Any]:
    """The hash that `_sd_alg` of the payload names (§4.1.1)."""
    name = claims.get("_sd_alg", DEFAULT_HASH)
    if not isinstance(name, str):
        raise DisclosureInvalid("“_sd_alg” is not a text")
    if name not in _HASHES:
        raise UnsupportedSuite(f"disclosures hashed with {name}")
    return _HASHES[name]


def _read(text: str, limits: Limits) -> _Disclosure:
    """§4.2: an array of salt, name and value, or of salt and value."""
    try:
        parts = strict_json.read(encoding.base64url(text), limits)
    except (Undecodable, Unreadable) as error:
        raise DisclosureInvalid(f"a disclosure {error}") from error
    match parts:
        case [str(), value]:
            return _Disclosure(None, value)
        case [str(), str(name), value]:
            if name in ("_sd", "..."):
                raise DisclosureInvalid(f"a disclosed detail is called “{name}”")
            return _Disclosure(name, value)
    raise DisclosureInvalid("a disclosure is not a salt with a name and a value")


def _object(value: JsonObject, state: _Processing, *, depth: int, disclosures: int) -> JsonObject:
    if "..." in value or "_sd_alg" in value:
        raise DisclosureInvalid("a reserved name stands where it may not")
    result = {
        name: _walk(inner, state, depth=depth + 1, disclosures=disclosures)
        for name, inner in value.items()
        if name != "_sd"
    }
    digests = value.get("_sd", [])
    if not isinstance(digests, list):
        raise DisclosureInvalid("“_sd” is not an array")
    for digest in digests:
        if (found := state.claim(digest)) is None:
            continue
        if found.name is None:
            raise DisclosureInvalid("a disclosure for an array stands in an object")
        if found.name in result:  # step 3.c.ii.3
            raise DisclosureInvalid(f"“{found.name}” is there already")
        if depth == 1 and found.name in NEVER_DISCLOSABLE:
            raise DisclosureInvalid(f"“{found.name}” must not be left to the holder")
        result[found.name] = _walk(found.value, state, depth=depth + 1, disclosures=disclosures + 1)
    return result


def _array(value: list[Any], state: _Processing, *, depth: int, disclosures: int) -> list[Any]:
    result = []
    for item in value:
        if not (isinstance(item, dict) and "..." in item):
            result.append(_walk(item, state, depth=depth + 1, disclosures=disclosures))
            continue
        if len(item) != 1:
            raise DisclosureInvalid("a placeholder in an array holds more than a digest")
        if (found := state.claim(item["..."])) is None:
            continue
        if found.name is not None:
            raise DisclosureInvalid("a disclosure for an object stands in an array")
        result.append(_walk(found.value, state, depth=depth + 1, disclosures=disclosures + 1))
    return result


def _walk(value: Any, state: _Processing, *, depth: int, disclosures: int) -> Any:
    if depth > state.limits.json_depth or disclosures > state.limits.disclosure_depth:
        raise WorkLimit("its disclosures are nested too deeply")
    if isinstance(value, dict):
        return _object(value, state, depth=depth, disclosures=disclosures)
    if isinstance(value, list):
        return _array(value, state, depth=depth, disclosures=disclosures)
    return value
