"""Entity statements: what an entity of a federation signs about itself or another (OpenID Federation 1.0 §3).

{"iss": "https://anchor.example", "sub": "https://college.example", "iat": 1746000000, "exp": 1746086400,
 "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "key-1", "x": "…", "y": "…"}]},
 "metadata": {"federation_entity": {"organization_name": "Example College"}}}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifier.errors import VerifierError
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import jose
from verifier.proofs.keys import PublicKey, from_jwk
from verifier.strict_json import numeric_date, objects
from verifier.trust.registry import RegistryStale, RegistryUnusable

STATEMENT_TYPE = "entity-statement+jwt"  # §3: `typ`, required; any other signed token is no statement


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityStatement:
    """A statement whose signature, parties and dates were verified."""

    sub: str
    claims: JsonObject = field(repr=False)
    keys: tuple[PublicKey, ...] = field(repr=False)  # of `sub`

    def metadata(self, name: str) -> str:
        """A text of the `federation_entity` metadata (§5.1.1), else ""."""
        metadata = self.claims.get("metadata")
        entity = metadata.get("federation_entity") if isinstance(metadata, dict) else None
        value = entity.get(name) if isinstance(entity, dict) else None
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads statements of one federation at one time."""

    registry: str  # as people call it; every fault names it
    now: datetime
    limits: Limits

    def read(self, body: bytes, iss: str, sub: str, keys: tuple[PublicKey, ...] | None) -> EntityStatement:
        """The statement of `iss` about `sub` that one of `keys` signed (§3.2).

        Without `keys` it must be signed with a key that it names itself: then TLS to an address that the
        employer gave is the evidence, and only for an entity about itself.
        """
        try:
            token = jose.split(body, self.limits)
            if jose.typ_of(token) != STATEMENT_TYPE:
                raise RegistryUnusable(self.registry, "it is no entity statement")
            published = keys_of(token.claims.get("jwks"))
            jose.verify_with_any(token, published if keys is None else keys)
        except RegistryUnusable:
            raise
        except VerifierError as error:
            raise RegistryUnusable(self.registry, f"a statement about {sub} {error}") from error
        claims = token.claims
        if claims.get("iss") != iss or claims.get("sub") != sub:
            raise RegistryUnusable(self.registry, f"a statement is not the one about {sub}")
        if "crit" in claims:  # §3.1: claims that must be understood, and none are known here
            raise RegistryUnusable(self.registry, f"a statement about {sub} has critical claims")
        self._require_in_force(claims)
        return EntityStatement(sub=sub, claims=claims, keys=published)

    def _require_in_force(self, claims: JsonObject) -> None:
        issued, ends = self._moment(claims.get("iat")), self._moment(claims.get("exp"))
        if issued > self.now + self.limits.clock_skew:
            raise RegistryStale(self.registry, f"a statement begins on {issued:%d %B %Y}")
        if ends <= self.now:
            raise RegistryStale(self.registry, f"a statement ended on {ends:%d %B %Y}")

    def _moment(self, value: Any) -> datetime:
        if (moment := numeric_date(value)) is None:
            raise RegistryUnusable(self.registry, "a statement has no dates")
        return moment


def keys_of(jwks: Any) -> tuple[PublicKey, ...]:
    """The keys of a JWK set that can be used here; the others can make no signature count."""
    keys = []
    for jwk in objects(jwks.get("keys")) if isinstance(jwks, dict) else ():
        try:
            keys.append(from_jwk(jwk))
        except VerifierError:
            continue
    return tuple(keys)
