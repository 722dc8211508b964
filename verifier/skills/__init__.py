"""Skills: what credentials prove, in the words of frameworks, laid against a job."""

from verifier.skills.claim import IssuerTier, Link, Skill, SkillClaim
from verifier.skills.confidence import Confidence
from verifier.skills.extract import extract_skills
from verifier.skills.frameworks import Concept, Frameworks, Related, Relation, identify
from verifier.skills.levels import Comparison, NqfMapping, compare
from verifier.skills.matching import Match, Matcher, RequirementMatch, grouped, match
from verifier.skills.requirement import EvidencePolicy, JobUnreadable, MatchPolicy, Requirement
from verifier.skills.requirements import JobRequirements
from verifier.skills.standing import Confirmation, Evidence, Standing

__all__ = [
    "Comparison",
    "Concept",
    "Confidence",
    "Confirmation",
    "Evidence",
    "EvidencePolicy",
    "Frameworks",
    "IssuerTier",
    "JobRequirements",
    "JobUnreadable",
    "Link",
    "Match",
    "MatchPolicy",
    "Matcher",
    "NqfMapping",
    "Related",
    "Relation",
    "Requirement",
    "RequirementMatch",
    "Skill",
    "SkillClaim",
    "Standing",
    "compare",
    "extract_skills",
    "grouped",
    "identify",
    "match",
]
