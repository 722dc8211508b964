"""Keys of an issuer that is an https URL: pinned, at the `kid`, or in the issuer's metadata.

Open Badges 3.0 §8.2.2 (`kid` is the address of a JWK), SD-JWT VC draft 09 §5 (`/.well-known/jwt-vc-issuer`),
RFC 7517 §5 (key sets). An address is asked only on the issuer's own origin.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any
from urllib.parse import urlsplit

from verifier import strict_json
from verifier.dids.web import is_web_origin, read_document
from verifier.errors import (
    KeyUnavailable,
    MalformedDidDocument,
    MalformedKey,
    UnsupportedKey,
    VerificationMethodNotFound,
    VerifierError,
    WeakKey,
)
from verifier.flow import Fetch, Fetched
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.proofs import keys
from verifier.proofs.keys import PublicKey

__all__ = ["choose", "issuer_keys"]

MAX_KEYS = 100  # in one set; large federations publish some 20


def issuer_keys(
    issuer_url: str, pinned: tuple[JsonObject, ...], kid: str | None, limits: Limits, *, may_fetch: bool
) -> Generator[Fetch, Fetched, tuple[PublicKey, ...]]:
    """The keys of the issuer `issuer_url` that `kid` may name; any of them may verify.

    `pinned` keys win, and nothing is asked where there are any. Raises `KeyUnavailable` where nothing may be
    asked or nothing is published, `VerificationMethodNotFound` where the issuer's keys have other names.
    """
    if pinned:
        return choose(pinned, kid)
    origin = issuer_url.partition("#")[0]
    if not may_fetch or len(origin) > limits.identifier_chars or not is_web_origin(origin):
        raise KeyUnavailable(issuer_url)
    if kid and kid.startswith("https://"):
        return (yield from _at_kid(origin, kid, limits))
    return (yield from _from_metadata(origin, kid, limits))


def choose(published: Iterable[Any], kid: str | None) -> tuple[PublicKey, ...]:
    """The keys for signatures among `published` JWKs that `kid` may name (RFC 7517 §4.5).

    A key without a name may be meant by any `kid`; one that cannot be used is passed over (§5). A set with a
    secret in it, or with two keys of one name, is refused: what it says is not what its owner thinks.
    """
    jwks = tuple(published)
    if len(jwks) > MAX_KEYS or not all(isinstance(jwk, dict) for jwk in jwks):
        raise MalformedKey("its set of keys is not well formed")
    names = [jwk["kid"] for jwk in jwks if "kid" in jwk]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise MalformedKey("two keys of its set have one name")
    if any(jwk.get("kty") == "oct" or "d" in jwk for jwk in jwks):
        raise MalformedKey("its set of keys contains a secret")
    named = [jwk for jwk in jwks if kid is not None and jwk.get("kid") == kid]
    if named:
        return (keys.from_jwk(named[0]),)
    return _usable(
        [jwk for jwk in jwks if (kid is None or "kid" not in jwk) and jwk.get("use", "sig") == "sig"], kid
    )


def _usable(candidates: list[JsonObject], kid: str | None) -> tuple[PublicKey, ...]:
    """The keys that can be used; where there is none, why. What is not understood speaks against nobody."""
    usable, faults = list[PublicKey](), list[VerifierError]()
    for jwk in candidates:
        try:
            usable.append(keys.from_jwk(jwk))
        except (UnsupportedKey, MalformedKey, WeakKey) as error:
            faults.append(error)
    if not usable:
        unknown = VerificationMethodNotFound(kid or "none of its keys is for signatures")
        raise min([*faults, unknown], key=lambda fault: not isinstance(fault, UnsupportedKey))
    return tuple(usable)


def _at_kid(issuer: str, kid: str, limits: Limits) -> Generator[Fetch, Fetched, tuple[PublicKey, ...]]:
    address = kid.partition("#")[0]
    if len(kid) > limits.identifier_chars or not _same_origin(issuer, address):
        # OB 3.0 §8.2.2 lets `kid` be any address; one that the issuer does not hold shows nothing about it.
        raise VerificationMethodNotFound(kid)
    document = yield from read_document(issuer, address, limits)
    if "keys" in document:
        return choose(strict_json.one_or_many(document["keys"]), kid)
    if document.get("kid", kid) not in (kid, kid.rpartition("#")[2]):
        raise VerificationMethodNotFound(kid)
    return (keys.from_jwk(document),)


def _from_metadata(
    issuer: str, kid: str | None, limits: Limits
) -> Generator[Fetch, Fetched, tuple[PublicKey, ...]]:
    metadata = yield from read_document(issuer, _metadata_url(issuer), limits)
    if metadata.get("issuer") != issuer:
        raise MalformedDidDocument("its metadata names another issuer")
    match metadata.get("jwks"), metadata.get("jwks_uri"):
        case dict() as jwks, None:
            pass
        case None, str() as address if _same_origin(issuer, address):
            jwks = yield from read_document(issuer, address, limits)
        case None, str():
            raise KeyUnavailable(issuer)
        case _:
            raise MalformedDidDocument("its metadata holds no keys, or holds them twice")
    return choose(strict_json.one_or_many(jwks.get("keys")), kid)


def _metadata_url(issuer: str) -> str:
    """SD-JWT VC §5.1: the well-known part goes between host and path."""
    parts = urlsplit(issuer)
    return f"https://{parts.netloc}/.well-known/jwt-vc-issuer{parts.path.rstrip('/')}"


def _same_origin(one: str, other: str) -> bool:
    if not is_web_origin(one) or not is_web_origin(other):
        return False
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()
