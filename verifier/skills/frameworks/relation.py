"""How two skills stand to each other, in the words of SKOS mappings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How another skill stands to the one that is asked for."""

    EXACT = "exact"
    CLOSE = "close"
    NARROWER = "narrower"  # the other is a part or a special case of it
    BROADER = "broader"
    RELATED = "related"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One hop: the other skill, what the mapping says, and whose mapping it is."""

    id: str
    relation: Relation
    source: str  # e.g. "ESCO hierarchy", "RSD alignment"
    version: str = ""
