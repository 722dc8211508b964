"""SD-JWT VC: what cannot be put together is still a credential, with the reason."""

from __future__ import annotations

from tests.conftest import TERM_START
from tests.issuing import Issuer
from tests.issuing_proofs import compact_json, jws
from verifier import Uploaded, Verdict, verify


def test_disclosures_under_an_unknown_hash_are_not_checked_and_never_our_own_fault() -> None:
    college = Issuer.with_did_key("Example College")
    claims = {"iss": college.did, "vct": "https://college.example/types/diploma", "_sd_alg": "sha3-256"}
    token = jws(
        {"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": college.method}, compact_json(claims), college.key
    )
    report = verify(
        Uploaded(f"{token}~".encode(), "a.jwt"), trust=[college.listed()], web=college.web(), now=TERM_START
    )
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "unsupported_suite")
