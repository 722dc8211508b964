"""One thing changed in something genuine: the verdict, and the code that names what was changed.

Every row first proves that what it starts from is VERIFIED: refusing everything earns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.verifier.forging import data_integrity, keys, people, scene, status_lists, tokens
from tests.verifier.forging.scene import Forge, Scene
from verifier import Outcome, Verdict

FAILED, INDETERMINATE, UNREADABLE = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.UNREADABLE
Row = tuple[Callable[[], Scene], Forge, Verdict, str]

DATA_INTEGRITY: list[Row] = [
    (scene.badge, data_integrity.claim_changed, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.end_moved, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.end_taken_away, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.undefined_term_added, FAILED, "undefined_term"),
    (scene.badge, data_integrity.undefined_type_added, FAILED, "undefined_term"),
    (scene.badge, data_integrity.undefined_term_in_the_subject, FAILED, "undefined_term"),
    (scene.badge, data_integrity.verified_already, FAILED, "undefined_term"),
    (scene.badge, data_integrity.index_added, FAILED, "forbidden_keyword"),
    (scene.badge, data_integrity.moved_into_a_graph, FAILED, "forbidden_keyword"),
    (scene.badge, data_integrity.relative_id_added, FAILED, "forbidden_keyword"),
    (scene.badge, data_integrity.terms_swapped, FAILED, "forbidden_keyword"),
    (scene.badge, data_integrity.context_of_a_stranger, INDETERMINATE, "unknown_context"),
    (scene.badge, data_integrity.base_context_last, FAILED, "malformed"),
    (scene.badge, data_integrity.spelled_otherwise, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.issuers_two, FAILED, "malformed"),
    (scene.badge, data_integrity.type_taken_away, FAILED, "malformed"),
    (scene.badge, data_integrity.subject_emptied, FAILED, "malformed"),
    (scene.badge, data_integrity.proof_taken_away, FAILED, "unsigned"),
    (scene.badge, data_integrity.proof_list_emptied, FAILED, "unsigned"),
    (scene.badge, data_integrity.proof_null, FAILED, "unsigned"),
    (scene.badge, data_integrity.proof_a_text, FAILED, "malformed"),
    (scene.badge, data_integrity.proof_of_another_badge, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.value_of_another_signature, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.value_in_another_base, FAILED, "malformed_proof"),
    (scene.badge, data_integrity.value_taken_away, FAILED, "malformed_proof"),
    (scene.badge, data_integrity.method_taken_away, FAILED, "malformed_proof"),
    (scene.badge, data_integrity.note_in_the_proof, FAILED, "malformed_proof"),
    (scene.badge, data_integrity.suite_relabelled_jcs, FAILED, "invalid_signature"),
    (scene.badge_in_jcs, data_integrity.suite_relabelled_rdfc, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.suite_for_another_key, FAILED, "key_mismatch"),
    (scene.badge, data_integrity.suite_unknown, INDETERMINATE, "unsupported_suite"),
    (scene.badge, data_integrity.proof_type_unknown, INDETERMINATE, "unsupported_suite"),
    (scene.badge, data_integrity.suite_of_2018, INDETERMINATE, "suite_not_allowed"),
    (scene.badge, data_integrity.purpose_changed, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.purpose_authentication, FAILED, "wrong_purpose"),
    (scene.badge, data_integrity.made_tomorrow, FAILED, "proof_from_the_future"),
    (scene.badge, data_integrity.made_at_no_time, FAILED, "malformed_proof"),
    (scene.badge, data_integrity.proof_ran_out, FAILED, "proof_expired"),
    (scene.badge, data_integrity.own_proof_broken_strangers_good, FAILED, "invalid_signature"),
    (scene.badge, data_integrity.proofs_by_the_hundred, INDETERMINATE, "work_limit"),
    (scene.witnessed, data_integrity.second_proof_broken, FAILED, "invalid_signature"),
    (scene.witnessed, data_integrity.second_proof_unknown, INDETERMINATE, "unsupported_suite"),
    (scene.chained, data_integrity.first_link_taken_away, FAILED, "previous_proof_missing"),
    (scene.chained, data_integrity.first_link_changed, FAILED, "invalid_signature"),
    (scene.badge, keys.issuer_renamed, FAILED, "key_not_authorized"),
    (scene.badge, keys.key_in_the_fragment, FAILED, "verification_method_not_found"),
    (scene.badge, keys.key_of_small_order, FAILED, "weak_key"),
    (scene.badge, keys.key_for_logging_in, FAILED, "key_not_authorized"),
    (scene.badge, keys.key_revoked_before, FAILED, "key_revoked"),
    (scene.badge, keys.key_expired_before, FAILED, "key_expired"),
    (scene.badge, keys.key_of_another_controller, FAILED, "key_not_authorized"),
    (scene.badge, keys.key_named_twice, FAILED, "malformed_did_document"),
    (scene.badge, keys.key_of_another, FAILED, "invalid_signature"),
    (scene.badge, keys.document_of_another, FAILED, "malformed_did_document"),
    (scene.badge, keys.keys_taken_down, INDETERMINATE, "did_unreachable"),
    (scene.badge, keys.keys_replaced_by_a_page, INDETERMINATE, "did_unreachable"),
    (scene.badge, keys.expired, FAILED, "expired"),
    (scene.badge, keys.not_yet_valid, FAILED, "not_yet_valid"),
    (scene.badge, keys.ends_before_it_begins, FAILED, "malformed"),
    (scene.badge, keys.end_without_a_zone, FAILED, "malformed"),
    (scene.badge, keys.end_on_no_day, FAILED, "malformed"),
]
TOKENS: list[Row] = [
    (scene.token, tokens.algorithm_none, FAILED, "algorithm_forbidden"),
    (scene.token, tokens.algorithm_none_in_disguise, FAILED, "algorithm_forbidden"),
    (scene.token, tokens.signature_taken_away, FAILED, "invalid_signature"),
    (scene.token, tokens.public_key_as_secret, FAILED, "algorithm_forbidden"),
    (scene.token, tokens.algorithm_of_another_key, FAILED, "key_mismatch"),
    (scene.token, tokens.own_key_in_the_header, FAILED, "header_key"),
    (scene.token, tokens.key_at_an_address_in_the_header, FAILED, "header_key"),
    (scene.token, tokens.key_at_an_address_alone, FAILED, "header_key"),
    (scene.token, tokens.key_of_a_stranger, FAILED, "key_not_authorized"),
    (scene.token, tokens.key_in_another_folder, FAILED, "verification_method_not_found"),
    (scene.token, tokens.demand_unknown, FAILED, "critical_header"),
    (scene.token, tokens.payload_not_encoded, UNREADABLE, "not_parseable"),
    (scene.token, tokens.token_for_logging_in, FAILED, "token_type"),
    (scene.token, tokens.header_member_twice, UNREADABLE, "not_parseable"),
    (scene.token, tokens.claim_changed, FAILED, "invalid_signature"),
    (scene.token, tokens.issuer_of_the_token_differs, FAILED, "claims_disagree"),
    (scene.token, tokens.subject_of_the_token_differs, FAILED, "claims_disagree"),
    (scene.token, tokens.identifier_of_the_token_differs, FAILED, "claims_disagree"),
    (scene.token, tokens.end_of_the_token_differs, FAILED, "claims_disagree"),
    (scene.token, tokens.end_of_the_token_a_text, FAILED, "malformed"),
    (scene.token, tokens.token_ran_out, FAILED, "expired"),
    (scene.token, tokens.token_not_yet_valid, FAILED, "not_yet_valid"),
    (scene.token, tokens.disclosing_token_ran_out, FAILED, "expired"),
    (scene.token, tokens.disclosing_token_not_yet_valid, FAILED, "not_yet_valid"),
    (scene.token, tokens.token_with_a_status_of_its_own, INDETERMINATE, "status_unreachable"),
    (scene.token, tokens.token_with_an_unknown_status, INDETERMINATE, "status_unsupported"),
    (scene.older_token, tokens.two_sets_of_claims, FAILED, "malformed"),
    (scene.older_token, tokens.presentation_beside, FAILED, "malformed"),
    (scene.token, tokens.signature_of_zeros, FAILED, "invalid_signature"),
    (scene.token, tokens.signature_of_the_order, FAILED, "invalid_signature"),
    (scene.token, tokens.signature_in_der, FAILED, "invalid_signature"),
    (scene.token, tokens.padded, UNREADABLE, "not_parseable"),
    (scene.token, tokens.fourth_part, UNREADABLE, "not_parseable"),
    (scene.disclosed, tokens.disclosure_changed, FAILED, "disclosure_invalid"),
    (scene.disclosed, tokens.disclosure_added, FAILED, "disclosure_invalid"),
    (scene.disclosed, tokens.disclosure_twice, FAILED, "disclosure_invalid"),
    (scene.disclosed, tokens.disclosure_of_no_shape, FAILED, "disclosure_invalid"),
    (scene.disclosed, tokens.disclosed_end_of_validity, FAILED, "disclosure_invalid"),
    (scene.disclosed, tokens.type_missing, FAILED, "sd_jwt_vc_malformed"),
    (scene.disclosed, tokens.degree_ran_out, FAILED, "expired"),
    (scene.disclosed, tokens.degree_of_a_stranger, FAILED, "invalid_signature"),
    (scene.disclosed, tokens.degree_without_signature, FAILED, "algorithm_forbidden"),
    (scene.disclosed, tokens.degree_as_another_token, FAILED, "token_type"),
    (scene.disclosed, tokens.binding_taken_away, INDETERMINATE, "key_binding_missing"),
    (scene.disclosed, tokens.binding_by_another, FAILED, "invalid_signature"),
    (scene.disclosed, tokens.binding_for_another_nonce, FAILED, "key_binding_invalid"),
    (scene.disclosed, tokens.binding_for_another_verifier, FAILED, "key_binding_invalid"),
    (scene.disclosed, tokens.binding_of_last_year, FAILED, "key_binding_invalid"),
    (scene.disclosed, tokens.binding_from_the_future, FAILED, "key_binding_invalid"),
    (scene.disclosed, tokens.binding_of_fewer_disclosures, FAILED, "key_binding_invalid"),
    (scene.disclosed, tokens.binding_to_nobody, FAILED, "key_binding_invalid"),
]
STATUS: list[Row] = [
    (scene.revocable, status_lists.revoked, FAILED, "revoked"),
    (scene.revocable, status_lists.second_entry_revoked, FAILED, "revoked"),
    (scene.revocable, status_lists.suspended, FAILED, "suspended"),
    (scene.revocable, status_lists.list_served_by_a_stranger, FAILED, "status_list_untrusted"),
    (scene.revocable, status_lists.list_in_the_name_of_the_college, FAILED, "status_list_untrusted"),
    (scene.revocable, status_lists.list_unsigned, FAILED, "status_list_untrusted"),
    (scene.revocable, status_lists.list_altered, FAILED, "status_list_untrusted"),
    (scene.revocable, status_lists.list_of_another_address, FAILED, "status_list_untrusted"),
    (scene.revocable, status_lists.list_of_another_kind, INDETERMINATE, "status_list_unusable"),
    (scene.revocable, status_lists.list_too_short, INDETERMINATE, "status_list_unusable"),
    (scene.revocable, status_lists.list_out_of_date, INDETERMINATE, "status_stale"),
    (scene.revocable, status_lists.list_of_tomorrow, INDETERMINATE, "status_stale"),
    (scene.revocable, status_lists.list_cut_off, INDETERMINATE, "status_list_unusable"),
    (scene.revocable, status_lists.list_for_another_purpose, INDETERMINATE, "status_purpose_differs"),
    (scene.revocable, status_lists.list_of_unknown_words, INDETERMINATE, "status_list_unproved"),
    (scene.revocable, status_lists.host_down, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.host_gone, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.host_slow, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.host_answers_with_a_page, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.host_answers_with_other_json, INDETERMINATE, "status_list_unusable"),
    (scene.revocable, status_lists.host_is_this_machine, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.host_leads_to_this_machine, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.address_without_encryption, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.address_of_the_metadata_service, INDETERMINATE, "status_unreachable"),
    (scene.revocable, status_lists.address_missing, FAILED, "malformed_status"),
    (scene.revocable, status_lists.index_out_of_range, INDETERMINATE, "status_index_out_of_range"),
    (scene.revocable, status_lists.index_below_zero, FAILED, "malformed_status"),
    (scene.revocable, status_lists.index_in_other_digits, FAILED, "malformed_status"),
    (scene.revocable, status_lists.index_with_a_sign, FAILED, "malformed_status"),
    (scene.revocable, status_lists.index_with_a_space, FAILED, "malformed_status"),
    (scene.revocable, status_lists.index_endless, FAILED, "malformed_status"),
    (scene.revocable, status_lists.entry_taken_away, FAILED, "invalid_signature"),
    (scene.revocable, status_lists.entry_of_unknown_type, INDETERMINATE, "status_unsupported"),
    (scene.revocable, status_lists.entries_by_the_dozen, INDETERMINATE, "work_limit"),
]
PEOPLE: list[Row] = [
    (scene.badge, people.issuer_refused, FAILED, "issuer_refused"),
    (scene.badge, people.issuer_refused_by_one_of_two, FAILED, "issuer_refused"),
    (scene.badge, people.issuer_left_to_a_person, INDETERMINATE, "issuer_ask"),
    (scene.badge, people.issuer_on_no_list, INDETERMINATE, "issuer_unknown"),
    (scene.badge, people.issuer_that_looks_alike, INDETERMINATE, "issuer_unknown"),
    (scene.badge, people.issuer_below_a_trusted_host, INDETERMINATE, "issuer_unknown"),
    (scene.badge, people.issuer_out_of_scope, INDETERMINATE, "issuer_out_of_scope"),
    (scene.badge, people.issuer_no_longer_accredited, INDETERMINATE, "issuer_out_of_scope"),
    (scene.badge, people.issuer_vouches_for_itself, INDETERMINATE, "issuer_unknown"),
    (scene.theirs, people.other_person, FAILED, "other_subject"),
    (scene.theirs, people.other_address, FAILED, "other_subject"),
    (scene.theirs, people.salt_of_another, FAILED, "other_subject"),
    (scene.theirs, people.digest_of_another_kind, FAILED, "other_subject"),
    (scene.theirs, people.plain_value_called_hashed, FAILED, "other_subject"),
    (scene.theirs, people.name_alone, INDETERMINATE, "name_only"),
    (scene.theirs, people.nobody_named, INDETERMINATE, "bearer"),
    (scene.theirs, people.two_people_at_once, INDETERMINATE, "conflicting_identifiers"),
    (scene.theirs, people.identifier_of_another_kind, INDETERMINATE, "identifier_not_comparable"),
    (scene.theirs, people.second_subject_of_another, FAILED, "other_subject"),
    (scene.presented, people.answers_another_challenge, FAILED, "other_request"),
    (scene.presented, people.answers_another_verifier, FAILED, "other_request"),
    (scene.presented, people.answers_no_challenge, INDETERMINATE, "request_unanswered"),
    (scene.presented, people.answered_last_year, FAILED, "presentation_stale"),
    (scene.presented, people.presented_without_proof, INDETERMINATE, "presentation_absent"),
    (scene.presented, people.presented_for_another_purpose, FAILED, "wrong_purpose"),
    (scene.presented, people.presented_by_another, FAILED, "holder_mismatch"),
    (scene.presented, people.presentation_wrapped_by_another, FAILED, "holder_mismatch"),
    (scene.presented, people.record_of_nobody_around, FAILED, "holder_mismatch"),
    (scene.presented, people.presented_in_the_name_of_another, FAILED, "key_not_authorized"),
    (scene.presented, people.holder_left_out, FAILED, "holder_mismatch"),
    (scene.presented, people.member_unsigned, FAILED, "unsigned"),
    (scene.presented, people.member_altered, FAILED, "invalid_signature"),
    (scene.presented, people.member_exchanged, FAILED, "invalid_signature"),
    (scene.presented, people.member_unreadable, INDETERMINATE, "member_unreadable"),
    (scene.presented, people.members_taken_out, INDETERMINATE, "empty_container"),
    (scene.presented, people.asked_for_key_binding, INDETERMINATE, "presentation_absent"),
    (scene.presented, people.applicant_is_another, FAILED, "other_subject"),
    (scene.record, people.child_altered, FAILED, "invalid_signature"),
    (scene.record, people.child_unsigned, FAILED, "unsigned"),
    (scene.record, people.child_of_a_stranger, INDETERMINATE, "issuer_unknown"),
    (scene.record, people.child_of_another_person, FAILED, "other_subject_inside"),
    (scene.record, people.child_expired, FAILED, "expired"),
    (scene.record, people.children_taken_out, FAILED, "clr_malformed"),
]
FORGERIES = [*DATA_INTEGRITY, *TOKENS, *STATUS, *PEOPLE]


@pytest.mark.parametrize(
    ("base", "forge", "verdict", "code"), FORGERIES, ids=[forge.__name__ for _, forge, _, _ in FORGERIES]
)
def test_a_forgery_is_named(base: Callable[[], Scene], forge: Forge, verdict: Verdict, code: str) -> None:
    genuine = base().judged()
    assert (genuine.verdict, genuine.code) == (Verdict.VERIFIED, "verified")
    forged = forge(base()).judged()
    assert (forged.verdict, forged.code) == (verdict, code)
    assert all(finding.message for result in forged.results for finding in result.findings)


def test_nothing_of_a_forged_document_is_shown_as_proved() -> None:
    for base, forge, _, _ in DATA_INTEGRITY:
        report = forge(base()).judged()
        if any(report.check(name).outcome is not Outcome.PASSED for name in ("structure", "proof", "issuer")):
            assert report.proved is None


def test_a_list_that_may_not_be_asked_is_not_asked() -> None:
    for forge in (status_lists.address_without_encryption, status_lists.address_of_the_metadata_service):
        asked = [entry.url for entry in forge(scene.revocable()).judged().consulted]
        assert asked == [scene.COLLEGE.did_url]


def test_an_address_in_a_header_is_never_asked() -> None:
    for forge in (tokens.key_at_an_address_in_the_header, tokens.key_at_an_address_alone):
        asked = [entry.url for entry in forge(scene.token()).judged().consulted]
        assert not [url for url in asked if "attacker" in url]


def test_codes_are_words() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code) for _, _, _, code in FORGERIES)
