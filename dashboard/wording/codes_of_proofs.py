"""Wording of signatures, keys, issuers' identifiers, dates and the network."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Said, to_candidate, to_issuer, to_network, to_us, to_you

_AGAIN = N_("Check again later. This says nothing about the candidate.")
_NOT_USE = N_("Do not use it as evidence. Ask for the file as the issuer gave it.")
_ISSUER = N_("Do not use it as evidence until the issuer has answered.")

PROOFS: dict[str, Said] = {
    "invalid_signature": to_candidate(
        N_("Changed after it was signed"),
        N_("The content does not match its signature: something was altered, by a person or by a program."),
        N_("Rely on nothing in it. Ask, in neutral words, for the file as the issuer gave it."),
        "changed",
    ),
    "unsigned": to_candidate(
        N_("Nothing proves this file"),
        N_("It carries no signature. It may be genuine, but anybody could have written it."),
        N_("Ask for the original file or link from the issuer."),
        "original_file",
    ),
    "malformed_proof": to_candidate(
        N_("Its signature is not well formed"),
        N_("There is a signature, but it is damaged."),
        _NOT_USE,
        "changed",
    ),
    "disclosure_invalid": to_candidate(
        N_("Shows details that were not signed"),
        N_("A disclosed detail is not among those that the issuer signed."),
        _NOT_USE,
        "changed",
    ),
    "previous_proof_missing": to_candidate(
        N_("A signature it builds upon is missing"),
        N_("It was signed in steps, and one of the steps is not in the file."),
        N_("Ask for the whole file as the issuer gave it."),
        "original_file",
    ),
    "algorithm_forbidden": to_candidate(
        N_("“Signed” with something that proves nothing"),
        N_("The file names a signature method that anybody can produce."),
        _NOT_USE,
        "changed",
    ),
    "critical_header": to_candidate(
        N_("Its signature must not be accepted"),
        N_("The signature demands a rule that is not known here, so accepting it would be a guess."),
        N_("Ask for another export of the same credential."),
        "other_export",
    ),
    "header_key": to_candidate(
        N_("Brings its own key"),
        N_("The key that fits the signature comes with the file itself, so it does not show who signed."),
        _NOT_USE,
        "changed",
    ),
    "wrong_purpose": to_issuer(
        N_("Signed for another purpose"),
        N_("The signature was made for something else, such as a login."),
        _ISSUER,
    ),
    "proof_expired": to_issuer(
        N_("Its signature has expired"),
        N_("The signature itself had an end date, which has passed."),
        _ISSUER,
    ),
    "proof_from_the_future": to_issuer(
        N_("Signed in the future"), N_("The signature is dated later than today."), _ISSUER
    ),
    "unsupported_suite": to_us(
        N_("Signed in a way we cannot check yet"),
        N_("The signature method is known, but this version cannot check it. That says nothing about it."),
        N_("Ask for another export of the same credential."),
    ),
    "suite_not_allowed": to_you(
        N_("Signed in a way your policy does not accept"),
        N_("The signature could be checked, but your policy rules this method out."),
        N_("Ask for another export, or change the policy with a reason."),
        "other_export",
    ),
    "unsupported_key": to_us(
        N_("A kind of key we cannot use yet"),
        N_("The issuer’s key is of a kind that this version cannot use. That says nothing about it."),
        N_("Ask for another export of the same credential."),
    ),
    "key_not_authorized": to_candidate(
        N_("Not signed by the issuer it names"),
        N_("The signature is sound, but the key is not one that the named issuer uses for credentials."),
        _NOT_USE,
        "changed",
    ),
    "verification_method_not_found": to_issuer(
        N_("Signed with a key the issuer does not publish"),
        N_("The named issuer publishes its keys, and this one is not among them."),
        _ISSUER,
    ),
    "key_mismatch": to_candidate(
        N_("Key and signature do not fit"),
        N_("The file names one method of signing and a key of another."),
        _NOT_USE,
        "changed",
    ),
    "malformed_key": to_issuer(N_("The issuer’s key is damaged"), N_("The key cannot be used."), _ISSUER),
    "weak_key": to_issuer(
        N_("Signed with a key too weak to prove anything"),
        N_("With a key like this, anybody can make signatures that look right."),
        _ISSUER,
    ),
    "key_revoked": to_issuer(
        N_("Signed with a revoked key"),
        N_("The issuer has withdrawn the key that made this signature."),
        _ISSUER,
    ),
    "key_expired": to_issuer(
        N_("Signed after its key had expired"), N_("The key was out of date when it signed."), _ISSUER
    ),
    "malformed_did": to_issuer(
        N_("The issuer’s identifier is not well formed"),
        N_("Nobody can be looked up under such an identifier."),
        _ISSUER,
    ),
    "malformed_did_document": to_issuer(
        N_("The issuer’s own document is wrong"),
        N_("What the issuer publishes about itself contradicts itself."),
        _ISSUER,
    ),
    "unsupported_did_method": to_us(
        N_("A kind of issuer identifier we cannot look up"),
        N_("The issuer is named in a way that this version cannot look up. That says nothing about it."),
        N_("Ask for another export of the same credential."),
    ),
    "issuer_publishes_no_keys": to_issuer(
        N_("The issuer publishes no keys"),
        N_("The issuer’s identifier leads to no key, so nobody can tell whether the signature is theirs."),
        N_("If you know the issuer, add its key to your list with a reason."),
    ),
    "key_unavailable": to_issuer(
        N_("The issuer’s keys could not be found"),
        N_("Neither the issuer nor your list gives a key to check with."),
        N_("If you know the issuer, add its key to your list with a reason."),
    ),
    "did_unreachable": to_network(
        N_("The issuer’s address did not answer"),
        N_(
            "Its keys are published at an address that did not answer. This says nothing about the candidate."
        ),
        _AGAIN,
    ),
    "unreachable": to_network(
        N_("An address did not answer"), N_("Something that is needed could not be fetched."), _AGAIN
    ),
    "answer_unusable": to_network(
        N_("An address answered with something else"),
        N_("What came back is too large, of the wrong kind, or goes round in circles."),
        _AGAIN,
    ),
    "address_refused": to_candidate(
        N_("Names an address that is not asked"),
        N_("The address lies inside a private network or is otherwise out of bounds, so it was not visited."),
        N_("Ask for the credential file."),
        "original_file",
    ),
    "offline": to_you(
        N_("Not asked, because checking is offline"),
        N_("The signature was checked; what needs the network was not."),
        N_("Check again with a network."),
    ),
    "expired": to_candidate(
        N_("Expired"),
        N_("It was valid once and its date has passed. The signature still says who issued it."),
        N_("Ask for a renewed one, or take note that it was valid until then."),
        "renewal",
    ),
    "not_yet_valid": to_candidate(
        N_("Not valid yet"),
        N_("It begins on a date that has not come."),
        N_("Check again after that date."),
        "renewal",
    ),
    "work_limit": to_us(
        N_("Needs more work than is allowed"),
        N_("Checking was stopped, because no honest credential needs that much."),
        N_("Ask for another export of the same credential."),
    ),
    "internal_error": to_us(
        N_("We failed, not the file"),
        N_("A fault of this program stopped the check. It says nothing about the credential."),
        N_("Check again. If it stays, report the code with the item’s number, without the file."),
        "",
    ),
}
