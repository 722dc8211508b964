"""How sure a piece of evidence makes one: its weakest link, with the reason (SKILLS §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from verifier.report import Verdict
from verifier.skills.claim import IssuerTier, Link
from verifier.skills.frameworks import Relation
from verifier.skills.standing import Evidence

FRESH = timedelta(days=5 * 365)  # older skills may have faded: Medium
OLD = timedelta(days=10 * 365)  # Low


class Confidence(StrEnum):
    """Three words, no number: a number would be read as a probability."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        return {"high": 2, "medium": 1, "low": 0}[self.value]


def confidence_of(evidence: Evidence) -> tuple[Confidence, str]:
    """The confidence and the stable code of the weakest link; ("high", "direct") when none is weak."""
    weakest = (Confidence.HIGH, "direct")
    for found in _links(evidence):
        if found[0].rank < weakest[0].rank:
            weakest = found
    return weakest


def _links(evidence: Evidence) -> Iterator[tuple[Confidence, str]]:
    claim = evidence.claim
    if claim.verdict is not Verdict.VERIFIED:
        yield Confidence.LOW, "not_verified"
    if claim.self_issued:
        yield Confidence.LOW, "self_issued"
    if claim.issuer_tier in (IssuerTier.UNKNOWN, IssuerTier.REFUSED):
        yield Confidence.LOW, "issuer_unknown"
    yield from _skill_links(evidence)
    if claim.issued is None:
        yield Confidence.MEDIUM, "age_unknown"
    elif claim.checked_at - claim.issued > OLD:
        yield Confidence.LOW, "old"
    elif claim.checked_at - claim.issued > FRESH:
        yield Confidence.MEDIUM, "old"


def _skill_links(evidence: Evidence) -> Iterator[tuple[Confidence, str]]:
    if evidence.link is Link.INFERRED or evidence.relation is not Relation.EXACT:
        confirmed = evidence.confirmation is not None
        yield (Confidence.MEDIUM, "link_confirmed") if confirmed else (Confidence.LOW, "link_unconfirmed")
    elif evidence.link is Link.CROSSWALK:
        yield Confidence.MEDIUM, "crosswalk"
    elif evidence.link is Link.LABEL:
        yield Confidence.MEDIUM, "name_only"
    if evidence.whole_qualification:
        yield Confidence.MEDIUM, "level_of_qualification"
