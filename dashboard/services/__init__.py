"""What a view may ask for. The only caller of the verifier; nothing here imports Streamlit.

    services = Services.open()             # once a process: cache it with st.cache_resource, it holds no data
    batch = services.intake.load_sample()  # committed before work starts, then work begins by itself
    services.work.progress(batch)          # poll this from a fragment
    services.candidates.rows(job_id)

Every method reads from the store: after a reload the same ids show the same thing. A method that changes
something takes `actor`, who did it, and writes the activity log in the same transaction.
"""

from __future__ import annotations

from dashboard.services.board import Checking, Tick
from dashboard.services.facade import Services
from dashboard.services.fairness import ImpactPanel, ImpactRow
from dashboard.services.microcredentials import ConditionRow, ElementRow, Microcredential, YardstickRow
from dashboard.services.people import (
    AgeRow,
    CandidateDetail,
    CandidateRow,
    Cell,
    ClaimRow,
    Comparison,
    ComparisonRow,
    ConfirmationRow,
    Coverage,
    CoverageRow,
    DecisionRow,
    DecisionWord,
    EvidenceLink,
    ShareRow,
)
from dashboard.services.receipt_checking import CheckedLine, NoReceipt, ReceiptAltered, ReceiptChecked, Signer
from dashboard.services.receipts import Receipt, ReceiptKey
from dashboard.services.records import (
    ActivityRow,
    AddressRow,
    ChainState,
    DayRow,
    FreeText,
    IssuerRow,
    JobDetail,
    JobDraft,
    JobRow,
    LevelChoice,
    OccupationRow,
    RegistryRow,
    RequirementChange,
    RequirementRow,
    SkillSuggestion,
    UnlistedIssuer,
    VersionRow,
    VocabularyRow,
)
from dashboard.services.refusals import ExchangeClosed, Missing, NoteRequired, NotYet
from dashboard.services.registry_links import RegistryLink
from dashboard.services.sample import SampleWallet
from dashboard.services.values import (
    Alert,
    BatchState,
    CheckChange,
    CheckRow,
    ConsultedRow,
    Counts,
    CredentialCard,
    Download,
    EvidenceView,
    Exchange,
    ExchangeState,
    FindingRow,
    Given,
    Grouping,
    HistoryRow,
    Incoming,
    ItemRow,
    Mark,
    Progress,
    Statement,
    ValidOn,
)
from dashboard.store import StoreDamaged, StoreOfLaterVersion, StoreUnavailable
from dashboard.store.signing_key import SigningKeyUnusable

__all__ = [
    "ActivityRow",
    "AddressRow",
    "AgeRow",
    "Alert",
    "BatchState",
    "CandidateDetail",
    "CandidateRow",
    "Cell",
    "ChainState",
    "CheckChange",
    "CheckRow",
    "CheckedLine",
    "Checking",
    "ClaimRow",
    "Comparison",
    "ComparisonRow",
    "ConditionRow",
    "ConfirmationRow",
    "ConsultedRow",
    "Counts",
    "Coverage",
    "CoverageRow",
    "CredentialCard",
    "DayRow",
    "DecisionRow",
    "DecisionWord",
    "Download",
    "ElementRow",
    "EvidenceLink",
    "EvidenceView",
    "Exchange",
    "ExchangeClosed",
    "ExchangeState",
    "FindingRow",
    "FreeText",
    "Given",
    "Grouping",
    "HistoryRow",
    "ImpactPanel",
    "ImpactRow",
    "Incoming",
    "IssuerRow",
    "ItemRow",
    "JobDetail",
    "JobDraft",
    "JobRow",
    "LevelChoice",
    "Mark",
    "Microcredential",
    "Missing",
    "NoReceipt",
    "NotYet",
    "NoteRequired",
    "OccupationRow",
    "Progress",
    "Receipt",
    "ReceiptAltered",
    "ReceiptChecked",
    "ReceiptKey",
    "RegistryLink",
    "RegistryRow",
    "RequirementChange",
    "RequirementRow",
    "SampleWallet",
    "Services",
    "ShareRow",
    "Signer",
    "SigningKeyUnusable",
    "SkillSuggestion",
    "Statement",
    "StoreDamaged",
    "StoreOfLaterVersion",
    "StoreUnavailable",
    "Tick",
    "UnlistedIssuer",
    "ValidOn",
    "VersionRow",
    "VocabularyRow",
    "YardstickRow",
]
