"""did:ebsi: identifiers of legal entities in a registry of the European Blockchain Services Infrastructure.

EBSI DID Method for Legal Entities v1; EBSI DID Registry API v5. There are several registries (pilot,
conformance, …) and nothing in an identifier says which: the employer names the one that is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime

from verifier.dids.document import DidDocument
from verifier.dids.syntax import parts_of
from verifier.dids.web import is_web_origin, read_document
from verifier.errors import MalformedDid, MalformedDidDocument
from verifier.flow import Fetch, Fetched
from verifier.policy import Limits
from verifier.proofs import encoding
from verifier.proofs.encoding import Undecodable

__all__ = ["is_legal_entity", "resolver_at"]


def resolver_at(
    registry: str, at: datetime | None = None
) -> Callable[[str, Limits], Generator[Fetch, Fetched, DidDocument]]:
    """Resolution in the DID registry at `registry`, e.g. https://api-pilot.ebsi.eu/did-registry/v5/identifiers.

    With `at`, documents as they were then (API v5, `valid-at`). `ValueError` for what is no https address.
    """
    if not is_web_origin(registry):
        raise ValueError(f"not an https address: {registry}")

    def resolve(did: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
        if not is_legal_entity(did, limits):
            raise MalformedDid(did)
        then = "" if at is None else f"?valid-at={at:%Y-%m-%dT%H:%M:%SZ}"
        document = yield from read_document(did, f"{registry.rstrip('/')}/{did}{then}", limits)
        if document.get("id") != did:
            raise MalformedDidDocument(f"the registry calls it {document.get('id')}, not {did}")
        return DidDocument(id=did, document=document)

    return resolve


def is_legal_entity(did: str, limits: Limits) -> bool:
    """§2.1: Multibase base58btc of version byte 1 and 16 random bytes."""
    try:
        method, identifier = parts_of(did, limits)
        data = encoding.multibase(identifier)
    except (MalformedDid, Undecodable):
        return False
    return method == "ebsi" and len(data) == 17 and data[0] == 1
