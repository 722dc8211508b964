"""Hosted lists of revoked credentials: 1EdTech Revocation List Status Method 1.0, Open Badges 2.0 and 1.x.

    {"id": "https://college.example/revocations", "issuer": "https://college.example/issuer",
     "revokedCredential": [{"id": "urn:uuid:52e4…", "revocationReason": "issued in error"}]}

Such a list carries no signature: it is evidence only by https from the issuer's own origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from verifier.errors import plain
from verifier.model import Credential, JsonObject, StatusEntry
from verifier.policy import Limits
from verifier.report import Finding
from verifier.status.method import (
    Evidence,
    Located,
    MalformedStatus,
    Revoked,
    StatusListUntrusted,
    StatusListUnusable,
    StatusMethod,
    address_of,
    clear,
)
from verifier.strict_json import id_of, texts

_VCRL_FRAME = frozenset({"@context", "id", "type", "issuer"})  # all that a list without entries may hold


def is_on_origin_of(issuer_id: str, url: str) -> bool:
    """Whether `url` is https on the host and port that `issuer_id`, an https address or a did:web, stands on.

    >>> is_on_origin_of("did:web:college.example:people", "https://college.example/revocations")
    True
    >>> is_on_origin_of("https://college.example", "https://college.example.evil.example/revocations")
    False
    """
    if issuer_id.startswith("did:web:"):
        # did:web: the first part is the host, its port escaped as %3A; no other escape has a place in it
        host = issuer_id.removeprefix("did:web:").partition(":")[0]
        issuer_id = "https://" + host.replace("%3A", ":").replace("%3a", ":")
    ours, theirs = _origin(issuer_id), _origin(url)
    return ours is not None and ours == theirs


def _origin(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        return None
    if parts.scheme != "https" or not host or "@" in parts.netloc:
        return None
    return host, port


def locate(entry: StatusEntry, credential: Credential, limits: Limits) -> Located:
    """Where the list is, and by which identifiers it may name `credential`."""
    names = (credential.id, credential.document.get("id"), credential.document.get("uid"))
    identifiers = tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))
    if not identifiers:
        raise MalformedStatus("the credential has no id that a list could name", pointer=entry.pointer)
    return Located(
        url=address_of(entry.document.get("id"), limits, entry.pointer),
        pointer=entry.pointer,
        credential_ids=identifiers,
        issuer_id=credential.issuer.id if credential.issuer else "",
    )


def decide_1edtech(document: JsonObject, located: Located, limits: Limits, now: datetime) -> Finding:
    """What a 1EdTech revocation list says (VCRL 1.0 §2): named, and `revoked` not false, is revoked."""
    pointer = located.pointer
    _require_identity(document, located)
    if not isinstance(id_of(document.get("issuer")), str):
        raise StatusListUnusable("it does not say whose it is", pointer=pointer)
    if "revokedCredential" not in document and document.keys() - _VCRL_FRAME:
        raise StatusListUnusable("it has no revokedCredential", pointer=pointer)
    for item in _items(document.get("revokedCredential", []), pointer):
        revoked = item.get("revoked", True)
        if not isinstance(revoked, bool):
            raise StatusListUnusable("one of its entries is not well formed", pointer=pointer)
        if revoked and item.get("id") in located.credential_ids:
            raise Revoked(_reason(item.get("revocationReason")), pointer=pointer)
    return clear(located)


def decide_open_badges(document: JsonObject, located: Located, limits: Limits, now: datetime) -> Finding:
    """What a RevocationList of Open Badges 2.0 says, or the map of uid to reason of 1.x."""
    pointer = located.pointer
    if "RevocationList" not in texts(document.get("type")):
        # Open Badges 1.x: being named revokes; not being named proves nothing, any JSON object is like that.
        for identifier in located.credential_ids:
            if identifier in document:
                raise Revoked(_reason(document[identifier]), pointer=pointer)
        raise StatusListUnusable("it is no RevocationList", pointer=pointer)
    _require_identity(document, located)
    for item in _items(document.get("revokedAssertions"), pointer):
        if item.get("id") in located.credential_ids or item.get("uid") in located.credential_ids:
            raise Revoked(_reason(item.get("revocationReason")), pointer=pointer)
    return clear(located)


def require_not_revoked(hosted: JsonObject, pointer: str = "") -> None:
    """Raise `Revoked` when the issuer's own copy of an Open Badges 2.0 assertion says `revoked: true`."""
    revoked = hosted.get("revoked", False)
    if not isinstance(revoked, bool):
        raise StatusListUnusable("its revoked is neither true nor false", pointer=pointer)
    if revoked:
        raise Revoked(_reason(hosted.get("revocationReason")), pointer=pointer)


def _require_identity(document: JsonObject, located: Located) -> None:
    """The list is the one that was asked for, and of the issuer of the credential."""
    if document.get("id", located.url) != located.url:
        raise StatusListUntrusted("it calls itself another list", pointer=located.pointer)
    issuer = id_of(document.get("issuer", located.issuer_id))
    if issuer != located.issuer_id:
        raise StatusListUntrusted("it is the list of another issuer", pointer=located.pointer)


def _items(value: Any, pointer: str) -> Iterator[JsonObject]:
    """Every entry as an object with a text `id` or `uid`; one that cannot be read spoils the list."""
    if not isinstance(value, list):
        raise StatusListUnusable("it has no entries", pointer=pointer)
    for item in value:
        entry = {"id": item} if isinstance(item, str) else item
        if not isinstance(entry, dict) or not isinstance(entry.get("id", entry.get("uid")), str):
            raise StatusListUnusable("one of its entries is not well formed", pointer=pointer)
        yield entry


def _reason(value: Any) -> str:
    return f": {plain(value)}" if isinstance(value, str) and value else ""


ONE_EDTECH_REVOCATION_LIST = StatusMethod(
    type="1EdTechRevocationList", evidence=Evidence.HOSTED, locate=locate, decide=decide_1edtech
)
OPEN_BADGES_REVOCATION_LIST = StatusMethod(
    type="RevocationList", evidence=Evidence.HOSTED, locate=locate, decide=decide_open_badges
)
