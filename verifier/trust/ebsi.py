"""The Trusted Issuers Registry of the European Blockchain Services Infrastructure (EBSI TIR API v5)."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.flow import Flow
from verifier.model import JsonObject
from verifier.trust.registry import not_asked, require_https
from verifier.trust.source import Asked, Recognition


@dataclass(frozen=True, slots=True)
class EbsiRegistry:
    """The registry at `url`, e.g. https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers."""

    url: str

    def __post_init__(self) -> None:
        require_https(self.url)

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """Never a pass: this source cannot be asked yet."""
        return not_asked(self.url, "EBSI registries")

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: what was not asked pins nothing."""
        return ()
