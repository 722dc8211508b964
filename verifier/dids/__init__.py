"""Identifiers → documents with keys. A method is a value in `METHODS`; an unknown one is never a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from verifier.dids import ebsi, jwk, key, web, webvh
from verifier.dids.document import DidDocument, VerificationMethod, authorizes, dereference
from verifier.dids.syntax import identifier_of, method_of
from verifier.dids.web import DidUnreachable
from verifier.errors import MalformedDid, UnsupportedDidMethod
from verifier.flow import Flow
from verifier.policy import Limits

__all__ = [
    "METHODS",
    "DidDocument",
    "DidMethod",
    "DidUnreachable",
    "VerificationMethod",
    "authorizes",
    "dereference",
    "ebsi_at",
    "identifier_of",
    "resolve",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DidMethod:
    """One way to resolve an identifier; the flow raises only `VerifierError`."""

    name: str
    resolve: Callable[[str, Limits], Flow[DidDocument]]


METHODS = MappingProxyType(
    {
        method.name: method
        for method in (
            DidMethod(name="key", resolve=key.resolve),
            DidMethod(name="jwk", resolve=jwk.resolve),
            DidMethod(name="web", resolve=web.resolve),
            DidMethod(name="webvh", resolve=webvh.resolve),
        )
    }
)


def ebsi_at(registry: str) -> DidMethod:
    """did:ebsi as the registry at `registry` knows it; the employer chooses the registry."""
    return DidMethod(name="ebsi", resolve=ebsi.resolver_at(registry))


def resolve(identifier: str, limits: Limits, more: Iterable[DidMethod] = ()) -> Flow[DidDocument]:
    """The document of a DID, or of an https URL that is an identifier itself (DID 1.0 §7.1, CID 1.0 §3.3).

    `more` are methods that the employer's own sources bring along. Syntax and length are judged first.
    Raises `MalformedDid`, `UnsupportedDidMethod`, `DidUnreachable`, `MalformedDidDocument`.
    """
    if len(identifier) > limits.identifier_chars:
        raise MalformedDid(f"it has {len(identifier):,} characters")
    if identifier.startswith("https://"):
        return (yield from web.resolve_https(identifier, limits))
    name = method_of(identifier, limits)
    methods = {method.name: method for method in (*more, *METHODS.values())}
    if name not in methods:
        raise UnsupportedDidMethod(f"did:{name}")
    return (yield from methods[name].resolve(identifier, limits))
