"""The checks as questions, in the order in which they are made; the words of the requirements editor."""

from __future__ import annotations

from dashboard.wording.catalogue import N_, _

CHECKS: dict[str, str] = {
    "structure": N_("Is it a well-formed credential?"),
    "proof": N_("Is it unchanged since it was signed?"),
    "issuer": N_("Did the named issuer sign it?"),
    "validity": N_("Is it in date?"),
    "status": N_("Does it still stand, or was it revoked?"),
    "trust": N_("Do you accept this issuer?"),
    "binding": N_("Does it belong to this applicant?"),
    "presentation": N_("Was it presented to you?"),
}
# What each of them is about, for a row that has no room for the question.
STEPS: dict[str, str] = {
    "structure": N_("Form"),
    "proof": N_("Signature"),
    "issuer": N_("Key"),
    "validity": N_("Dates"),
    "status": N_("Revocation"),
    "trust": N_("List"),
    "binding": N_("Applicant"),
    "presentation": N_("Presentation"),
}
# Rows of the requirements editor that cannot be saved (services.jobs.problems).
ROW_PROBLEMS: dict[str, str] = {
    "skill_missing": N_("name a skill"),
    "skill_id_invalid": N_("the identifier must be an address, such as http://data.europa.eu/esco/skill/…"),
    "duplicate": N_("the same skill stands in an earlier line"),
    "level_incomplete": N_("give both a scale and a level, or neither"),
    "age_invalid": N_("give the age in whole days, at most a century"),
    "tier_invalid": N_("choose one of the issuer standings"),
}
# What a version may change of a line.
ROW_FIELDS: dict[str, str] = {
    "skill_name": N_("name"),
    "skill_id": N_("identifier"),
    "skill_code": N_("code"),
    "framework": N_("framework"),
    "required": N_("required or preferred"),
    "level_scheme": N_("scale"),
    "level_value": N_("level"),
    "issuer_tier": N_("issuer at least"),
    "issuers": N_("issuers"),
    "max_age_days": N_("age"),
    "must_hold": N_("licence"),
    "assessed": N_("assessed"),
    "identity_verified": N_("identity checked"),
}
TIERS: dict[str, str] = {
    "accredited": N_("Accredited"),
    "recognised": N_("Recognised"),
    "unknown": N_("Anybody"),
}
# Proper names, the same in every language.
FORMATS: dict[str, str] = {
    "w3c_vc": "W3C credential",
    "vc_jwt": "W3C credential (JWT)",
    "open_badges_1": "Open Badge 1",
    "open_badges_2": "Open Badge 2",
    "open_badges_3": "Open Badge 3",
    "clr_2": "Learner record (CLR 2)",
    "sd_jwt_vc": "SD-JWT credential",
    "elm": "European Digital Credential",
    "blockcerts": "Blockcerts",
    "open_attestation": "OpenAttestation",
}


def format_name(name: str) -> str:
    """The kind of credential by its proper name."""
    return FORMATS.get(name, name.replace("_", " "))


def question(check: str) -> str:
    """The check as a question."""
    return _(CHECKS.get(check, check.replace("_", " ")))


def step(check: str) -> str:
    """The check in a word or two."""
    return _(STEPS.get(check, check.replace("_", " ")))
