"""OpenID Federation 1.0: trust chains of signed entity statements under one anchor."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifier.flow import Flow
from verifier.model import JsonObject
from verifier.trust.registry import not_asked, require_https
from verifier.trust.source import Asked, Recognition


@dataclass(frozen=True, slots=True)
class OpenIdFederation:
    """The federation under `anchor`, whose keys are pinned by `jwks` and never taken from the network."""

    anchor: str
    jwks: JsonObject = field(repr=False)

    def __post_init__(self) -> None:
        require_https(self.anchor)

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """Never a pass: this source cannot be asked yet."""
        return not_asked(self.anchor, "OpenID federations")

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: what was not asked pins nothing."""
        return ()
