"""EU trusted lists: the list of lists and the national lists (ETSI TS 119 612; Decision (EU) 2015/1505)."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifier.flow import Flow
from verifier.model import JsonObject
from verifier.trust.registry import not_asked, require_https
from verifier.trust.source import Asked, Recognition


@dataclass(frozen=True, slots=True)
class EuTrustedLists:
    """The lists under `lotl_url`; its signers are pinned from the Official Journal, not from the list."""

    lotl_url: str
    signer_certificates: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        require_https(self.lotl_url)

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """Never a pass: this source cannot be asked yet."""
        return not_asked(self.lotl_url, "EU trusted lists")

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: what was not asked pins nothing."""
        return ()
