"""Which claims merely repeat others: a skill on a child counts once even if the parent aligns to it too.

A parent is the record around a credential, or what an association of a CLR 2.0 calls the parent of another
achievement or credential (`isParentOf`; `isChildOf` and `isPartOf` the other way). Nothing is ever left out
but for a claim that stands for at least as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verifier.model import Association, Level
from verifier.report import Verdict
from verifier.skills.claim import TIERS, SkillClaim, keys_of

MAX_ASSOCIATIONS = 1_000  # the largest published record has 52; more are not followed, and nothing is lost
MAX_COMPARED = 100_000  # claims of descendants looked at in one record; bounds the work on a hostile one
_UP = frozenset({"isChildOf", "isPartOf"})  # source is the child; `isParentOf` is the other way round


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One report: what it claims itself, what the reports inside it claim, and how those belong together."""

    own: tuple[SkillClaim, ...]
    below: tuple[SkillClaim, ...]
    associations: tuple[Association, ...] = ()


def without_repetition(families: Iterable[Family]) -> Iterator[SkillClaim]:
    """The claims of all `families`, outermost first, each thing counted once."""
    families = tuple(families)
    kept = [claim for family in families for claim in _unrepeated(family.own, family.below)]
    for family in families:
        if family.associations:
            inside = {id(claim) for claim in (*family.own, *family.below)}
            dropped = _repeated_by_descendants([claim for claim in kept if id(claim) in inside], family)
            kept = [claim for claim in kept if id(claim) not in dropped]
    seen = set()
    for claim in kept:
        key = (claim.credential_sha, *_thing(claim), claim.verdict)
        if key not in seen:
            seen.add(key)
            yield claim


# ------------------------------------------------------------------------------------- strength


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strength:
    """By what a requirement may take one claim and not another; a record's date is not that of its parts."""

    verdict: Verdict
    tier: int
    issuer_id: str
    qualification: tuple[str, str] | None
    assessed: bool | None
    identity_verified: bool | None
    self_issued: bool

    @classmethod
    def of(cls, claim: SkillClaim) -> _Strength:
        return cls(
            verdict=claim.verdict,
            tier=TIERS.index(claim.issuer_tier),
            issuer_id=claim.issuer_id,
            qualification=_level_key(claim.qualification_level),
            assessed=claim.assessed,
            identity_verified=claim.identity_verified,
            self_issued=claim.self_issued,
        )

    def stands_for(self, parent: _Strength) -> bool:
        """Whether no requirement could be met by `parent` and not by this."""
        return (
            self.verdict in (parent.verdict, Verdict.VERIFIED)
            and self.tier >= parent.tier
            and self.issuer_id == parent.issuer_id
            and parent.qualification in (None, self.qualification)
            and self.assessed in (parent.assessed, True)
            and self.identity_verified in (parent.identity_verified, True)
            and self.self_issued <= parent.self_issued
        )


_Thing = tuple[str, tuple[str, str] | None, bool]


def _thing(claim: SkillClaim) -> _Thing:
    """What is claimed: the skill, its level, and whether it was reached."""
    return keys_of(claim.skill)[0], _level_key(claim.level), claim.failed_result


def _level_key(level: Level | None) -> tuple[str, str] | None:
    return None if level is None else (level.scheme, level.value)


class _Offer:
    """The skills that children claim, and how strongly."""

    def __init__(self, children: Iterable[SkillClaim]) -> None:
        self._strengths: dict[_Thing, set[_Strength]] = {}
        for child in children:
            skill, level, failed = _thing(child)
            # a child's level proves the skill without a level, too
            for thing in ((skill, level, failed), (skill, None, failed)):
                self._strengths.setdefault(thing, set()).add(_Strength.of(child))

    def covers(self, parent: SkillClaim) -> bool:
        offered = self._strengths.get(_thing(parent), ())
        wanted = _Strength.of(parent)
        return any(strength.stands_for(wanted) for strength in offered)


def _unrepeated(own: Iterable[SkillClaim], below: Iterable[SkillClaim]) -> list[SkillClaim]:
    offer = _Offer(below)
    return [claim for claim in own if not offer.covers(claim)]


# ------------------------------------------------------------------------------------- associations


def _repeated_by_descendants(claims: list[SkillClaim], family: Family) -> set[int]:
    """Claims on a parent that a claim on one of its descendants stands for."""
    children = _children(family.associations)
    by_name: dict[str, list[SkillClaim]] = {}
    for claim in claims:
        for name in (claim.achievement_id, claim.credential_id):
            if name:
                by_name.setdefault(name, []).append(claim)
    dropped: set[int] = set()
    compared = 0
    for parent in children:
        own = {id(claim): claim for claim in by_name.get(parent, ())}
        names = _descendants(parent, children) if own else set()
        compared += sum(len(by_name.get(name, ())) for name in names)
        if compared > MAX_COMPARED:
            break
        # One parent after the other, and only what is still there stands for it: of a circle one remains.
        offer = _Offer(
            claim
            for name in names
            for claim in by_name.get(name, ())
            if id(claim) not in own and id(claim) not in dropped
        )
        dropped |= {known for known, claim in own.items() if offer.covers(claim)}
    return dropped


def _children(associations: Iterable[Association]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for _, link in zip(range(MAX_ASSOCIATIONS), associations, strict=False):
        if link.type == "isParentOf":
            found.setdefault(link.source_id, set()).add(link.target_id)
        elif link.type in _UP:
            found.setdefault(link.target_id, set()).add(link.source_id)
    return found


def _descendants(parent: str, children: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [parent]
    while waiting:
        new = children.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen
