"""Wording of hosted badges, anchored and sealed documents, and frameworks: kinds with rules of their own."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Said, to_candidate, to_issuer, to_network, to_us, to_you

_NOT_USE = N_("Do not use it as evidence. Ask for the file as the issuer gave it.")
_AS_GIVEN = N_("Ask for the file as the issuer gave it. If it is, the issuer has to mend it.")
_AGAIN = N_("Check again later. This says nothing about the candidate.")
_SEAL = N_("Ask the issuer about the seal.")

HOSTED: dict[str, Said] = {
    "assertion_malformed": to_issuer(
        N_("Not a well-formed Open Badge"),
        N_("The badge breaks a rule of the Open Badges standard."),
        _AS_GIVEN,
        "original_file",
    ),
    "hosted_copy_differs": to_candidate(
        N_("Differs from the issuer’s own copy"),
        N_("The issuer keeps a copy on its site, and the file says something else than that copy."),
        N_("Rely on nothing in it. Ask, in neutral words, for the link of the badge."),
        "changed",
    ),
    "host_out_of_scope": to_candidate(
        N_("Kept where its issuer does not vouch for it"),
        N_("The address that vouches for the badge is not one that its issuer names."),
        _NOT_USE,
        "original_file",
    ),
    "hosted_unreachable": to_network(
        N_("The issuer’s site did not answer"),
        N_("The badge can only be checked at an address that did not answer."),
        _AGAIN,
    ),
    "hosted_gone": to_issuer(
        N_("Taken down by its issuer"),
        N_("The issuer’s site says that the badge was removed on purpose."),
        N_("Do not use it as evidence. The candidate may know why."),
        "revoked",
    ),
    "hosted_unusable": to_issuer(
        N_("The issuer’s site answers with something else"),
        N_("Where the badge should be, something else was found."),
        N_("Ask the candidate for a newer export or the link of the badge."),
        "other_export",
    ),
    "hosted_nowhere": to_candidate(
        N_("Nobody but the file vouches for it"),
        N_("The badge names no address where its issuer could be asked."),
        N_("Ask for the badge’s link, or for a signed export."),
        "original_file",
    ),
    "issuer_named_only": to_issuer(
        N_("Its issuer is a name alone"),
        N_("A name can be written by anybody: there is no identifier that could be looked up."),
        N_("Ask for another export of the same credential."),
        "other_export",
    ),
}

ANCHORED: dict[str, Said] = {
    "attestation_malformed": to_issuer(
        N_("Not a well-formed OpenAttestation document"),
        N_("The document lacks what its standard demands."),
        _AS_GIVEN,
        "original_file",
    ),
    "merkle_path_broken": to_candidate(
        N_("Its receipt does not add up"),
        N_("The receipt that should tie it to the issuer’s record leads nowhere."),
        _NOT_USE,
        "changed",
    ),
    "anchored_hash_differs": to_candidate(
        N_("Changed after it was issued"),
        N_("The content does not match the hash in its receipt."),
        N_("Rely on nothing in it. Ask, in neutral words, for the file as the issuer gave it."),
        "changed",
    ),
    "anchor_not_checked": to_us(
        N_("Its public record is not looked up here"),
        N_("The receipt is sound in itself. Whether it was ever recorded is not asked by this version."),
        N_("Ask the issuer to confirm it, or ask for another export."),
    ),
    "hash_not_computable": to_us(
        N_("Protected in a way we cannot check yet"),
        N_("It uses a hash that this version does not compute. That says nothing about it."),
        N_("Ask the issuer to confirm it, or ask for another export."),
    ),
    "did_deactivated": to_issuer(
        N_("Its issuer gave up the identifier"),
        N_("The identifier it is signed under is no longer in use. It may have been sound when signed."),
        N_("Ask the issuer whether it still stands."),
    ),
    "accreditation_chain_broken": to_issuer(
        N_("The issuer’s accreditation leads nowhere"),
        N_("Somebody above the issuer is not, or no longer, entitled to accredit."),
        N_("If you know the issuer, decide under Trust, with a reason."),
    ),
    "unsigned_direction": to_issuer(
        N_("Sets something that is not signed"),
        N_("The file sets the direction of a text, which its signature does not cover."),
        N_("Ask the issuer for a corrected credential."),
    ),
}

SEALED: dict[str, Said] = {
    "certificate_not_valid": to_issuer(
        N_("Sealed with a certificate that cannot seal it"),
        N_("The certificate was not valid for this seal when it was made."),
        _SEAL,
    ),
    "certificate_untrusted": to_you(
        N_("Sealed by an authority you do not accept"),
        N_("The seal may be sound; its certificate leads to no authority on your list."),
        N_("Accept the authority with a reason, or leave it open."),
        "about_issuer",
    ),
    "seal_certificate_expired": to_issuer(
        N_("The seal’s certificate has expired"),
        N_("It may have been sealed in time, but only its own word says so."),
        N_("Ask for a renewed one, or for one with a time stamp."),
        "newer_one",
    ),
    "seal_from_the_future": to_issuer(
        N_("Sealed in the future"), N_("The seal is dated later than today."), _SEAL
    ),
    "seal_names_another": to_issuer(
        N_("Sealed by another organisation"),
        N_("The seal holds and is that of another organisation than the credential calls its issuer."),
        N_("Ask the issuer whether they seal for it."),
    ),
    "seal_without_issuer_key": to_issuer(
        N_("Not sealed with the issuer’s own key"),
        N_("The issuer publishes keys of its own, and the seal was not made with one of them."),
        N_("Ask the issuer whether the seal is theirs."),
    ),
    "unknown_document": to_you(
        N_("A sealed document of an unknown kind"),
        N_("The seal says who sealed it. What it says about anybody must be read by a person."),
        N_("Read it under “What was read” and decide."),
    ),
}

FRAMEWORKS: dict[str, Said] = {
    "other_document": to_candidate(
        N_("Not a credential"),
        N_("We recognise what this is; it says nothing about a person that could be checked."),
        N_("Ask for the credential file as the issuer gave it, or for its link."),
        "original_file",
    ),
    "framework_unreadable": to_you(
        N_("Not a framework that can be imported"),
        N_("A line of the framework’s file cannot be read."),
        N_("Choose the files as the framework’s publisher offers them."),
    ),
    "occupation_unknown": to_you(
        N_("An occupation that no framework here has"),
        N_("The occupation is not in the frameworks on this machine."),
        N_("Choose another occupation, or name the skills yourself."),
    ),
    "occupation_unrated": to_you(
        N_("An occupation without ratings"),
        N_("The framework has the occupation and says nothing of its skills."),
        N_("Choose a neighbouring occupation, or name the skills yourself."),
    ),
}
