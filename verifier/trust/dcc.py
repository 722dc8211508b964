"""Known-issuer registries of the Digital Credentials Consortium: one public JSON file of DIDs.

    {"meta": {"created": "2022-10-27T17:57:31+00:00", "updated": "2026-03-25T00:00:00+00:00"},
     "registry": {"did:web:college.example": {"name": "Example College", "location": "…", "url": "https://…"}}}

The file is not signed: https from the address that the employer chose is its whole evidence. The newer
registries of the consortium are OpenID federations, known by their configuration under /.well-known/.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from verifier.errors import MalformedCredential, Unreachable, VerifierError
from verifier.flow import Fetch, Flow, Purpose
from verifier.model import JsonObject
from verifier.policy import Limits
from verifier.strict_json import instant, read_object
from verifier.trust.openid_federation import WELL_KNOWN, look_up
from verifier.trust.registry import RegistryStale, RegistryUnreachable, RegistryUnusable, require_https
from verifier.trust.source import Asked, Decision, Recognition

_NODES = 1_000_000  # the largest of these registries has 50 issuers; a file of registry_bytes fits


@dataclass(frozen=True, slots=True)
class DccRegistry:
    """A registry file at `url`, called `name` for people.

    `seen` is the newest `meta.updated` that was met before: an older file was rolled back.
    """

    url: str
    name: str = ""
    seen: datetime | None = None

    def __post_init__(self) -> None:
        require_https(self.url)

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """ACCEPT for an issuer that is listed by exactly its identifier, else UNKNOWN."""
        if self.url.endswith(WELL_KNOWN):
            anchor = self.url.removesuffix(WELL_KNOWN)
            return (yield from look_up(anchor, None, asked, title=self._title))
        limits = asked.policy.limits
        try:
            fetched = yield Fetch(url=self.url, purpose=Purpose.REGISTRY)
        except Unreachable as error:
            raise RegistryUnreachable(self._title, error.reason) from error
        document = self._document(fetched.body, limits)
        self._require_current(document, asked.now, limits)
        registry = document.get("registry")
        if not isinstance(registry, dict):
            raise RegistryUnusable(self._title, "it has no “registry”")
        if asked.issuer_id not in registry:
            return Recognition(decision=Decision.UNKNOWN, source=self._title)
        entry = registry[asked.issuer_id]
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            raise RegistryUnusable(self._title, "its entry has no name")
        return Recognition(decision=Decision.ACCEPT, source=self._title, name=name)

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: these registries hold names, not keys."""
        return ()

    @property
    def _title(self) -> str:
        return self.name or self.url

    def _document(self, body: bytes, limits: Limits) -> JsonObject:
        try:
            return read_object(body, replace(limits, json_bytes=limits.registry_bytes, json_nodes=_NODES))
        except VerifierError as error:
            raise RegistryUnusable(self._title, f"it {error}") from error

    def _require_current(self, document: JsonObject, now: datetime, limits: Limits) -> None:
        """`meta.updated` is when an entry last changed, so a quiet registry is not a stale one."""
        meta = document.get("meta")
        if not isinstance(meta, dict):
            raise RegistryUnusable(self._title, "it has no “meta”")
        try:
            updated = instant(meta.get("updated"), "/meta/updated")
        except MalformedCredential as error:
            raise RegistryUnusable(self._title, "it does not say when it was updated") from error
        if updated > now + limits.clock_skew:
            raise RegistryUnusable(self._title, f"it says that it was updated on {updated:%d %B %Y}")
        if self.seen is not None and updated < self.seen:
            raise RegistryStale(self._title, f"a version of {self.seen:%d %B %Y} was seen before")
