"""Words around signing in: the roles, and why somebody is not let in."""

from __future__ import annotations

from dashboard.wording.catalogue import N_

ROLES: dict[str, str] = {
    "recruiter": N_("Recruiter"),
    "analyst": N_("Analyst"),
    "hiring_manager": N_("Hiring manager"),
    "admin": N_("Administrator"),
    "auditor": N_("Auditor"),
}
REFUSED: dict[str, str] = {
    "signed_out": N_("Sign in with the account of your organisation."),
    "over": N_("You were signed in for eight hours. Sign in again to go on."),
    "idle": N_("Nothing happened here for half an hour, so you were signed out. Sign in again to go on."),
    "foreign": N_("This account does not belong to your organisation. Sign in with the one that does."),
    "no_role": N_("You are signed in as {who}, and you have no role here yet."),
    "sign_in_missing": N_(
        "People sign in here, but how they do is not configured, or not any more. "
        "Nothing is shown until it is."
    ),
}
