"""Ready messages to the candidate: neutral, short, saying what would help. Nothing is sent from here."""

from __future__ import annotations

from dashboard.wording.catalogue import N_, _
from dashboard.wording.said import Said

_GREETING = N_("Hello,\n\nthank you for your application. About “{what}”: ")
_CLOSING = N_(
    "\n\nThis does not count against you; we only want to read your evidence correctly.\n\nKind regards"
)

MESSAGES: dict[str, str] = {
    "original_file": N_(
        "We could not check it in this form. Could you send the credential file as the issuer gave it to you "
        "(often “Download” on the badge’s page: a .json, .png, .svg, .jwt or .pdf file), or its link?"
    ),
    "send_again": N_(
        "The file did not arrive whole. Could you send it again, without opening and saving it first?"
    ),
    "other_export": N_(
        "It is signed in a way that our program cannot check yet. If the issuer offers another download or "
        "export of it, could you send that as well?"
    ),
    "unlocked_copy": N_("The file asks for a password. Could you send a copy without one?"),
    "plain_files": N_("Could you send the credential files one by one, or in one plain ZIP?"),
    "changed": N_(
        "What it says and its signature do not fit together. Programs sometimes change files when they save "
        "them. "
        "Could you send the file again exactly as the issuer gave it to you, or its link?"
    ),
    "renewal": N_("It is not in force at present. If you have a renewed or newer one, could you send it?"),
    "newer_one": N_(
        "We are looking for newer proof of it. If you have a renewed or newer one, could you send it?"
    ),
    "later_result": N_(
        "The result that it records does not count for this skill. If you have a later one, could you send "
        "it?"
    ),
    "assessed": N_(
        "It says that nothing was assessed. If you have proof of the same skill with an assessment, could "
        "you send it?"
    ),
    "independent": N_(
        "It is your own word. If somebody else has confirmed the skill, with a certificate, badge or "
        "transcript, could you send that?"
    ),
    "revoked": N_(
        "Its issuer’s list says that it is no longer in force. Do you know of this, or is there a newer one?"
    ),
    "issuer_fault": N_(
        "Something on the issuer’s side keeps us from relying on it. Could you ask them for a corrected one, "
        "or send us a contact there?"
    ),
    "about_issuer": N_(
        "We do not know its issuer yet. Could you tell us who they are, what you did for it and how it was "
        "assessed, with a link to their page?"
    ),
    "which_identifier": N_(
        "We could not tell that it was issued to you. Which e-mail address, phone number or wallet did the "
        "issuer use for you?"
    ),
    "present_it": N_(
        "Nothing in it says that it is yours. Could you present it from your wallet, or tell us the e-mail "
        "address that it was issued to?"
    ),
    "higher_level": N_(
        "It shows the skill, but not the level we are looking for. If you have proof that names the level, "
        "could you send it?"
    ),
    "missing_proof": N_(
        "For this skill we found no evidence in what you sent. If you have a certificate, badge or "
        "transcript for it, could you send it?"
    ),
}


def message(wording: Said, what: str) -> str:
    """The message that asks for what `wording` needs, about `what`; "" where nothing is to be asked."""
    if not wording.ask:
        return ""
    return _(_GREETING).format(what=what) + _(MESSAGES[wording.ask]) + _(_CLOSING)
