"""EU trusted lists: the list of lists and the national lists (ETSI TS 119 612; Decision (EU) 2015/1505)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from verifier.trust.registry import UnaskedRegistry, require_https


@dataclass(frozen=True, slots=True)
class EuTrustedLists(UnaskedRegistry):
    """The lists under `lotl_url`; its signers are pinned from the Official Journal, not from the list."""

    kind: ClassVar[str] = "EU trusted lists"
    lotl_url: str
    signer_certificates: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        require_https(self.lotl_url)

    @property
    def address(self) -> str:
        """The list of lists."""
        return self.lotl_url
