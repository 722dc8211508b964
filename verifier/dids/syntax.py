"""DID syntax, judged before anything is looked up (DID 1.0 §3.1)."""

from __future__ import annotations

import re

from verifier.errors import MalformedDid
from verifier.policy import Limits

__all__ = ["identifier_of", "method_of", "parts_of"]

# One pass, no alternatives that overlap: linear on any input.
_DID = re.compile(r"did:([a-z0-9]+):((?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})+)")


def parts_of(did: str, limits: Limits) -> tuple[str, str]:
    """The method name and the method-specific identifier of `did`. Raises `MalformedDid`."""
    if len(did) > limits.identifier_chars:
        raise MalformedDid(f"it has {len(did):,} characters")
    match = _DID.fullmatch(did)
    if not match or did.endswith(":"):
        raise MalformedDid(did)
    return match[1], match[2]


def method_of(did: str, limits: Limits) -> str:
    """The method name of `did`."""
    return parts_of(did, limits)[0]


def identifier_of(url: str) -> str:
    """The identifier whose document a DID URL or https URL points into: all before the fragment."""
    return url.partition("#")[0]
