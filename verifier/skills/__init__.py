"""Skills: what credentials prove, in the words of frameworks, laid against a job."""

from verifier.skills.annex1 import Annex1Card, Element, Presence, annex1
from verifier.skills.claim import IssuerTier, Link, Skill, SkillClaim
from verifier.skills.confidence import Confidence
from verifier.skills.extract import extract_skills
from verifier.skills.facts import Facts, facts_of
from verifier.skills.fairness import Group, Panel, audit_csv, fisher_exact, impact, panel
from verifier.skills.frameworks import FRAMEWORKS, Concept, Frameworks, Related, Relation, identify
from verifier.skills.frameworks.bundled import attributions
from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.importing import IMPORTERS, Imported, import_framework
from verifier.skills.frameworks.store import Known, Library
from verifier.skills.inference import infer_skills
from verifier.skills.job_csv import read_requirements_csv, write_requirements_csv
from verifier.skills.job_excel import read_requirements_excel
from verifier.skills.job_posting import Advert, read_job_posting, write_job_posting
from verifier.skills.levels import Comparison, NqfMapping, compare
from verifier.skills.linking import Linker, Suggestion
from verifier.skills.matching import Match, Matcher, RequirementMatch, grouped, match
from verifier.skills.microcredential import (
    Condition,
    Holds,
    Yardstick,
    common_microcredential_framework,
    microcredential_definition,
    recognition_facts,
    size_class,
)
from verifier.skills.occupations import OccupationUnknown, OccupationUnrated, Proposal, propose
from verifier.skills.requirement import EvidencePolicy, JobUnreadable, MatchPolicy, Requirement
from verifier.skills.requirements import JobRequirements
from verifier.skills.standing import Confirmation, Evidence, Standing

__all__ = [
    "FRAMEWORKS",
    "IMPORTERS",
    "Advert",
    "Annex1Card",
    "Comparison",
    "Concept",
    "Condition",
    "Confidence",
    "Confirmation",
    "Element",
    "Evidence",
    "EvidencePolicy",
    "Facts",
    "FrameworkUnreadable",
    "Frameworks",
    "Group",
    "Holds",
    "Imported",
    "IssuerTier",
    "JobRequirements",
    "JobUnreadable",
    "Known",
    "Library",
    "Link",
    "Linker",
    "Match",
    "MatchPolicy",
    "Matcher",
    "NqfMapping",
    "OccupationUnknown",
    "OccupationUnrated",
    "Panel",
    "Presence",
    "Proposal",
    "Related",
    "Relation",
    "Requirement",
    "RequirementMatch",
    "Skill",
    "SkillClaim",
    "Standing",
    "Suggestion",
    "Yardstick",
    "annex1",
    "attributions",
    "audit_csv",
    "common_microcredential_framework",
    "compare",
    "extract_skills",
    "facts_of",
    "fisher_exact",
    "grouped",
    "identify",
    "impact",
    "import_framework",
    "infer_skills",
    "match",
    "microcredential_definition",
    "panel",
    "propose",
    "read_job_posting",
    "read_requirements_csv",
    "read_requirements_excel",
    "recognition_facts",
    "size_class",
    "write_job_posting",
    "write_requirements_csv",
]
