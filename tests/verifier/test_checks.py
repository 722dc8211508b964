"""The checks: what one cannot do, what goes wrong in one, and whose key it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.issuing import Issuer, Json, json_bytes
from tests.verifier.forging.scene import (
    COLLEGE,
    NOW,
    STRANGER,
    TOKENS,
    Scene,
    badge,
    revocable,
    token,
    unsigned,
    witnessed,
)
from verifier import (
    MemoryWeb,
    Outcome,
    Policy,
    Uploaded,
    Verdict,
    binding,
    formats,
    listed_status,
    signers,
    trust,
    verify,
)
from verifier.checks import CHECKS, guarded, reference_of
from verifier.errors import InvalidSignature
from verifier.flow import Flow, drive
from verifier.policy import STANDARD_ACCEPTED
from verifier.proofs import canonical, data_integrity
from verifier.report import CHECK_NAMES, Finding

CANARY = "a secret of the applicant"


def test_there_is_a_check_for_every_name() -> None:
    assert tuple(CHECKS) == CHECK_NAMES
    assert tuple(STANDARD_ACCEPTED) == CHECK_NAMES


# ------------------------------------------------------------------------------------- faults of ours


def flow(error: Exception) -> Flow[list[Finding]]:
    yield from ()
    raise error


def nobody(wish: Any) -> Any:
    raise AssertionError(wish)


def test_what_a_check_raises_is_its_finding() -> None:
    (finding,) = drive(guarded(flow(InvalidSignature())), nobody)
    assert (finding.outcome, finding.code) == (Outcome.FAILED, "invalid_signature")


def test_a_fault_of_ours_is_neither_a_yes_nor_a_no_and_tells_nothing() -> None:
    (finding,) = drive(guarded(flow(KeyError(CANARY))), nobody)
    assert (finding.outcome, finding.code) == (Outcome.INDETERMINATE, "internal_error")
    assert CANARY not in finding.message


def failing(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_fault_has_a_reference_that_does_not_depend_on_content() -> None:
    one, two = (failing(KeyError(text)) for text in ("a", CANARY))
    assert reference_of(one) == reference_of(two) != reference_of(failing(ValueError("a")))
    assert len(reference_of(one)) == 8


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (canonical, "examine"),
        (data_integrity, "verify"),
        (signers, "of_embedded"),
        (trust, "judge"),
        (binding, "findings"),
        (listed_status, "finding"),
    ],
)
def test_a_fault_in_any_part_verifies_nothing_and_accuses_nobody(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError(CANARY)

    scene = revocable()
    monkeypatch.setattr(module, name, broken)
    report = scene.judged()
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "internal_error")
    assert CANARY not in json.dumps(report.to_dict())


@pytest.mark.parametrize("name", ["read", "read_member"])
def test_a_fault_in_a_parser_is_ours_too(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def broken(*_: Any) -> Any:
        raise RecursionError(CANARY)

    upload = Uploaded(json.dumps([badge().upload]).encode(), "several.json")
    monkeypatch.setattr(formats, name, broken)
    report = verify(upload, trust=[COLLEGE.listed()], now=NOW)
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "internal_error")
    assert CANARY not in json.dumps(report.to_dict())


# ------------------------------------------------------------------------------------- structure


def test_what_has_no_shape_of_its_own_cannot_be_judged_for_it() -> None:
    listed = json.dumps([COLLEGE.sign(COLLEGE.status_list("https://college.example/status/1"))]).encode()
    report = revocable().serving(listed=listed).judged()
    assert report.check("status").findings[0].code == "status_list_unproved"


def test_a_signature_over_every_byte_may_cover_terms_of_no_vocabulary() -> None:
    document = COLLEGE.credential(honours="summa cum laude")
    assert (
        Scene(issuer=COLLEGE, upload=COLLEGE.sign(document, "eddsa-jcs-2022")).judged().verdict
        is Verdict.VERIFIED
    )
    assert (
        Scene(issuer=TOKENS, upload=TOKENS.jwt(TOKENS.credential(honours="cum laude"))).judged().verdict
        is Verdict.VERIFIED
    )


def test_one_proof_that_reads_terms_holds_the_whole_document_to_them() -> None:
    signed = COLLEGE.sign(COLLEGE.credential(honours="summa cum laude"), "eddsa-jcs-2022")
    both = {**signed, "proof": [signed["proof"], badge().upload["proof"]]}
    assert Scene(issuer=COLLEGE, upload=both).judged().code == "undefined_term"


# ------------------------------------------------------------------------------------- proof and issuer


def test_a_witness_counts_neither_for_nor_against() -> None:
    both = STRANGER.sign(badge().upload)
    report = Scene(issuer=COLLEGE, upload=both).judged()
    assert report.verdict is Verdict.VERIFIED
    findings = report.check("issuer").findings
    assert {finding.code for finding in findings} == {"key_authorized", "proof_of_another"}


def test_a_witness_alone_is_no_issuer() -> None:
    alone = {**badge().upload, "proof": STRANGER.sign(badge().upload)["proof"][1]}
    assert Scene(issuer=COLLEGE, upload=alone).judged().code == "key_not_authorized"


def test_a_key_of_the_issuer_that_is_not_for_this_is_no_witness() -> None:
    lender = replace(COLLEGE, key=STRANGER.key, method=f"{COLLEGE.did}#lent")
    methods = [method for who in (COLLEGE, lender) for method in who.did_document()["verificationMethod"]]
    scene = Scene(issuer=COLLEGE, upload=lender.sign(badge().upload))
    served = scene.serving(did=json_bytes(COLLEGE.did_document(verificationMethod=methods)))
    assert served.judged().code == "key_not_authorized"
    both = [COLLEGE.method, lender.method]
    allowed = COLLEGE.did_document(verificationMethod=methods, assertionMethod=both)
    assert scene.serving(did=json_bytes(allowed)).judged().verdict is Verdict.VERIFIED


def test_a_finding_for_every_proof() -> None:
    assert len(witnessed().judged().check("proof").findings) == 2


def test_an_issuer_without_a_document_can_neither_be_shown_nor_refuted() -> None:
    document = COLLEGE.credential(issuer={**COLLEGE.profile(), "id": "urn:uuid:college"})
    report = Scene(issuer=COLLEGE, upload=COLLEGE.sign(document)).judged()
    assert report.check("issuer").findings[0].code == "issuer_publishes_no_keys"
    assert report.verdict is Verdict.INDETERMINATE


def test_a_did_key_may_be_named_without_its_fragment() -> None:
    whole = replace(STRANGER, method=STRANGER.did)
    assert Scene(issuer=STRANGER, upload=whole.sign(whole.credential())).judged().verdict is Verdict.VERIFIED


def test_a_credential_that_names_no_issuer_is_nobodys() -> None:
    document = COLLEGE.credential(issuer=None)
    report = Scene(issuer=COLLEGE, upload=COLLEGE.sign(document)).judged()
    assert report.check("trust").findings[0].code == "issuer_unknown"
    assert report.check("issuer").outcome is Outcome.FAILED


@pytest.mark.parametrize("kid", ["#key-1", "key-1", TOKENS.method, None])
def test_a_token_names_its_key_in_every_way(kid: str | None) -> None:
    signed = replace(TOKENS, method=kid) if kid else TOKENS
    upload = signed.jwt(TOKENS.credential(), header={} if kid else {"kid": ""})
    report = replace(token(), upload=upload).judged()
    assert report.verdict is (Verdict.VERIFIED if kid else Verdict.FAILED)


def without_kid(issuer: Issuer) -> str:
    """A token that does not say which key, signed apart."""
    from tests.issuing_proofs import compact_json, jws

    return jws({"alg": issuer.key.algorithm, "typ": "vc+jwt"}, compact_json(issuer.credential()), issuer.key)


def test_a_token_need_not_name_the_only_key() -> None:
    assert replace(token(), upload=without_kid(TOKENS)).judged().verdict is Verdict.VERIFIED


def test_a_token_must_say_which_of_several_keys() -> None:
    document = TOKENS.did_document()
    second: Json = {**document["verificationMethod"][0], "id": f"{TOKENS.did}#key-2"}
    both = {
        **document,
        "verificationMethod": [*document["verificationMethod"], second],
        "assertionMethod": [TOKENS.method, second["id"]],
    }
    report = replace(token(), upload=without_kid(TOKENS)).serving(did=json_bytes(both)).judged()
    assert (report.verdict, report.code) == (Verdict.FAILED, "verification_method_not_found")


@pytest.mark.parametrize("issuer", ["urn:uuid:college", "http://college.example/issuer"])
def test_a_token_of_an_issuer_without_keys_cannot_be_checked(issuer: str) -> None:
    upload = TOKENS.jwt(TOKENS.credential(issuer=issuer), header={"kid": "1"})
    report = replace(token(), upload=upload).judged()
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "key_unavailable")


# ------------------------------------------------------------------------------------- validity


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"validUntil": None}, "current"),
        ({"validFrom": None, "validUntil": None}, "no_dates"),
        ({"validFrom": "2026-09-01T09:04:00Z"}, "current"),
        ({"validFrom": "2026-09-01T09:06:00Z"}, "not_yet_valid"),
        ({"validUntil": "2026-09-01T09:00:00Z"}, "current"),
        ({"validUntil": "2026-09-01T08:59:59Z"}, "expired"),
    ],
)
def test_the_dates_are_compared_with_now(changes: Json, code: str) -> None:
    report = Scene(issuer=COLLEGE, upload=COLLEGE.sign(COLLEGE.credential(**changes))).judged()
    assert report.check("validity").findings[0].code == code


# ------------------------------------------------------------------------------------- policy


def test_an_older_suite_is_the_archives() -> None:
    assert Policy.archival().refused_suites == frozenset()
    assert "Ed25519Signature2018" in Policy.standard().refused_suites
    assert Policy.standard().replace(name="ours").name == "ours"
    with pytest.raises(TypeError):
        Policy.standard().replace(colour="red")


def test_a_context_can_be_pinned_by_the_employer() -> None:
    url = "https://college.example/terms/v1"
    pinned = {url: json_bytes({"@context": {"honours": "https://college.example/terms#honours"}})}
    upload = {**badge().upload, "@context": [*badge().upload["@context"], url]}
    scene = replace(badge(), upload=upload)
    assert scene.judged().check("structure").findings[0].code == "unknown_context"
    known = replace(scene, policy=Policy.standard().replace(contexts=pinned)).judged()
    # RDF signs what the terms mean; a vocabulary whose terms are not used changes nothing of that.
    assert known.verdict is Verdict.VERIFIED


def test_a_lone_vocab_leaves_the_signature_readable_and_nothing_proved() -> None:
    vocabulary = {"@vocab": "https://college.example/terms#not"}
    contexts = [*badge().upload["@context"], vocabulary]
    document = {**unsigned(badge().upload), "@context": contexts, "Passed": "in 2026"}
    signed = COLLEGE.sign(document)
    # The same statement under another split of address and term: a signature cannot tell them apart.
    renamed = {name: value for name, value in signed.items() if name != "Passed"}
    renamed |= {"notPassed": "in 2026"}
    renamed["@context"] = [*badge().upload["@context"], {"@vocab": "https://college.example/terms#"}]
    for upload in (signed, renamed):
        report = badge().uploading(upload).judged()
        assert report.check("proof").outcome is Outcome.PASSED
        assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "unknown_context")
        assert report.proved is None
    altered = badge().uploading({**signed, "Passed": "with honours"}).judged()
    assert altered.check("proof").findings[0].code == "invalid_signature"


def test_a_web_that_is_given_is_the_only_one_asked() -> None:
    report = verify(
        Uploaded(json_bytes(badge().upload), "a"), trust=[COLLEGE.listed()], web=MemoryWeb({}), now=NOW
    )
    assert report.code == "did_unreachable"


@pytest.mark.parametrize("suite", ["ecdsa-sd-2023", "bbs-2023"])
def test_a_holder_who_chose_what_to_show_may_have_left_the_status_out(suite: str) -> None:
    document = {**COLLEGE.credential(), "proof": {"type": "DataIntegrityProof", "cryptosuite": suite}}
    report = verify(Uploaded(json_bytes(document), "badge.json"), web=MemoryWeb({}), now=NOW)
    assert report.check("status").findings[0].code == "status_may_be_withheld"
