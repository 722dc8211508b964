"""CTIDs in a document, each with its address in the Credential Registry (https://credreg.net/ctdl/terms)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verifier import identify

REGISTRY = "https://credentialengineregistry.org/resources/"
MAX_LINKS = 100
MAX_VALUES = 50_000  # looked at; the verifier reads no document with more
# Alone, or behind a prefix of the document ("res:ce-…"); an address of another registry stays that.
_CTID = re.compile(
    r"(?:[A-Za-z][\w-]{0,30}:)?(ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryLink:
    """A resource of the Credential Registry that the document names: to look up, not yet looked up."""

    ctid: str
    url: str  # of the registry, made from the CTID: safe to open
    pointer: str  # the first place where it stands


def registry_links(document: Mapping[str, Any] | None) -> tuple[RegistryLink, ...]:
    """Every CTID once, in the order of the document."""
    found: dict[str, RegistryLink] = {}
    for number, (pointer, text) in enumerate(_texts(document or {}, "")):
        if number >= MAX_VALUES or len(found) >= MAX_LINKS:
            break
        if ctid := _ctid(text):
            found.setdefault(ctid, RegistryLink(ctid=ctid, url=REGISTRY + ctid, pointer=pointer))
    return tuple(found.values())


def _ctid(text: str) -> str:
    if "ce-" not in text.lower() or len(text) > 300:
        return ""
    if alone := _CTID.fullmatch(text):
        return alone[1].lower()
    concept = identify(text)
    return (
        concept.code or ""
        if concept.framework == "CTDL" and concept.id == f"{REGISTRY}{concept.code}"
        else ""
    )


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """(pointer, text) of every text; the verifier has counted how deep a document may be."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{number}")
