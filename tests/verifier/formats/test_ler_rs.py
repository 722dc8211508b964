"""LER-RS: what others verified is judged on its own, and what the person says of themselves is said to be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import TERM_START
from tests.issuing import Issuer, json_bytes
from verifier import MemoryWeb, Outcome, Report, Uploaded, Verdict, extract_skills, verify

Json = dict[str, Any]
VCDM1 = "https://www.w3.org/2018/credentials/v1"
PERSON = Issuer.with_did_key("Alex")
EMPLOYER = Issuer.with_did_web("Example Employer", "work.example")
LER_RS = "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json"


def reference() -> Json:
    """What the employer says of the person, signed."""
    about = EMPLOYER.credential()["credentialSubject"] | {"id": PERSON.did}
    return EMPLOYER.sign(EMPLOYER.credential(credentialSubject=about))


def resume(**changes: Any) -> Json:
    histories = [
        {"positionHistories": [{"title": "Developer"}], "verifications": [reference()]},
        {"positionHistories": [{"title": "Lead"}], "verifications": [{**reference(), "name": "Director"}]},
        {"title": "Consultant"},
    ]
    document = {
        "@context": [VCDM1],
        "type": ["VerifiableCredential", "LER-RS VC"],
        "issuer": PERSON.did,
        "issuanceDate": "2026-06-30T09:00:00Z",
        "credentialSubject": {
            "id": PERSON.did,
            "type": LER_RS,
            "person": {"name": {"formattedName": "Alex Example"}},
            "communication": {"email": [{"address": "alex@learner.example"}]},
            "skills": [{"name": "Project Management", "yearsOfExperience": 5}],
            "employmentHistories": histories,
        },
    }
    return {**document, **changes}


def judged(document: Json | str) -> Report:
    data = document.encode() if isinstance(document, str) else json_bytes(document)
    trust = [EMPLOYER.listed(), PERSON.listed()]
    return verify(Uploaded(data, "resume"), trust=trust, web=EMPLOYER.web(), now=TERM_START)


def test_one_is_verified_one_rejected_and_one_only_said() -> None:
    report = judged(PERSON.jwt(resume(), "1.1"))
    assert [inner.verdict for inner in report.contained] == [Verdict.VERIFIED, Verdict.FAILED]
    assert report.credential is not None
    said = [
        entry.name for entry in report.credential.achievements if entry.achievement_type == "SelfAsserted"
    ]
    assert "Consultant" in said
    assert "Alex Example" in [entry.name for entry in report.credential.subjects]


def test_the_outer_signature_lifts_no_claim_inside() -> None:
    report = judged(PERSON.jwt(resume(), "1.1"))
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.check("issuer").outcome is Outcome.PASSED
    assert (report.own_verdict, report.own_code) == (Verdict.INDETERMINATE, "self_issued")
    assert report.verdict is Verdict.FAILED


def test_a_skill_of_a_resume_is_always_self_asserted() -> None:
    document = resume(issuer=EMPLOYER.did)
    [claim] = [c for c in extract_skills(judged(EMPLOYER.jwt(document, "1.1"))) if c.place == "self_asserted"]
    assert claim.skill.name == "Project Management"
    assert claim.self_issued


def test_an_issuer_that_is_a_name_is_nobody_to_ask() -> None:
    report = judged(resume(issuer="Resume Builder"))
    assert report.check("structure").findings[0].code == "issuer_named_only"


def test_a_link_is_not_followed_and_not_believed() -> None:
    document = resume()
    document["credentialSubject"]["employmentHistories"] = [
        {"title": "Developer", "verifications": [{"reference": "https://work.example/1"}]}
    ]
    report = judged(PERSON.jwt(document, "1.1"))
    assert [inner.verdict for inner in report.contained] == [Verdict.UNREADABLE]
    assert all(entry.url != "https://work.example/1" for entry in report.consulted)


@pytest.mark.parametrize("value", [None, {}, [], "text", [None], [7], [["x"]], [{}]])
def test_any_shape_of_verifications_is_read(value: Any) -> None:
    document = resume()
    document["credentialSubject"]["employmentHistories"] = [{"title": "Developer", "verifications": value}]
    report = judged(PERSON.jwt(document, "1.1"))
    assert report.code != "internal_error"
    assert report.verdict is not Verdict.VERIFIED


def test_verifications_by_the_thousand_are_too_many() -> None:
    document = resume()
    many = [{"reference": "https://work.example/1"}] * 201
    document["credentialSubject"]["employmentHistories"] = [{"title": "Developer", "verifications": many}]
    report = verify(Uploaded(json_bytes(document), "resume"), web=MemoryWeb({}), now=TERM_START)
    assert (report.verdict, report.code) == (Verdict.UNREADABLE, "too_large")
