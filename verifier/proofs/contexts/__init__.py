"""JSON-LD contexts: pinned by SHA-256, shipped with the package, never fetched (VCDM 2.0 §5.3).

`index.json` says for every document its address, hash, source and licence. A policy may pin further ones;
it cannot replace a shipped one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from threading import RLock
from types import MappingProxyType
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from verifier import strict_json
from verifier.errors import Unreadable
from verifier.model import JsonObject
from verifier.policy import Limits

PROCESSED = 500  # a badge needs 15 of them, 20 kB each; hostile lists of addresses could ask for any number
SETS = 8  # sets of pins kept: one for each policy in use
CONTEXT_LIMITS = Limits(json_bytes=500_000)  # the largest real context is 26 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedContext:
    """One JSON-LD context that ships with the verifier: its meaning cannot change under anybody's hands."""

    url: str
    sha256: str
    source: str  # where the document was taken from
    licence: str


def pinned_contexts() -> tuple[PinnedContext, ...]:
    """Every shipped context, by address; a policy may pin further ones."""
    return tuple(
        PinnedContext(url=url, sha256=entry["sha256"], source=entry["source"], licence=entry["licence"])
        for url, entry in sorted(_index().items())
    )


class Contexts:
    """The documents behind a set of context addresses, and what has been worked out from them."""

    def __init__(self, given: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._given = dict(given)
        self._processed: OrderedDict[Hashable, tuple[Any, Any, Any]] = OrderedDict()
        self._resolved: dict[str, Any] = {}  # bounded by the pinned documents: no other context gets this far
        self.lock = RLock()  # PyLD's caches are shared by every caller and are not thread-safe

    @staticmethod
    def of(given: Mapping[str, bytes]) -> Contexts:
        """The shipped contexts and those `given` by a policy; equal pins share one value and its caches."""
        return _contexts_of(frozenset(given.items()))

    def __contains__(self, url: str) -> bool:
        return url in _index() or url in self._given

    def document(self, url: str) -> JsonObject | None:
        """The document pinned for `url`; None where nobody pinned one, or what was pinned is not JSON."""
        if url in _index():
            return _shipped(url)
        try:
            return strict_json.read_object(self._given[url], CONTEXT_LIMITS) if url in self._given else None
        except Unreadable:
            return None

    def processed(self, active: Any, local: Any, how: Hashable, process: Callable[[], Any]) -> Any:
        """What `process` makes of context `local` upon the active context `active`, remembered.

        Contexts are told apart by identity, lists of addresses by their text; the entry keeps both alive.
        """
        by_text = isinstance(local, list) and all(isinstance(url, str) for url in local)
        key = (id(active), tuple(local) if by_text else local if isinstance(local, str) else id(local), how)
        if key not in self._processed:
            self._processed[key] = (active, local, process())
            if len(self._processed) > PROCESSED:
                self._processed.popitem(last=False)
        self._processed.move_to_end(key)
        return self._processed[key][2]

    def options(self) -> dict[str, Any]:
        """Options for PyLD that make it use these documents and nothing else."""
        return {
            "documentLoader": self._load,
            "contextResolver": ContextResolver(self._resolved, self._load),
            "processingMode": "json-ld-1.1",
            "base": None,  # "" would make PyLD resolve relative identifiers against an address of its own
            "isFrame": False,
            "keepFreeFloatingNodes": False,
        }

    def _load(self, url: str, _: dict[str, Any]) -> dict[str, Any]:
        document = self.document(url)
        if document is None:
            raise jsonld.JsonLdError("not pinned", "jsonld.LoadDocumentError", {"url": url})
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": document,
            "tag": "static",  # without it PyLD resolves the document anew each time
        }


@lru_cache(maxsize=SETS)
def _contexts_of(given: frozenset[tuple[str, bytes]]) -> Contexts:
    return Contexts(dict(given))


@cache
def _index() -> Mapping[str, JsonObject]:
    text = resources.files(__name__).joinpath("index.json").read_text("utf-8")
    return MappingProxyType({entry["url"]: entry for entry in json.loads(text)})


def _shipped(url: str) -> JsonObject | None:
    entry = _index()[url]
    data = resources.files(__name__).joinpath(entry["file"]).read_bytes()
    if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), entry["sha256"]):
        return None  # an altered installation pins nothing
    return strict_json.read_object(data, CONTEXT_LIMITS)  # fresh each time: PyLD resolves addresses in place
