"""Wording of revocation and of trust in issuers."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Said, to_issuer, to_network, to_us, to_you

_AGAIN = N_("Check again; it is due in 15 minutes. Until then nobody knows whether it was revoked.")
_ASK_ISSUER = N_("Ask the issuer whether it still stands.")

STATUS: dict[str, Said] = {
    "revoked": to_issuer(
        N_("Revoked"),
        N_("The issuer has withdrawn it. The signature was sound, but it no longer counts."),
        N_("Do not use it as evidence. The candidate may know why."),
        "revoked",
    ),
    "suspended": to_issuer(
        N_("Suspended"),
        N_("The issuer has put it on hold. It may become valid again."),
        N_("Check again later, or ask the candidate."),
        "revoked",
    ),
    "status_unreachable": to_network(
        N_("Could not ask whether it was revoked"),
        N_("The issuer’s list of revoked credentials did not answer: nobody knows if it stands."),
        _AGAIN,
    ),
    "status_list_untrusted": to_issuer(
        N_("Its status list cannot be believed"),
        N_("The list that says whether it was revoked is forged or made by somebody else."),
        _ASK_ISSUER,
    ),
    "status_list_unproved": to_issuer(
        N_("Its status list proves nothing"),
        N_("Where the list of revoked credentials comes from could not be established."),
        _ASK_ISSUER,
    ),
    "status_list_unusable": to_issuer(
        N_("Its status list cannot be read"), N_("The list of revoked credentials is damaged."), _ASK_ISSUER
    ),
    "status_stale": to_issuer(
        N_("Its status list is out of date"),
        N_("The list of revoked credentials is not in force now."),
        _AGAIN,
    ),
    "status_index_out_of_range": to_issuer(
        N_("Its place in the status list does not exist"),
        N_("It points beyond the end of the list of revoked credentials."),
        _ASK_ISSUER,
    ),
    "malformed_status": to_issuer(
        N_("Its status entry is not well formed"),
        N_("It says where it could be revoked, but in an impossible way."),
        _ASK_ISSUER,
    ),
    "status_message": to_you(
        N_("A message from the issuer"),
        N_("The issuer attached a message to its status that a person has to read."),
        N_("Read it under “Does it still stand, or was it revoked?” and decide."),
    ),
    "status_purpose_differs": to_issuer(
        N_("Its status list is kept for something else"),
        N_("The list that it points at is not the list of revoked credentials."),
        _ASK_ISSUER,
    ),
    "status_purpose_unknown": to_us(
        N_("A status whose meaning we do not know"),
        N_("The issuer keeps a status whose meaning is not known here."),
        _ASK_ISSUER,
    ),
    "status_value_unknown": to_us(
        N_("A status value whose meaning we do not know"),
        N_("What this value means is between the issuer and the holder."),
        _ASK_ISSUER,
    ),
    "status_unsupported": to_us(
        N_("A kind of status we cannot check yet"),
        N_("Whether it was revoked is published in a way that this version cannot read."),
        _ASK_ISSUER,
    ),
    "refresh_available": to_issuer(
        N_("A newer form exists"),
        N_("The issuer says that there is a newer form of this credential."),
        N_("Ask the candidate for the newer form."),
        "newer_one",
    ),
}

TRUST: dict[str, Said] = {
    "issuer_unknown": to_you(
        N_("Issuer not on your list"),
        N_("The signature holds. Who signed is not on your list, so you decide whether to believe them."),
        N_("Accept or refuse the issuer under Trust, with a reason. What they issued is then checked again."),
        "about_issuer",
    ),
    "issuer_refused": to_you(
        N_("From an issuer you refuse"),
        N_("Your list refuses this issuer, whatever any other list says."),
        N_("Nothing needs doing. To accept it after all, change your list under Trust, with a reason."),
        "about_issuer",
    ),
    "issuer_ask": to_you(
        N_("Your list says: ask a person"),
        N_("Your list leaves this issuer to a person’s judgement."),
        N_("Decide under Trust, with a reason."),
        "about_issuer",
    ),
    "issuer_out_of_scope": to_you(
        N_("Accepted for other credentials only"),
        N_("Your list accepts this issuer, but not for a credential of this kind or date."),
        N_("Widen the issuer’s scope under Trust, with a reason."),
        "about_issuer",
    ),
    "registry_unreachable": to_network(
        N_("A registry did not answer"),
        N_("A list of known issuers could not be reached, so the issuer could not be looked up there."),
        N_("Check again later. This says nothing about the candidate."),
    ),
    "registry_stale": to_network(
        N_("A registry is out of date"),
        N_("A list of known issuers is too old to be relied on."),
        N_("Check again later. This says nothing about the candidate."),
    ),
    "registry_unusable": to_network(
        N_("A registry’s answer cannot be used"),
        N_("A list of known issuers answered with something that cannot be used."),
        N_("Check again later. This says nothing about the candidate."),
    ),
    "source_not_supported": to_us(
        N_("A registry we cannot ask yet"),
        N_("A list of known issuers is of a kind that this version cannot ask."),
        N_("Put the issuer on your own list, with a reason."),
        "",
    ),
}
