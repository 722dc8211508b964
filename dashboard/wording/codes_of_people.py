"""Wording of whose a credential is, of presentations, of evidence for a requirement, and of what is fine."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Said, fine, to_candidate, to_issuer, to_us, to_you

_PRESENT = N_("Ask the candidate to present it from a wallet, or for the e-mail address it was issued to.")

BINDING: dict[str, Said] = {
    "other_subject": to_candidate(
        N_("Issued to somebody else"),
        N_("It was issued to another identifier than any you know of this applicant."),
        N_("Ask which e-mail address or wallet it was issued to."),
        "which_identifier",
    ),
    "other_subject_inside": to_candidate(
        N_("About somebody else than the record it is in"),
        N_("A credential inside the record names another person than the record."),
        N_("Ask the candidate what it is."),
        "which_identifier",
    ),
    "holder_mismatch": to_candidate(
        N_("Presented by somebody else"),
        N_("Whoever presented it is not the person that it is about."),
        N_("Ask the candidate to present it from the wallet it was issued to."),
        "present_it",
    ),
    "bearer": to_candidate(
        N_("Genuine, but names nobody"),
        N_("It could be anybody’s: nothing in it ties it to this person."),
        _PRESENT,
        "present_it",
    ),
    "name_only": to_candidate(
        N_("Genuine, but tied by a name alone"),
        N_("Names are shared by many people, so a name ties it to nobody."),
        _PRESENT,
        "which_identifier",
    ),
    "identifier_not_comparable": to_candidate(
        N_("Names an identifier you do not know"),
        N_("It names its holder in a way that you have nothing to compare with."),
        N_("Ask which e-mail address or wallet it was issued to, and enter it with the candidate."),
        "which_identifier",
    ),
    "conflicting_identifiers": to_candidate(
        N_("Fits by one identifier, contradicts another"),
        N_("One identifier is the applicant’s and another is not."),
        N_("Ask the candidate to explain; do not guess."),
        "which_identifier",
    ),
    "endorsement": to_you(
        N_("Praise, not an achievement"),
        N_("It endorses somebody or something. It is no achievement of the applicant."),
        N_("Read it as a reference."),
    ),
}

PRESENTED: dict[str, Said] = {
    "other_request": to_candidate(
        N_("Answers another request"),
        N_("It was presented for another request than yours: it may have been copied."),
        N_("Ask the candidate to present it again, for you."),
        "present_it",
    ),
    "presentation_absent": to_candidate(
        N_("Not presented"),
        N_("It was handed in as a file, not presented in answer to your request."),
        N_("Ask the candidate to present it from a wallet."),
        "present_it",
    ),
    "presentation_stale": to_candidate(
        N_("Presented too long ago"),
        N_("The presentation is older than you allow."),
        N_("Ask the candidate to present it again."),
        "present_it",
    ),
    "request_unanswered": to_candidate(
        N_("Does not answer your request"),
        N_("The presentation lacks the answer that you asked for."),
        N_("Ask the candidate to present it again, for you."),
        "present_it",
    ),
    "key_binding_invalid": to_candidate(
        N_("Not presented by its holder"),
        N_("The holder’s signature is wrong or was made for somebody else."),
        N_("Ask the candidate to present it again, for you."),
        "present_it",
    ),
    "key_binding_missing": to_candidate(
        N_("Presented without the holder’s signature"),
        N_("Nothing shows that its holder handed it over."),
        N_("Ask the candidate to present it from a wallet."),
        "present_it",
    ),
}

# Why a piece of evidence does not fully count for a requirement.
EVIDENCE: dict[str, Said] = {
    "level_short": to_candidate(
        N_("Below the level asked"),
        N_("The skill is proved, at a lower level than the job asks."),
        N_("Ask for proof of a higher level, if there is one."),
        "higher_level",
    ),
    "level_unknown": to_candidate(
        N_("Level not stated"),
        N_("The skill is proved, but the credential names no level that can be compared."),
        N_("Ask for proof that names a level."),
        "higher_level",
    ),
    "narrower_skill": to_you(
        N_("A narrower skill"), N_("Only a part of the skill is proved."), N_("Judge yourself.")
    ),
    "close_skill": to_you(
        N_("A similar skill"), N_("A neighbouring skill is proved."), N_("Judge yourself.")
    ),
    "same_name": to_you(
        N_("Same name, no identifier"), N_("The name fits; no identifier confirms it."), N_("Judge yourself.")
    ),
    "inferred": to_you(N_("Read out of free text"), N_("No field names the skill."), N_("Judge yourself.")),
    "self_issued": to_candidate(
        N_("Issued by the person to themselves"),
        N_("It is the person’s own word."),
        N_("Ask for proof."),
        "independent",
    ),
    "issuer_tier_low": to_you(
        N_("Issuer not recognised enough"),
        N_("The job asks for an issuer of a higher standing."),
        N_("Ask for another proof, or change the requirement."),
    ),
    "issuer_not_accepted": to_you(
        N_("Not one of the issuers you accept for it"),
        N_("The job names the issuers whose word counts for this skill; this is another one."),
        N_("Ask for another proof, or change the requirement."),
    ),
    "age_unknown": to_issuer(
        N_("Does not say when"), N_("It names no date of issue."), N_("Ask the issuer when it was made.")
    ),
    "too_old": to_candidate(
        N_("Older than you allow"),
        N_("The job asks for newer proof."),
        N_("Ask for a newer one."),
        "newer_one",
    ),
    "assessment_unknown": to_issuer(
        N_("No word on assessment"),
        N_("It does not say whether there was an examination."),
        N_("Ask the issuer how it was assessed."),
    ),
    "not_assessed": to_candidate(
        N_("Without assessment"),
        N_("It says that nothing was examined."),
        N_("Ask for proof with one."),
        "assessed",
    ),
    "identity_check_unknown": to_issuer(
        N_("No word on identity checks"),
        N_("It does not say whether identity was checked in the examination."),
        N_("Ask the issuer how identity was checked."),
    ),
    "identity_not_checked": to_you(
        N_("Identity was not checked"),
        N_("It says that identity was not checked in the examination."),
        N_("Judge yourself."),
    ),
    "result_failed": to_candidate(
        N_("Result: failed"),
        N_("It records the examination as failed."),
        N_("Ask for a later one."),
        "later_result",
    ),
    "no_evidence": to_candidate(
        N_("No evidence"),
        N_("Nothing handed in names this skill, which does not mean that the skill is absent."),
        N_("Ask whether there is proof."),
        "missing_proof",
    ),
}

FINE: dict[str, Said] = {
    "verified": fine(N_("Verified"), N_("Genuine, in force, theirs, and from an issuer you accept.")),
    "met": fine(N_("Met"), N_("The skill is proved as the job asks.")),
    "well_formed": fine(N_("Well formed"), N_("It has the shape that its standard asks for.")),
    "signature_valid": fine(N_("Signature holds"), N_("Nothing was changed since it was signed.")),
    "key_authorized": fine(
        N_("The issuer’s own key"), N_("It is signed with a key that the issuer publishes.")
    ),
    "current": fine(N_("In date"), N_("Today lies between its dates.")),
    "no_dates": fine(N_("Names no dates"), N_("It never expires by itself.")),
    "status_clear": fine(N_("Not revoked"), N_("The issuer’s list was asked and says that it stands.")),
    "status_may_be_withheld": fine(
        N_("Revocation not shown"),
        N_("Its holder chose what to show, and showed no place where it could be revoked."),
    ),
    "no_status": fine(N_("Cannot be revoked"), N_("It names no place where it could be revoked.")),
    "issuer_accepted": fine(N_("Issuer accepted"), N_("Your list accepts this issuer.")),
    "issuer_name_differs": fine(
        N_("Another name"), N_("It calls its issuer by another name than your list does.")
    ),
    "not_revoked": fine(N_("Not revoked"), N_("The issuer was asked and says that it stands.")),
    "hosted_copy_matches": fine(N_("Same as the issuer’s copy"), N_("The issuer’s site has the same badge.")),
    "vouched_by_issuer": fine(N_("The issuer vouches for it"), N_("It is kept where its issuer says.")),
    "sealed_by_issuer": fine(N_("The issuer’s own seal"), N_("It is sealed with a certificate you accept.")),
    "belongs_to_applicant": fine(N_("Theirs"), N_("It was issued to an identifier of this applicant.")),
    "no_applicant": fine(N_("Nobody to compare with"), N_("You have not said who the applicant is.")),
    "request_answered": fine(
        N_("Presented to you"), N_("Its holder presented it in answer to your request.")
    ),
    "not_asked": fine(N_("Not asked for"), N_("You made no request to present it.")),
    "answered_outside": fine(
        N_("Presented as a whole"), N_("It lies inside a presentation, which answers for it.")
    ),
    "proof_of_another": fine(
        N_("Signed by another as well"), N_("A signature of somebody else stands beside it.")
    ),
}

OTHER: dict[str, Said] = {
    "not_checked": to_us(
        N_("Not checked"),
        N_("This check could not be made, because an earlier one stands open."),
        N_("Settle the earlier point first."),
        "",
    ),
}
