"""The seven verdicts on a requirement, and how one claim is judged against it (SKILLS §5).

Rules, no learned score. No evidence is never "not met"; an inferred link is never MET without a
recorded confirmation; the system rejects evidence, a person decides about people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verifier.model import Level
from verifier.report import Verdict
from verifier.skills.claim import TIERS, IssuerTier, Link, SkillClaim
from verifier.skills.frameworks import Related, Relation
from verifier.skills.levels import Comparison, NqfMapping, compare, scheme_of
from verifier.skills.requirement import EvidencePolicy, Requirement


class Standing(StrEnum):
    """What is proved of one requirement, the most first."""

    MET = "met"
    LEVEL_SHORT = "level_short"
    LEVEL_UNKNOWN = "level_unknown"
    RELATED_ONLY = "related_only"
    CLAIMED = "claimed"
    REJECTED_EVIDENCE = "rejected_evidence"
    NO_EVIDENCE = "no_evidence"


RANK = {standing: rank for rank, standing in enumerate(Standing)}  # 0 is the best


_WEAKNESS = {link: rank for rank, link in enumerate(Link)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A person's recorded decision that a claim means the skill that a requirement asks for."""

    requirement_id: str
    credential_sha: str
    pointer: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a claimed skill leads to a required one; worked out once for a job."""

    link: Link | None  # None: the claim's own link
    relation: Relation
    hop: Related | None = None  # the one mapping that was crossed

    @property
    def direct(self) -> bool:
        """Whether it can prove the requirement unconfirmed: a close or narrower skill never does."""
        return self.relation is Relation.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim as it was judged against one requirement."""

    claim: SkillClaim
    standing: Standing
    reason: str  # a stable code: "met", "level_short", "expired", "self_issued", or the code of the report
    link: Link
    relation: Relation
    hop: Related | None = None
    confirmation: Confirmation | None = None
    level: Level | None = None  # the level that was compared
    whole_qualification: bool = False  # that level is the qualification's, not this skill's


def judge(
    claim: SkillClaim,
    route: Route,
    requirement: Requirement,
    *,
    as_of: datetime | None = None,
    confirmation: Confirmation | None = None,
    national: tuple[NqfMapping, ...] = (),
) -> Evidence:
    """The standing that `claim` alone gives `requirement`; `as_of` None takes the clock of its report."""
    level, whole = _level(claim, requirement)
    standing, reason = _verdict_stands(claim, requirement, as_of or claim.checked_at)
    link = max(claim.link, route.link or claim.link, key=_WEAKNESS.__getitem__)
    if standing is None:
        if not (route.direct and link is not Link.INFERRED) and confirmation is None:
            standing, reason = Standing.RELATED_ONLY, _indirect(route, link)
        else:
            standing, reason = _level_stands(level, requirement, national)
    return Evidence(
        claim=claim,
        standing=standing,
        reason=reason,
        link=link,
        relation=route.relation,
        hop=route.hop,
        confirmation=confirmation,
        level=level,
        whole_qualification=whole,
    )


def _verdict_stands(
    claim: SkillClaim, requirement: Requirement, as_of: datetime
) -> tuple[Standing | None, str]:
    """What already settles the matter before any link or level is looked at; None: the evidence counts."""
    if claim.failed_result:
        return Standing.REJECTED_EVIDENCE, "result_failed"
    late = Standing.REJECTED_EVIDENCE if requirement.must_hold else Standing.CLAIMED
    if claim.verdict is Verdict.FAILED:
        # Expired, and nothing else: it was true once. Only a licence that must be held now is refused for it.
        return (late if claim.failures == ("expired",) else Standing.REJECTED_EVIDENCE), claim.code
    if claim.verdict is not Verdict.VERIFIED:
        return Standing.CLAIMED, claim.code
    if claim.valid_until is not None and claim.valid_until < as_of:
        return late, "expired"
    if shortcoming := _policy_shortcoming(claim, requirement.evidence, as_of):
        return Standing.CLAIMED, shortcoming
    return None, ""


def _policy_shortcoming(claim: SkillClaim, policy: EvidencePolicy, as_of: datetime) -> str:
    """The code of the first demand of the evidence policy that the claim does not show to fulfil, or "" """
    if claim.self_issued and not policy.self_asserted_allowed:
        return "self_issued"
    if TIERS.index(claim.issuer_tier) < TIERS.index(policy.issuer_tier) and not (
        claim.self_issued and claim.issuer_tier is not IssuerTier.REFUSED
    ):
        return "issuer_tier_low"
    if policy.issuers and claim.issuer_id not in policy.issuers:
        return "issuer_not_accepted"
    if policy.max_age is not None:
        if claim.issued is None:
            return "age_unknown"
        if as_of - claim.issued > policy.max_age:
            return "too_old"
    if policy.assessed and not claim.assessed:
        return "assessment_unknown" if claim.assessed is None else "not_assessed"
    if policy.identity_verified and not claim.identity_verified:
        return "identity_check_unknown" if claim.identity_verified is None else "identity_not_checked"
    return ""


def _indirect(route: Route, link: Link) -> str:
    if link is Link.INFERRED:
        return "inferred"
    return "same_name" if link is Link.LABEL else f"{route.relation.value}_skill"


def _level(claim: SkillClaim, requirement: Requirement) -> tuple[Level | None, bool]:
    """The level to compare: the skill's own; else the qualification's, and then that is said."""
    minimum = requirement.minimum_level
    if minimum is None or (claim.level is not None and scheme_of(claim.level) == scheme_of(minimum)):
        return claim.level, False
    if claim.qualification_level is not None:
        return claim.qualification_level, True
    return claim.level, False


def _level_stands(
    level: Level | None, requirement: Requirement, national: tuple[NqfMapping, ...]
) -> tuple[Standing, str]:
    if requirement.minimum_level is None:
        return Standing.MET, "met"
    match compare(level, requirement.minimum_level, national=national):
        case Comparison.REACHED:
            return Standing.MET, "met"
        case Comparison.SHORT:
            return Standing.LEVEL_SHORT, "level_short"
        case Comparison.UNKNOWN:
            return Standing.LEVEL_UNKNOWN, "level_missing" if level is None else "level_other_scheme"
