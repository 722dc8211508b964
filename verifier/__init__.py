"""Verify digital credentials and lay the skills they prove against a job: the public API, that alone."""

from verifier.bulk import verify_many
from verifier.errors import VerifierError
from verifier.given import Applicant, Linked, PresentationRequest, Uploaded
from verifier.model import Credential
from verifier.net import Answer, HttpWeb, MemoryWeb
from verifier.policy import Limits, Policy
from verifier.report import CheckResult, Finding, Outcome, Report, Verdict
from verifier.skills import JobRequirements, Match, SkillClaim, extract_skills, match
from verifier.trust import (
    CertificateAuthorities,
    DccRegistry,
    EbsiRegistry,
    EuTrustedLists,
    IssuerList,
    OpenIdFederation,
)
from verifier.unpacking import unpack
from verifier.verification import verify

__all__ = [
    "Answer",
    "Applicant",
    "CertificateAuthorities",
    "CheckResult",
    "Credential",
    "DccRegistry",
    "EbsiRegistry",
    "EuTrustedLists",
    "Finding",
    "HttpWeb",
    "IssuerList",
    "JobRequirements",
    "Limits",
    "Linked",
    "Match",
    "MemoryWeb",
    "OpenIdFederation",
    "Outcome",
    "Policy",
    "PresentationRequest",
    "Report",
    "SkillClaim",
    "Uploaded",
    "Verdict",
    "VerifierError",
    "extract_skills",
    "match",
    "unpack",
    "verify",
    "verify_many",
]
