"""Credentials in COSE: the media types in the signed header say what was signed, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cbor2
import pytest

from tests.conftest import TERM_START
from tests.issuing import Issuer, json_bytes
from verifier import IssuerList, MemoryWeb, Outcome, Report, Uploaded, Verdict, verify

COLLEGE = Issuer.with_did_web("Example College", "college.example")
HOLDER = Issuer.with_did_web("Example Person", "person.example")
ALG, CONTENT_TYPE, KID, CWT_CLAIMS, TYP = 1, 3, 4, 15, 16
EDDSA = -8


def sealed(document: dict[str, Any], signer: Issuer, **header: Any) -> bytes:
    """A COSE_Sign1 (RFC 9052 §4.4), signed apart from the verifier."""
    labels = {ALG: EDDSA, KID: signer.method.encode()} | {
        {"typ": TYP, "content": CONTENT_TYPE, "claims": CWT_CLAIMS}[name]: value
        for name, value in header.items()
    }
    protected, payload = cbor2.dumps(labels), json_bytes(document)
    signature = signer.key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def judged(data: bytes) -> Report:
    web = MemoryWeb({**COLLEGE.served(), **HOLDER.served()})
    return verify(Uploaded(data, "badge.cbor"), trust=[COLLEGE.listed()], web=web, now=TERM_START)


def presentation() -> dict[str, Any]:
    credential = COLLEGE.credential()
    credential["credentialSubject"]["id"] = HOLDER.did
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": HOLDER.did,
        "verifiableCredential": [COLLEGE.sign(credential)],
    }


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"typ": "application/vc+cose", "content": "application/vc"},
        {"typ": "vc+cose"},
        {"content": "APPLICATION/VC"},
        {"typ": "application/vc+ld+json+cose", "content": "application/vc+ld+json"},
    ],
)
def test_a_credential_may_say_that_it_is_one(header: dict[str, str]) -> None:
    assert judged(sealed(COLLEGE.credential(), COLLEGE, **header)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "application/vp+cose"},
        {"content": "application/vp"},
        {"typ": "application/statuslist+cwt"},
        {"typ": "really/bad", "content": "very/bad"},
        {"typ": 16},
        {"content": 50},  # application/json, as a CoAP content format
        {"typ": "application/vc+cose", "content": ""},
        {"typ": b"application/vc+cose"},
    ],
)
def test_a_credential_that_says_it_is_something_else_is_not_well_formed(header: dict[str, Any]) -> None:
    report = judged(sealed(COLLEGE.credential(), COLLEGE, **header))
    assert (report.verdict, report.code) == (Verdict.FAILED, "token_type")
    assert report.check("proof").outcome is Outcome.PASSED


def test_a_presentation_says_that_it_is_one_and_not_a_credential() -> None:
    right = judged(sealed(presentation(), HOLDER, typ="application/vp+cose", content="application/vp"))
    assert right.verdict is Verdict.VERIFIED
    for header in ({"typ": "application/vc+cose"}, {"content": "application/vc"}):
        report = judged(sealed(presentation(), HOLDER, **header))
        assert (report.verdict, report.code) == (Verdict.FAILED, "token_type")


# Where a published case and this verifier mean different things.
HOLDER_UNKNOWN = "vcjosecose-cose_basic_presentation_verification"  # its holder is a did:example


@pytest.mark.shared
def test_the_published_cases_are_judged_with_the_key_pinned_for_their_issuer(shared_cases: Path) -> None:
    root, verdicts = shared_cases / "standards", dict[str, Verdict]()
    for case in json.loads((root / "manifest.json").read_text("utf-8")):
        if not case["kind"].endswith("_cose"):
            continue
        key = case["keys"]["verification_method_document"]
        entry = {"id": key["controller"], "decision": "accept", "jwks": {"keys": [key["publicKeyJwk"]]}}
        listed = IssuerList.parse(json_bytes({"version": 1, "name": "Case", "issuers": [entry]}))
        source = Uploaded((root / case["file"]).read_bytes(), "case.cose")
        report = verify(source, trust=[listed], web=MemoryWeb({}), now=TERM_START)
        verdicts[case["id"]] = report.verdict
        assert (report.verdict is Verdict.VERIFIED) is (
            case["expect"] == "valid" and case["id"] != HOLDER_UNKNOWN
        )
    assert verdicts.pop(HOLDER_UNKNOWN) is Verdict.INDETERMINATE
    assert sorted(verdicts.values()) == [Verdict.FAILED, Verdict.FAILED, Verdict.VERIFIED]


@pytest.mark.parametrize(
    ("claims", "code"),
    [({4: 1_700_000_000}, "expired"), ({5: 4_000_000_000}, "not_yet_valid"), ({4: "soon"}, "malformed")],
)
def test_the_dates_in_its_header_count(claims: dict[int, Any], code: str) -> None:
    undated = COLLEGE.credential(validFrom=None, validUntil=None)
    assert judged(sealed(undated, COLLEGE, claims=claims)).code == code
