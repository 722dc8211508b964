"""Verify digital credentials and lay the skills they prove against a job: the public API, that alone.

report = verify(Uploaded(data, "badge.json"), trust=[IssuerList.parse(issuers)])
claims = extract_skills(report)
library = Library.open(frameworks_file(data_folder(sys.platform, os.environ)))
match(JobRequirements.parse(job), claims, frameworks=library).headline
"""

from verifier.bulk import verify_many
from verifier.errors import VerifierError
from verifier.flow import Step
from verifier.given import Applicant, Linked, PresentationRequest, Uploaded
from verifier.home import data_folder, frameworks_file
from verifier.model import Credential
from verifier.net import Answer, HttpWeb, MemoryWeb
from verifier.policy import Limits, Policy
from verifier.proofs.contexts import pinned_contexts
from verifier.report import CheckResult, Finding, Outcome, Report, Verdict
from verifier.signed_json import SignedJson, did_key, read_signed_json, sign_json
from verifier.skills import (
    Confirmation,
    JobRequirements,
    Library,
    Linker,
    Match,
    Matcher,
    Skill,
    SkillClaim,
    annex1,
    audit_csv,
    common_microcredential_framework,
    extract_skills,
    facts_of,
    identify,
    impact,
    infer_skills,
    match,
    microcredential_definition,
    propose,
    read_job_posting,
    read_requirements_csv,
    read_requirements_excel,
    recognition_facts,
    size_class,
    write_job_posting,
    write_requirements_csv,
)
from verifier.trust import (
    CertificateAuthorities,
    DccRegistry,
    EbsiRegistry,
    EuTrustedLists,
    IssuerList,
    OpenIdFederation,
)
from verifier.unpacking import is_litter, unpack
from verifier.verification import verify

__all__ = [
    "Answer",
    "Applicant",
    "CertificateAuthorities",
    "CheckResult",
    "Confirmation",
    "Credential",
    "DccRegistry",
    "EbsiRegistry",
    "EuTrustedLists",
    "Finding",
    "HttpWeb",
    "IssuerList",
    "JobRequirements",
    "Library",
    "Limits",
    "Linked",
    "Linker",
    "Match",
    "Matcher",
    "MemoryWeb",
    "OpenIdFederation",
    "Outcome",
    "Policy",
    "PresentationRequest",
    "Report",
    "SignedJson",
    "Skill",
    "SkillClaim",
    "Step",
    "Uploaded",
    "Verdict",
    "VerifierError",
    "annex1",
    "audit_csv",
    "common_microcredential_framework",
    "data_folder",
    "did_key",
    "extract_skills",
    "facts_of",
    "frameworks_file",
    "identify",
    "impact",
    "infer_skills",
    "is_litter",
    "match",
    "microcredential_definition",
    "pinned_contexts",
    "propose",
    "read_job_posting",
    "read_requirements_csv",
    "read_requirements_excel",
    "read_signed_json",
    "recognition_facts",
    "sign_json",
    "size_class",
    "unpack",
    "verify",
    "verify_many",
    "write_job_posting",
    "write_requirements_csv",
]
