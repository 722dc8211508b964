"""From a code to its wording. A code that is not known falls back on its outcome and is never a yes."""

from __future__ import annotations

from types import MappingProxyType

from dashboard.wording.catalogue import N_
from dashboard.wording.codes_of_files import FILES
from dashboard.wording.codes_of_people import BINDING, EVIDENCE, FINE, OTHER, PRESENTED
from dashboard.wording.codes_of_proofs import PROOFS
from dashboard.wording.codes_of_status import STATUS, TRUST
from dashboard.wording.codes_of_systems import ANCHORED, FRAMEWORKS, HOSTED, SEALED
from dashboard.wording.said import Said, fine, to_candidate, to_us

CODES = MappingProxyType(
    {
        **FILES,
        **PROOFS,
        **STATUS,
        **TRUST,
        **BINDING,
        **PRESENTED,
        **HOSTED,
        **ANCHORED,
        **SEALED,
        **FRAMEWORKS,
        **EVIDENCE,
        **FINE,
        **OTHER,
    }
)

_UNCLEAR = to_us(
    N_("Could not check"),
    N_("Something could not be checked. That is neither a yes nor a no."),
    N_("Open the evidence to see which check stands open."),
)
# By outcome of a check and by verdict of a report.
_FALLBACK = {
    "failed": to_candidate(
        N_("Problem found"),
        N_("A check says no. The evidence names which."),
        N_("Open the evidence; do not use it until the point is settled."),
        "original_file",
    ),
    "unreadable": to_candidate(
        N_("Not readable"),
        N_("There is nothing in this file that could be checked."),
        N_("Ask for the credential file as the issuer gave it, or for its link."),
        "original_file",
    ),
    "passed": fine(N_("Passed"), N_("This check says yes.")),
    "not_applicable": fine(N_("Does not apply"), N_("There is nothing to check here.")),
}


def said(code: str, outcome: str = "indeterminate") -> Said:
    """The wording of `code`; of its outcome or verdict where the code is not known here."""
    return CODES.get(code) or _FALLBACK.get(outcome, _UNCLEAR)
