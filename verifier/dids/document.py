"""DID documents and controlled identifier documents: a key is found in them, or it is not the issuer's.

CID 1.0 §2 and §3.3, DID 1.0 §5. A key is never taken from a URL's fragment, whatever the fragment looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifier import strict_json
from verifier.dids.syntax import identifier_of
from verifier.errors import MalformedCredential, MalformedDidDocument, VerificationMethodNotFound
from verifier.model import JsonObject
from verifier.proofs import keys
from verifier.proofs.keys import PublicKey

__all__ = ["DidDocument", "VerificationMethod", "authorizes", "dereference"]

RELATIONSHIPS = (
    "assertionMethod",
    "authentication",
    "keyAgreement",
    "capabilityInvocation",
    "capabilityDelegation",
)
MAX_METHODS = 200  # a university's document has a handful; bounds the search for duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class DidDocument:
    """What an identifier resolves to; `id` is what was asked for and what the document calls itself."""

    id: str
    document: JsonObject = field(repr=False)
    since: datetime | None = None  # when this version began, by its own dated history (did:webvh)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationMethod:
    """One key of an issuer (CID 1.0 §2.2)."""

    id: str  # absolute
    controller: str
    key: PublicKey
    revoked: datetime | None = None
    expires: datetime | None = None


def dereference(document: DidDocument, url: str) -> VerificationMethod:
    """The verification method `url` of `document`; a relative `#key-1` is one of its own (DID 1.0 §5.2).

    Raises `VerificationMethodNotFound`, `MalformedDidDocument`, or what the key itself deserves.
    """
    methods: dict[str, JsonObject] = {}
    for method in _methods(document):
        method_id = _absolute(document, method.get("id"))
        if method_id in methods:
            # DID 1.0 §5.2: ids are unique. Two readers of this document could pick different keys.
            raise MalformedDidDocument(f"two of its keys are called {method_id}")
        methods[method_id] = method
        if len(methods) > MAX_METHODS:
            raise MalformedDidDocument(f"it has more than {MAX_METHODS} keys")
    wanted = _absolute(document, url)
    if identifier_of(wanted) != document.id or wanted not in methods:
        raise VerificationMethodNotFound(wanted)
    return _read(wanted, methods[wanted])


def authorizes(document: DidDocument, method_id: str, purpose: str) -> bool:
    """Whether `document` lists the method under `purpose`, by reference or embedded (CID 1.0 §2.3)."""
    if purpose not in RELATIONSHIPS:
        return False
    wanted = _absolute(document, method_id)
    return any(
        _absolute(document, strict_json.id_of(entry)) == wanted
        for entry in strict_json.one_or_many(document.document.get(purpose))
        if strict_json.id_of(entry)
    )


def _methods(document: DidDocument) -> Iterator[JsonObject]:
    """All verification methods, also those that stand inside a relationship only."""
    seen: list[JsonObject] = []
    for name in ("verificationMethod", *RELATIONSHIPS):
        for entry in strict_json.one_or_many(document.document.get(name)):
            if isinstance(entry, dict):
                # A relationship may repeat a method word for word; that is no second key.
                if name != "verificationMethod" and entry in seen:
                    continue
                seen.append(entry)
                yield entry
            elif name == "verificationMethod" or not isinstance(entry, str):
                raise MalformedDidDocument(f"a {strict_json.kind_of(entry)} stands where a key belongs")


def _absolute(document: DidDocument, identifier: Any) -> str:
    if not isinstance(identifier, str) or not identifier:
        raise MalformedDidDocument("one of its keys has no id")
    return document.id + identifier if identifier.startswith("#") else identifier


def _read(method_id: str, method: JsonObject) -> VerificationMethod:
    controller = method.get("controller")
    if not isinstance(controller, str) or not controller:
        raise MalformedDidDocument(f"{method_id} has no controller")
    return VerificationMethod(
        id=method_id,
        controller=controller,
        key=keys.from_verification_method(method),
        revoked=_moment(method, "revoked"),
        expires=_moment(method, "expires"),
    )


def _moment(method: JsonObject, name: str) -> datetime | None:
    if name not in method:
        return None
    try:
        return strict_json.instant(method[name], f"/{name}")
    except MalformedCredential as error:
        raise MalformedDidDocument(f"“{name}” of a key is no point in time") from error
