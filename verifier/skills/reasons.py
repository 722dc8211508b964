"""Why evidence was rejected or does not count yet, in plain words: each finishes “…, but <words>”.

Codes are for machines; a recruiter reads these. The pages of the specifications stand in `docs/codes.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What the evidence policy of a requirement, or the credential itself, says against it.
_OF_POLICY = {
    "expired": "it has expired",
    "self_issued": "the person issued it to themselves",
    "issuer_tier_low": "its issuer is not recognised as this requirement asks",
    "issuer_not_accepted": "its issuer is none of those that this requirement accepts",
    "age_unknown": "it does not say when it was issued",
    "too_old": "it is older than this requirement allows",
    "assessment_unknown": "it does not say whether there was an assessment",
    "not_assessed": "it says that there was no assessment",
    "identity_check_unknown": "it does not say whether identity was checked",
    "identity_not_checked": "it says that identity was not checked",
    "result_failed": "it records the result as failed",
}
_NO_ANSWER = "the issuer's website could not be reached, so it is not checked yet"
_NO_STATUS = "it could not be learned whether it has been revoked"
_NO_REGISTRY = "the register of issuers could not be asked"
_UNSUPPORTED = "it is signed in a way that cannot be checked here"
_CHANGED = "it was changed after it was issued, or was never issued by whom it names"
_WRONG_KEY = "the signature is not that of the issuer it names"
_BROKEN = "it is not well formed"
_UNSIGNED_PARTS = "parts of it are not covered by its signature"
_NOT_THEIRS = "it was issued to somebody else"
_NOT_TIED = "nothing ties it to this person"
_BROKEN_STATUS = "the list that says what is revoked cannot be believed"
_BAD_SEAL = "its seal could not be traced to an authority that you accept"

_OF_CHECKS = {
    # nobody answered, or nobody was asked
    **dict.fromkeys(
        ("did_unreachable", "hosted_unreachable", "unreachable", "answer_unusable", "hosted_unusable"),
        _NO_ANSWER,
    ),
    "offline": "checking was offline, so its issuer was not asked",
    "not_checked": "an earlier check did not pass, so the rest was not checked",
    "address_refused": "it names an address that is not safe to ask",
    "hosted_gone": "its issuer has taken it down",
    "hosted_nowhere": "it names no place where its issuer could confirm it",
    "internal_error": "checking it failed through a fault of ours",
    "work_limit": "it needs more work to check than any honest credential does",
    # issuer and trust
    "issuer_unknown": "its issuer is in none of your sources of trust",
    "issuer_ask": "your list of issuers leaves its issuer to a person",
    "issuer_out_of_scope": "its issuer is accepted for other credentials only",
    "issuer_refused": "your sources of trust refuse its issuer",
    "issuer_withdrawn": "the accreditation of its issuer was withdrawn",
    "accreditation_chain_broken": "the accreditation of its issuer leads to no authority",
    "issuer_named_only": "it gives its issuer by name alone",
    "issuer_publishes_no_keys": "its issuer publishes nothing that a signature could be compared with",
    "key_unavailable": "its issuer publishes nothing that a signature could be compared with",
    "did_deactivated": "its issuer has given up the identifier it was signed under",
    **dict.fromkeys(
        ("registry_unreachable", "registry_stale", "registry_unusable", "source_not_supported"), _NO_REGISTRY
    ),
    # signature
    "unsigned": "nobody has signed it",
    "invalid_signature": _CHANGED,
    **dict.fromkeys(("anchored_hash_differs", "merkle_path_broken", "hosted_copy_differs"), _CHANGED),
    **dict.fromkeys(
        (
            "key_not_authorized", "verification_method_not_found", "header_key", "key_mismatch",
            "wrong_purpose", "host_out_of_scope",
        ),
        _WRONG_KEY,
    ),
    **dict.fromkeys(("weak_key", "algorithm_forbidden"), "its signature could have been made by anybody"),
    "key_revoked": "the issuer withdrew the key it was signed with",
    "key_expired": "it was signed after the issuer's key had expired",
    "proof_expired": "its signature has expired",
    "proof_from_the_future": "its signature is dated in the future",
    "previous_proof_missing": "a signature it builds upon is missing",
    "critical_header": _UNSUPPORTED,
    **dict.fromkeys(
        (
            "unsupported_suite", "unsupported_key", "unsupported_did_method", "suite_not_allowed",
            "hash_not_computable", "anchor_not_checked",
        ),
        _UNSUPPORTED,
    ),
    # seals
    **dict.fromkeys(("certificate_untrusted", "seal_without_issuer_key"), _BAD_SEAL),
    "certificate_not_valid": "the certificate of its seal was not valid",
    "seal_certificate_expired": "the certificate of its seal has expired",
    "seal_from_the_future": "its seal is dated in the future",
    "seal_names_another": "it is sealed by another organisation than it names",
    # form
    **dict.fromkeys(
        (
            "malformed", "badge_malformed", "clr_malformed", "assertion_malformed", "attestation_malformed",
            "sd_jwt_vc_malformed", "malformed_did", "malformed_did_document", "malformed_key",
            "malformed_proof", "token_type",
        ),
        _BROKEN,
    ),
    **dict.fromkeys(
        (
            "undefined_term", "disguised_term", "forbidden_keyword", "moved_claim", "relative_identifier",
            "unsigned_direction", "disclosure_invalid",
        ),
        _UNSIGNED_PARTS,
    ),
    "claims_disagree": "it contradicts itself",
    "unknown_context": "it uses words whose meaning is not known here",
    "unknown_document": "a person must read what it says",
    "empty_container": "there is no credential in it",
    "member_unreadable": "part of it could not be read",
    "endorsement": "it endorses somebody and records no achievement",
    # dates and status
    "not_yet_valid": "it is not valid yet",
    "revoked": "its issuer has revoked it",
    "suspended": "its issuer has suspended it for now",
    "status_list_untrusted": _BROKEN_STATUS,
    "malformed_status": "the place where it could be revoked is not well formed",
    "status_message": "its issuer has left a message about it that a person must read",
    **dict.fromkeys(
        (
            "status_unreachable", "status_stale", "status_list_unproved", "status_list_unusable",
            "status_index_out_of_range", "status_unsupported", "status_purpose_differs",
            "status_purpose_unknown", "status_value_unknown",
        ),
        _NO_STATUS,
    ),
    # person and presentation
    **dict.fromkeys(("other_subject", "other_subject_inside", "holder_mismatch"), _NOT_THEIRS),
    "bearer": _NOT_TIED,
    "identifier_not_comparable": "you know no identifier of this person that it could be compared with",
    "name_only": "only a name ties it to this person",
    "conflicting_identifiers": "one identifier in it is this person's and another is not",
    **dict.fromkeys(
        ("key_binding_invalid", "key_binding_missing", "request_unanswered", "presentation_absent"),
        "nothing shows that this person presented it to you",
    ),
    "presentation_stale": "it was presented outside the time you allow",
    "other_request": "it was presented to somebody else, or on another occasion",
}  # fmt: skip
REASONS: Mapping[str, str] = MappingProxyType({**_OF_CHECKS, **_OF_POLICY})


def words_for(code: str) -> str:
    """The plain words for `code`; one that has none is still no code on a recruiter's screen."""
    return REASONS.get(code, "it could not be verified")
