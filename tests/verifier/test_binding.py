"""Is it theirs? Every identifier that a credential may name, against everything known of the applicant."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuing import Issuer, Json, json_bytes
from tests.verifier.forging.people import identity
from tests.verifier.forging.scene import COLLEGE, NOW, STRANGER, WALLET, record
from verifier import Applicant, Finding, Outcome, Policy, Report, Uploaded, Verdict, verify
from verifier.binding import same_name

ADA = Applicant(
    dids=(WALLET.did,), emails=("Ada@Example.org",), phones=("+49 30 123456",), name="Ada Löwenherz-Example"
)


def judged(applicant: Applicant | None, policy: Policy | None = None, **subject: Any) -> Report:
    """A badge about `subject`, signed."""
    whole: Json = {**COLLEGE.credential()["credentialSubject"], **subject}
    whole = {name: value for name, value in whole.items() if value is not None}
    signed = COLLEGE.sign(COLLEGE.credential(credentialSubject=whole), "eddsa-jcs-2022")
    return verify(
        Uploaded(json_bytes(signed), "a.json"),
        trust=[COLLEGE.listed()],
        web=COLLEGE.web(),
        applicant=applicant,
        policy=policy,
        now=NOW,
    )


def bound(applicant: Applicant | None, **subject: Any) -> Finding:
    return judged(applicant, **subject).check("binding").findings[0]


def hashed(value: str, name: str = "sha256", salt: str = "", kind: str = "emailAddress") -> Json:
    digest = f"{name}${hashlib.new(name.lower(), (value + salt).encode()).hexdigest()}"
    return identity("", kind) | {"identityHash": digest, "salt": salt}


def test_a_telephone_without_a_digit_is_nobodys() -> None:
    unknown = Applicant(phones=("unknown",))
    assert bound(unknown, id="tel:withheld").outcome is not Outcome.PASSED


@pytest.mark.parametrize(
    ("subject", "how"),
    [
        ({"id": WALLET.did}, "key"),
        ({"id": WALLET.method}, "key"),
        ({"id": "mailto:Ada@Example.org"}, "e-mail"),
        ({"id": "mailto:ada@example.org"}, "e-mail, ignoring case"),
        ({"id": "tel:+4930123456"}, "telephone"),
        ({"id": None, "identifier": [identity("Ada@Example.org", hashed=False)]}, "e-mail"),
        ({"id": None, "identifier": identity("Ada@Example.org", hashed=False)}, "e-mail"),
        ({"id": None, "identifier": [hashed("Ada@Example.org")]}, "e-mail"),
        ({"id": None, "identifier": [hashed("Ada@Example.org", salt="pepper")]}, "e-mail"),
        ({"id": None, "identifier": [hashed("ada@example.org", salt="x")]}, "e-mail, ignoring case"),
        ({"id": None, "identifier": [hashed("Ada@Example.org", "sha512", "x")]}, "e-mail"),
        ({"id": None, "identifier": [hashed("Ada@Example.org", "SHA256")]}, "e-mail"),
        ({"id": None, "identifier": [identity("0049 30 123456", "phoneNumber", hashed=False)]}, "telephone"),
        ({"id": None, "identifier": [hashed("+49 30 123456", kind="telephone")]}, "telephone"),
        ({"id": None, "identifier": [identity(WALLET.did, "did", hashed=False)]}, "key"),
    ],
)
def test_it_is_theirs_by(subject: Json, how: str) -> None:
    finding = bound(ADA, **subject)
    assert (finding.outcome, finding.code) == (Outcome.PASSED, "belongs_to_applicant")
    assert f"({how})" in finding.message


@pytest.mark.parametrize(
    "subject",
    [
        {"id": STRANGER.did},
        {"id": "did:web:eve.example"},
        {"id": "mailto:eve@example.org"},
        {"id": "tel:+49301234567"},
        {"id": None, "identifier": [identity("eve@example.org", hashed=False)]},
        {"id": None, "identifier": [hashed("eve@example.org", salt="s")]},
        {"id": None, "identifier": [hashed("Ada@Example.org", "md5")]},
        {"id": None, "identifier": [hashed("Ada@Example.org", "sha1")]},
        {"id": None, "identifier": [identity("Ada@Example.org", hashed=False) | {"hashed": True}]},
        {"id": None, "identifier": [hashed("Ada@Example.org") | {"salt": "added later"}]},
        {"id": None, "identifier": [hashed("+1 555", kind="telephone")]},
    ],
)
def test_it_is_somebody_elses(subject: Json) -> None:
    finding = bound(ADA, **subject)
    assert (finding.outcome, finding.code) == (Outcome.FAILED, "other_subject")


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ({"id": None}, "bearer"),
        ({"id": None, "identifier": [identity("Ada Löwenherz-Example", "name", hashed=False)]}, "name_only"),
        ({"id": None, "name": "EXAMPLE, Lowenherz Ada"}, "name_only"),
        ({"id": None, "name": "Eve"}, "bearer"),
        (
            {"id": None, "identifier": [identity("4711", "studentId", hashed=False)]},
            "identifier_not_comparable",
        ),
        ({"id": None, "identifier": [hashed("Ada", kind="name")]}, "bearer"),
        ({"id": "urn:student:4711"}, "identifier_not_comparable"),
        (
            {"id": WALLET.did, "identifier": [identity("eve@example.org", hashed=False)]},
            "conflicting_identifiers",
        ),
        ({"id": None, "identifier": ["ada", 5, None, {"identityHash": 5}]}, "bearer"),
    ],
)
def test_it_cannot_be_told_whose_it_is(subject: Json, code: str) -> None:
    finding = bound(ADA, **subject)
    assert (finding.outcome, finding.code) == (Outcome.INDETERMINATE, code)


@pytest.mark.parametrize(
    "subject",
    [
        {"id": WALLET.did},
        {"id": "mailto:ada@example.org"},
        {"id": "tel:+4930123456"},
        {"id": None, "identifier": [hashed("Ada@Example.org")]},
        {"id": None, "identifier": [identity("Ada", "name", hashed=False)]},
    ],
)
def test_what_the_employer_does_not_know_refutes_nobody(subject: Json) -> None:
    assert bound(Applicant(), **subject).outcome is Outcome.INDETERMINATE


def test_an_identifier_that_is_no_key_counts_where_the_employer_knows_it() -> None:
    assert bound(Applicant(dids=("urn:student:4711",)), id="urn:student:4711").outcome is Outcome.PASSED


def test_without_an_applicant_nothing_is_compared() -> None:
    assert bound(None).outcome is Outcome.NOT_APPLICABLE


def test_a_strict_policy_does_not_take_that() -> None:
    report = judged(None, Policy.strict())
    assert (report.verdict, report.code) == (Verdict.INDETERMINATE, "no_applicant")
    assert judged(ADA, Policy.strict(), id=WALLET.did).verdict is Verdict.VERIFIED


def test_a_finding_points_at_what_was_compared() -> None:
    finding = bound(
        ADA, id=None, identifier=[identity("4711", "studentId", hashed=False), hashed("Ada@Example.org")]
    )
    assert finding.pointer == "/credentialSubject/identifier/1"


def test_every_subject_must_be_the_applicant() -> None:
    subject = COLLEGE.credential()["credentialSubject"] | {"id": WALLET.did}
    both = COLLEGE.credential(credentialSubject=[subject, {**subject, "id": STRANGER.did}])
    signed = json_bytes(COLLEGE.sign(both, "eddsa-jcs-2022"))
    report = verify(
        Uploaded(signed, "a"), trust=[COLLEGE.listed()], web=COLLEGE.web(), applicant=ADA, now=NOW
    )
    findings = report.check("binding").findings
    assert [finding.outcome for finding in findings] == [Outcome.FAILED, Outcome.PASSED]


# ------------------------------------------------------------------------------ one thing inside another


def test_a_record_and_its_badges_are_about_one_person() -> None:
    assert [inner.check("binding").outcome for inner in record().judged().contained] == [
        Outcome.NOT_APPLICABLE
    ]


def test_an_endorsement_is_no_achievement_of_the_applicant() -> None:
    document = COLLEGE.credential(
        type=["VerifiableCredential", "EndorsementCredential"],
        credentialSubject={
            "id": WALLET.did,
            "type": ["EndorsementSubject"],
            "endorsementComment": "Splendid.",
        },
    )
    signed = json_bytes(COLLEGE.sign(document, "eddsa-jcs-2022"))
    report = verify(
        Uploaded(signed, "a"), trust=[COLLEGE.listed()], web=COLLEGE.web(), applicant=ADA, now=NOW
    )
    assert report.check("binding").findings[0].code == "endorsement"


def test_an_endorsement_inside_a_badge_neither_lifts_nor_lowers_it() -> None:
    ministry = Issuer.with_did_key("Ministry")
    endorsement = ministry.sign(
        ministry.credential(
            type=["VerifiableCredential", "EndorsementCredential"],
            credentialSubject={
                "id": COLLEGE.did,
                "type": ["EndorsementSubject"],
                "endorsementComment": "Good.",
            },
        )
    )
    signed = json_bytes(COLLEGE.sign(COLLEGE.credential(endorsement=[endorsement])))
    report = verify(Uploaded(signed, "a"), trust=[COLLEGE.listed()], web=COLLEGE.web(), now=NOW)
    assert report.verdict is Verdict.VERIFIED
    (inner,) = report.contained
    assert (inner.verdict, inner.check("binding").findings[0].code) == (Verdict.INDETERMINATE, "endorsement")


# ------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Lovelace", "lovelace, ADA", True),
        ("José Núñez", "Jose Nunez", True),
        ("Straße", "STRASSE", True),
        ("Ada", "Ada Lovelace", False),
        ("Ada Ada", "Ada", False),
        ("", "", False),
        ("…", "!", False),
    ],
)
def test_names_are_compared_word_by_word(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_names_is_symmetric_and_never_raises(one: str, other: str) -> None:
    assert same_name(one, other) is same_name(other, one)
