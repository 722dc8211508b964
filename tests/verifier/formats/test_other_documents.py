"""What people upload in place of a credential is named, and what to ask for is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.issuing import json_bytes
from verifier import MemoryWeb, Report, Uploaded, Verdict, verify


def judged(data: bytes) -> Report:
    return verify(Uploaded(data, "upload"), web=MemoryWeb({}), now=TERM_START)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"type": "VerificationReceipt", "checked": [], "proof": {}}, "verification receipt"),
        ({"type": "RichSkillDescriptor", "id": "https://x.example"}, "Rich Skill Descriptor"),
        ({"@graph": [{"@type": "ceterms:Occupation"}]}, "Credential Registry"),
        ({"envelope_ceterms_ctid": "ce-1"}, "Credential Registry"),
        ({"CFDocument": {}, "CFItems": []}, "CASE"),
        ({"targetType": "Person", "assertions": [{"skill": {}}]}, "HR Open"),
        ({"@type": "JobPosting"}, "job advertisement"),
        ({"did": "did:ebsi:1", "attributes": [{"issuerType": "TI"}]}, "EBSI registry"),
        ({"issuers": {"0x007d": {"name": "Poly"}}}, "OpenCerts"),
        ({"meta": {}, "registry": {}}, "list of issuers"),
        ({"iss": "https://x.example", "sub": "https://x.example", "jwks": {}}, "federation"),
        ({"keys": []}, "public keys"),
        ({"id": "did:web:x.example", "verificationMethod": []}, "public keys"),
    ],
)
def test_it_is_named_and_an_advice_is_given(document: dict[str, Any], words: str) -> None:
    report = judged(json_bytes(document))
    [finding] = report.check("structure").findings
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "other_document")
    assert words in finding.message
    assert "not a credential; " in finding.message


def test_a_list_of_trust_services_is_named() -> None:
    report = judged(b'<?xml version="1.0"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"/>')
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "other_document")


def test_what_nobody_knows_is_a_json_document() -> None:
    assert judged(b'{"a": 1}').code == "not_a_credential"
