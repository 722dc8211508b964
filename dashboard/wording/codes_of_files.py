"""Wording of what can be wrong with a file before or while it is read, and with its structure."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Said, to_candidate, to_issuer, to_us, to_you

_ORIGINAL = N_("Ask for the credential file as the issuer gave it, or for its link.")
_OTHER = N_("Ask for another export of the same credential.")

FILES: dict[str, Said] = {
    "empty": to_candidate(
        N_("The file is empty"),
        N_("There is nothing in this file. The upload or the export may have been cut off."),
        N_("Ask the candidate to send it again."),
        "send_again",
    ),
    "too_large": to_candidate(
        N_("Too large to read"),
        N_("The file is larger than any credential needs to be, so it was not opened."),
        N_("Ask for the credential itself, not a scan or a collection."),
        "original_file",
    ),
    "not_parseable": to_candidate(
        N_("The file is damaged"),
        N_("The file starts like a credential, but cannot be read to its end."),
        N_("Ask the candidate to send it again, without opening and saving it first."),
        "send_again",
    ),
    "not_a_credential": to_candidate(
        N_("No credential in this file"),
        N_(
            "The file can be opened, but holds nothing that can be checked: a photo or a scan proves nothing."
        ),
        _ORIGINAL,
        "original_file",
    ),
    "unsupported_format": to_us(
        N_("A kind of credential we do not read yet"),
        N_("We recognise what this is, but this version cannot check it. That says nothing about it."),
        _OTHER,
    ),
    "encrypted": to_candidate(
        N_("Locked with a password"),
        N_("The file cannot be opened without a password, so nothing was checked."),
        N_("Ask for a copy without a password."),
        "unlocked_copy",
    ),
    "nested_archive": to_candidate(
        N_("An archive inside an archive"),
        N_("Archives within archives are not opened."),
        N_("Ask for one ZIP with the credential files in it, or for the files."),
        "plain_files",
    ),
    "unsafe_archive": to_candidate(
        N_("An archive that is not safe to open"),
        N_(
            "The archive expands to far more than it holds or names places outside itself; it was not opened."
        ),
        N_("Ask for the credential files themselves."),
        "plain_files",
    ),
    "several_credentials": to_candidate(
        N_("More than one credential in one picture"),
        N_("A badge picture holds exactly one credential. With several, nobody can say which one is meant."),
        N_("Ask for each badge as its own file."),
        "original_file",
    ),
    "several_codes": to_candidate(
        N_("Several QR codes in one picture"),
        N_("The picture shows more than one credential code."),
        N_("Upload one picture for each code, or ask for the files."),
        "plain_files",
    ),
    "link_only": to_you(
        N_("A picture of a link"),
        N_("The code in the picture is a web address, not a credential."),
        N_("Check the address instead: paste it on the first screen."),
    ),
    "no_document": to_candidate(
        N_("The page publishes no credential"),
        N_("The link opens a page for people. What it shows cannot be checked by itself."),
        N_("Ask for the credential file; most badge services offer “Download”."),
        "original_file",
    ),
    "active_content": to_candidate(
        N_("The PDF would run a program"),
        N_("The PDF holds a script or starts something when opened, so it was not read."),
        N_("Ask for a plain copy."),
        "plain_files",
    ),
    "empty_container": to_candidate(
        N_("No credential inside"),
        N_("The archive or presentation was opened and holds no credential."),
        N_("Ask which file was meant."),
        "original_file",
    ),
    "member_unreadable": to_candidate(
        N_("Something inside cannot be read"),
        N_("The archive or presentation holds a part that could not be read, so that part was not checked."),
        N_("Open the part to see why; ask for the original of it."),
        "original_file",
    ),
    "job_unreadable": to_you(
        N_("Not a list of requirements"),
        N_("The file is not a job in the form that this program writes."),
        N_("Choose a job file exported from the Jobs screen."),
    ),
    "malformed": to_issuer(
        N_("Not well formed"),
        N_("A part that every credential must have is missing or has an impossible value."),
        N_("Ask for the file as the issuer gave it. If it is, the issuer has to mend it."),
        "original_file",
    ),
    "badge_malformed": to_issuer(
        N_("Not a well-formed Open Badge"),
        N_("The badge breaks a rule of the Open Badges standard."),
        N_("Ask for the file as the issuer gave it. If it is, the issuer has to mend it."),
        "original_file",
    ),
    "clr_malformed": to_issuer(
        N_("Not a well-formed learner record"),
        N_("The record breaks a rule of the Comprehensive Learner Record standard."),
        N_("Ask for the file as the issuer gave it. If it is, the issuer has to mend it."),
        "original_file",
    ),
    "sd_jwt_vc_malformed": to_issuer(
        N_("Not a well-formed credential"),
        N_("The token breaks a rule of its standard (SD-JWT VC)."),
        N_("Ask for the file as the issuer gave it. If it is, the issuer has to mend it."),
        "original_file",
    ),
    "token_type": to_candidate(
        N_("A token that is not a credential"),
        N_("The file is a signed token of another kind, for instance a sign-in token."),
        _ORIGINAL,
        "original_file",
    ),
    "claims_disagree": to_issuer(
        N_("It contradicts itself"),
        N_("The token says one thing about dates or names and the credential inside another."),
        N_("Rely on nothing in it. Ask the issuer which one holds."),
    ),
    "undefined_term": to_candidate(
        N_("Shows something that is not signed"),
        N_("The file holds words that its signature does not cover: anybody may have added them."),
        N_("Ask for the file as the issuer gave it."),
        "changed",
    ),
    "moved_claim": to_candidate(
        N_("Could move a claim to somebody else"),
        N_("The file is built so that a claim may end up at another person or place than it seems to."),
        N_("Ask for the file as the issuer gave it."),
        "changed",
    ),
    "forbidden_keyword": to_candidate(
        N_("Could hide something from its signature"),
        N_("The file uses a technique that can move content out of the signature’s reach."),
        N_("Ask for the file as the issuer gave it."),
        "changed",
    ),
    "disguised_term": to_candidate(
        N_("Hides a word from readers"),
        N_("A word is spelled so that people and programs read different things."),
        N_("Ask for the file as the issuer gave it."),
        "changed",
    ),
    "relative_identifier": to_issuer(
        N_("Names something that is not signed"),
        N_("An identifier in the file is incomplete, so the signature does not cover it."),
        N_("Ask the issuer for a corrected credential."),
    ),
    "unknown_context": to_us(
        N_("Uses a vocabulary we do not know"),
        N_("The words of this credential come from a vocabulary whose meaning is not fixed here."),
        N_("Ask for another export, or have the vocabulary added to your policy."),
    ),
}
