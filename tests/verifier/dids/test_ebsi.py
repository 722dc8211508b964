"""did:ebsi: known only to the registry that the employer names."""

from __future__ import annotations

import json

import base58
import pytest

from verifier import dids
from verifier.dids import DidDocument, DidUnreachable
from verifier.errors import MalformedDid, MalformedDidDocument, Unreachable, UnsupportedDidMethod
from verifier.flow import Fetch, Fetched, drive
from verifier.policy import Limits

REGISTRY = "https://registry.example/did-registry/v5/identifiers"


def identifier(version: int = 1, size: int = 16) -> str:
    return "did:ebsi:z" + base58.b58encode(bytes([version]) + bytes(range(size))).decode()


DID = identifier()


def resolve(did: str, document: object = None) -> DidDocument:
    def answer(fetch: Fetch) -> Fetched:
        if fetch.url != f"{REGISTRY}/{did}" or document is None:
            raise Unreachable(fetch.url, "no such page")
        return Fetched(url=fetch.url, body=json.dumps(document).encode())

    return drive(dids.resolve(did, Limits(), [dids.ebsi_at(REGISTRY + "/")]), answer)


def test_a_registered_identifier_is_resolved() -> None:
    assert resolve(DID, {"id": DID}).id == DID


def test_without_a_registry_the_method_is_unknown() -> None:
    with pytest.raises(UnsupportedDidMethod):
        drive(dids.resolve(DID, Limits()), lambda fetch: Fetched(url=fetch.url, body=b"{}"))


def test_a_registry_that_does_not_answer_says_nothing() -> None:
    with pytest.raises(DidUnreachable):
        resolve(DID)


def test_the_document_of_another_identifier_is_refused() -> None:
    with pytest.raises(MalformedDidDocument):
        resolve(DID, {"id": identifier(size=15)})


@pytest.mark.parametrize(
    "did", [identifier(2), identifier(size=15), "did:ebsi:abc", "did:ebsi:z0", "did:ebsi:a:b"]
)
def test_what_is_no_legal_entity_is_malformed(did: str) -> None:
    with pytest.raises(MalformedDid):
        resolve(did, {"id": did})


def test_a_registry_is_an_https_address() -> None:
    with pytest.raises(ValueError, match="https"):
        dids.ebsi_at("http://registry.example")
