"""did:web: the identifier is an address, and whoever controls the address is believed (did:web method §3.2).

The same reading serves identifiers that are https URLs themselves (CID 1.0 §3.1): the document is at the URL.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any
from urllib.parse import unquote_to_bytes

from verifier import strict_json
from verifier.dids.document import DidDocument
from verifier.dids.syntax import parts_of
from verifier.errors import (
    DID_CORE,
    Inconclusive,
    MalformedDid,
    MalformedDidDocument,
    Unreachable,
    Unreadable,
)
from verifier.flow import Fetch, Fetched, Purpose
from verifier.model import JsonObject
from verifier.policy import Limits

__all__ = ["DidUnreachable", "is_web_origin", "read_document", "resolve", "resolve_https", "url_of"]

ACCEPT = ("application/did+json", "application/did+ld+json", "application/json", "application/ld+json")

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# At least two labels, the last one not a number: never an IP address (WHATWG URL §3.5).
_HOST = re.compile(rf"(?:{_LABEL}\.){{1,20}}(?=[A-Za-z]){_LABEL}")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
_PRIVATE_NAMES = ("localhost", "local", "internal", "home", "lan", "corp")  # RFC 6761, RFC 6762, ICANN SAC113
_FORBIDDEN_IN_SEGMENT = frozenset(b"/\\@:?#%")


class DidUnreachable(Inconclusive):
    """The issuer's document could not be had: says nothing about the credential."""

    code = "did_unreachable"
    spec = DID_CORE + "#did-resolution"
    sentence = "is signed by {0}, whose keys could not be fetched: {1}"


def resolve(did: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
    """The document at the address that `did` names; its `id` must be `did` to the letter."""
    document = yield from read_document(did, url_of(did, limits), limits)
    return _identified(did, document)


def resolve_https(identifier: str, limits: Limits) -> Generator[Fetch, Fetched, DidDocument]:
    """The controlled identifier document at an https URL; its `id` must be that URL (CID 1.0 §3.3)."""
    if len(identifier) > limits.identifier_chars or not is_web_origin(identifier):
        raise MalformedDid(identifier)
    document = yield from read_document(identifier, identifier, limits)
    return _identified(identifier, document)


def url_of(did: str, limits: Limits) -> str:
    """The https URL of a did:web (§3.2 Read). Raises `MalformedDid` for an address that could mislead."""
    _, rest = parts_of(did, limits)
    authority, *segments = rest.split(":")
    host, _, port = re.sub("%3a", "%3A", authority).partition("%3A")
    if not _is_public_name(host) or ((port or "%3A" in authority.upper()) and not _is_port(port)):
        raise MalformedDid(did)
    for segment in segments:
        plain = unquote_to_bytes(segment)
        if plain in (b"", b".", b"..") or _FORBIDDEN_IN_SEGMENT.intersection(plain) or min(plain) <= 0x20:
            raise MalformedDid(did)
    path = "/".join(segments) or ".well-known"
    return f"https://{host.lower()}{':' + port if port else ''}/{path}/did.json"


def is_web_origin(url: str) -> bool:
    """Whether `url` is https, its host a public name, with no user and nothing open to two readings."""
    if not url.startswith("https://"):
        return False
    authority, slash, path = url.removeprefix("https://").partition("/")
    host, colon, port = authority.partition(":")
    segments = path.lower().replace("%2e", ".").split("/")
    return (
        _is_public_name(host)
        and (not colon or _is_port(port))
        and _PATH.fullmatch(slash + path) is not None
        and not {".", ".."}.intersection(segments)
    )


def _is_public_name(host: str) -> bool:
    last = host.rpartition(".")[2].lower()
    return len(host) <= 253 and _HOST.fullmatch(host) is not None and last not in _PRIVATE_NAMES


def _is_port(text: str) -> bool:
    return _PORT.fullmatch(text) is not None and int(text) <= 65535


def read_document(name: str, url: str, limits: Limits) -> Generator[Fetch, Fetched, JsonObject]:
    """The JSON object at `url`, published by `name`. Raises `DidUnreachable` for anything else."""
    try:
        answer = yield Fetch(url=url, purpose=Purpose.KEY, accept=ACCEPT)
        return strict_json.read_object(answer.body, limits)
    except Unreachable as error:
        raise DidUnreachable(name, error.reason) from error
    except Unreadable as error:
        raise DidUnreachable(name, f"what it answered {error}") from error


def _identified(identifier: str, document: JsonObject) -> DidDocument:
    claimed: Any = document.get("id")
    if claimed != identifier:
        raise MalformedDidDocument(f"it calls itself {claimed}, not {identifier}")
    return DidDocument(id=identifier, document=document)
