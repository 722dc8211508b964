"""OpenID Federation 1.0: trust chains of signed entity statements under one anchor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from verifier.model import JsonObject
from verifier.trust.registry import UnaskedRegistry, require_https


@dataclass(frozen=True, slots=True)
class OpenIdFederation(UnaskedRegistry):
    """The federation under `anchor`, whose keys are pinned by `jwks` and never taken from the network."""

    kind: ClassVar[str] = "OpenID federations"
    anchor: str
    jwks: JsonObject = field(repr=False)

    def __post_init__(self) -> None:
        require_https(self.anchor)

    @property
    def address(self) -> str:
        """The anchor."""
        return self.anchor
