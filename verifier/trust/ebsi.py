"""The Trusted Issuers Registry of the European Blockchain Services Infrastructure (EBSI TIR API v5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verifier.trust.registry import UnaskedRegistry, require_https


@dataclass(frozen=True, slots=True)
class EbsiRegistry(UnaskedRegistry):
    """The registry at `url`, e.g. https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers."""

    kind: ClassVar[str] = "EBSI registries"
    url: str

    def __post_init__(self) -> None:
        require_https(self.url)

    @property
    def address(self) -> str:
        """The registry."""
        return self.url
