"""What the activity log says was done: in groups for its filter, one by one for its lines.

The log itself and its export hold the codes, which never change.
"""

from __future__ import annotations

from dashboard.wording.catalogue import N_, _

ACTIONS: dict[str, str] = {
    "batch.": N_("Batches"),
    "candidate.": N_("Candidates"),
    "decision.": N_("Decisions"),
    "confirmation.": N_("Confirmations"),
    "issuer.": N_("Issuers"),
    "job.": N_("Jobs"),
    "item.": N_("Checks"),
    "exchange.": N_("Questions to wallets"),
    "export.": N_("Exports"),
    "impact.": N_("Impact looked at"),
    "name.": N_("Names revealed or exported"),
    "file.": N_("Files"),
    "sample.": N_("Sample"),
    "note.": N_("Notes"),
    "member.": N_("Members"),
}
LOGGED: dict[str, str] = {
    "batch.received": N_("Files received"),
    "batch.cancelled": N_("Checking stopped"),
    "batch.resumed": N_("Checking resumed"),
    "candidate.applied": N_("Day of application set"),
    "candidate.changed": N_("Person’s details changed"),
    "candidate.moved": N_("Moved to another job"),
    "candidate.deleted": N_("Person deleted"),
    "confirmation.made": N_("Evidence confirmed"),
    "confirmation.withdrawn": N_("Confirmation withdrawn"),
    "decision.made": N_("Decision made"),
    "exchange.opened": N_("Wallet asked"),
    "exchange.declined": N_("Wallet declined"),
    "exchange.cancelled": N_("Question withdrawn"),
    "exchange.refused": N_("Answer not taken"),
    "export.made": N_("Exported"),
    "file.downloaded": N_("File downloaded"),
    "file.dropped": N_("Files dropped, time over"),
    "impact.looked_at": N_("Impact looked at"),
    "issuer.accept": N_("Issuer accepted"),
    "issuer.refuse": N_("Issuer refused"),
    "issuer.ask": N_("Issuer set to “ask”"),
    "issuer.proposed": N_("Issuer change proposed"),
    "issuer.approved": N_("Issuer change approved"),
    "issuer.withdrawn": N_("Proposal withdrawn"),
    "issuer.removed": N_("Issuer taken off the list"),
    "item.recheck_asked": N_("Another check asked for"),
    "item.verified": N_("Checked"),
    "job.saved": N_("Job saved"),
    "job.deleted": N_("Job deleted"),
    "member.added": N_("Member added"),
    "member.changed": N_("Roles changed"),
    "member.removed": N_("Member removed"),
    "name.exported": N_("Names exported"),
    "name.revealed": N_("Name revealed"),
    "note.made": N_("Note written"),
    "sample.reset": N_("Sample started over"),
}


def logged(action: str) -> str:
    """One line of the log in words; its code where this version knows no word for it."""
    return _(LOGGED[action]) if action in LOGGED else action
