"""did:jwk: the identifier is a JWK in base64url (did:jwk method, June 2022)."""

from __future__ import annotations

from collections.abc import Generator

from verifier import strict_json
from verifier.dids.document import DidDocument
from verifier.dids.syntax import parts_of
from verifier.errors import MalformedDid, Unreadable
from verifier.flow import Fetch, Fetched
from verifier.policy import Limits
from verifier.proofs import encoding, keys
from verifier.proofs.encoding import Undecodable

__all__ = ["resolve"]

_FOR_SIGNATURES = ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation")


def resolve(did: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
    """The document that `did` spells out; nothing is asked. Raises `MalformedDid` or as the key deserves."""
    _, text = parts_of(did, limits)
    try:
        jwk = strict_json.read_object(encoding.base64url(text), limits)
    except (Undecodable, Unreadable) as error:
        raise MalformedDid(did) from error
    keys.from_jwk(jwk)
    method_id = f"{did}#0"
    method = {"id": method_id, "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": jwk}
    document = {"id": did, "verificationMethod": [method]} | {name: [method_id] for name in _FOR_SIGNATURES}
    yield from ()
    return DidDocument(id=did, document=document)
