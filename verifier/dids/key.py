"""did:key: the identifier is the key (did:key method 0.9 §3.1)."""

from __future__ import annotations

from collections.abc import Generator

from verifier.dids.document import DidDocument
from verifier.dids.syntax import parts_of
from verifier.errors import MalformedDid
from verifier.flow import Fetch, Fetched
from verifier.policy import Limits
from verifier.proofs import keys

__all__ = ["resolve"]

_FOR_SIGNATURES = ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation")


def resolve(did: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
    """The document that `did` spells out; nothing is asked. Raises `MalformedDid` or as the key deserves."""
    _, multikey = parts_of(did, limits)
    if not multikey.startswith("z"):
        raise MalformedDid(did)
    keys.from_multikey(multikey)
    method_id = f"{did}#{multikey}"
    method = {"id": method_id, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}
    document = {"id": did, "verificationMethod": [method]} | {name: [method_id] for name in _FOR_SIGNATURES}
    yield from ()
    return DidDocument(id=did, document=document)
