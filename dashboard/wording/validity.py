"""Was it valid on the day of the application? And words for what stands beside a verdict."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.marks import Look

# By `ValidOn.code`; each finishes "Valid on the day of the application: yes – …".
VALID_ON: dict[str, str] = {
    "status_clear_since": N_("in date, and a check on or after that day found no revocation"),
    "within_dates": N_("in date, and its issuer names no place where it could be revoked"),
    "not_yet_valid": N_("it became valid later"),
    "expired": N_("it had ended before"),
    "revoked": N_("it had been revoked by then"),
    "not_proved": N_("nothing proves its dates"),
    "status_not_known": N_("in date, but whether it was revoked could not be asked"),
    "revoked_since": N_("in date, but it is revoked now, and since when is not told"),
    "suspended_since": N_("in date, but it is suspended now, and since when is not told"),
    "checked_before": N_("in date, but the last check was before that day"),
}
ANSWERS: dict[str, Look] = {
    "yes": Look(icon="✓", word=N_("Yes"), colour="green"),
    "no": Look(icon="✗", word=N_("No"), colour="red"),
    "unknown": Look(icon="?", word=N_("Cannot be told"), colour="yellow"),
}
# Information beside the verdict: in words and in no colour, for colour means a verdict.
PRESENCE: dict[str, str] = {
    "present": N_("stated"),
    "absent": N_("not stated"),
    "not_applicable": N_("does not apply"),
}
# What is left of an issuer where its name would tell too much.
ISSUER_TIERS: dict[str, str] = {
    "recognised": N_("on your list, accepted"),
    "listed": N_("on your list"),
    "unknown": N_("not on your list"),
    "refused": N_("on your list, refused"),
    "unproved": N_("named by the file alone"),
}
# By `ImpactRow.note`.
IMPACT_NOTES: dict[str, str] = {
    "too_small_to_tell": N_("too few people to tell anything"),
    "adverse_and_significant": N_("under four fifths, and chance alone hardly explains it"),
    "adverse_not_significant": N_("under four fifths, but chance could explain it"),
    "significant_not_adverse": N_("a difference that chance hardly explains, above four fifths"),
    "no_difference_found": N_("no difference found"),
}
IMPACT_STEPS: dict[str, str] = {
    "shortlisted": N_("Shortlisted"),
    "not_declined": N_("Not declined"),
    "all_required_met": N_("Everything required proved"),
}
