"""Sealed credentials: the certificate says who sealed, and it must be the issuer that the document names."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.conftest import TERM_START
from tests.issuing import json_bytes
from tests.issuing_keys import SigningKey, b64url
from tests.issuing_proofs import compact_json
from verifier import (
    CertificateAuthorities,
    IssuerList,
    MemoryWeb,
    Outcome,
    Report,
    Uploaded,
    Verdict,
    extract_skills,
    verify,
)

Json = dict[str, Any]
FAILED, INDETERMINATE, VERIFIED = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.VERIFIED
ESCO = "http://data.europa.eu/esco/skill/ccdf3597-5c80-410f-896d-e1bdfa223de9"


@dataclass(frozen=True, kw_only=True)
class Certified:
    """A key and its certificate."""

    key: SigningKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@cache
def certified(
    name: str, by: str = "", *, identifier: str = "", ca: bool = False, end: int = 2034
) -> Certified:
    """A certificate for `name`, made by the authority `by`, or by itself."""
    key = SigningKey.demo("P-256", name)
    maker = certified(by, ca=True) if by else None
    subject = _name(name, identifier)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(maker.certificate.subject if maker else subject)
        .public_key(key.private.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(f"{name}{by}{end}".encode()).digest()[:8]))
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(end, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_cert_sign=ca,
                crl_sign=ca,
                **usage,
            ),
            critical=True,
        )
    )
    signer = maker.key.private if maker else key.private
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    return Certified(key=key, certificate=builder.sign(signer, hashes.SHA256()))


def _name(name: str, identifier: str) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "SI"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ]
    if identifier:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    return x509.Name(parts)


def diploma(**issuer: Any) -> Json:
    outcome = {"title": {"en": "Creativity"}, "relatedESCOSkill": {"id": ESCO, "prefLabel": {"en": "create"}}}
    return {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"en": "Example University"}, **issuer},
        "issuanceDate": "2026-03-01T10:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "hasClaim": {
                "type": "LearningAchievement",
                "title": {"en": "Data Science"},
                "specifiedBy": {"learningOutcome": [outcome]},
            },
        },
    }


def sealed(
    document: Json, signer: Certified, *, b64: bool = True, chain: tuple[Certified, ...] = (), **header: Any
) -> Json:
    """`document` under a JAdES B-B seal in general JSON serialisation."""
    payload = compact_json(document).decode()
    critical = ["sigT"] if b64 else ["b64", "sigT"]
    head = {
        "alg": "ES256",
        "typ": "JOSE",
        "x5c": [base64.b64encode(entry.der).decode() for entry in (signer, *chain)],
        "x5t#S256": b64url(hashlib.sha256(signer.der).digest()),
        "sigT": "2026-03-01T10:00:00Z",
        "crit": critical,
        **({} if b64 else {"b64": False}),
        **header,
    }
    protected = b64url(compact_json(head))
    body = b64url(payload.encode()) if b64 else payload
    signature = b64url(signer.key.sign(f"{protected}.{body}".encode()))
    return {"payload": body, "signatures": [{"protected": protected, "signature": signature}]}


UNIVERSITY = certified("Example University eSeal", "Root CA")


def anchors(*names: str) -> CertificateAuthorities:
    pem = b"".join(certified(name, ca=True).certificate.public_bytes(Encoding.PEM) for name in names)
    return CertificateAuthorities.parse(pem)


def judged(document: Json, *trust: Any) -> Report:
    source = Uploaded(json_bytes(document), "diploma.jsonld")
    return verify(source, trust=trust or (anchors("Root CA"),), web=MemoryWeb({}), now=TERM_START)


@pytest.mark.parametrize("b64", [True, False])
def test_a_seal_that_leads_to_an_accepted_authority_is_verified(b64: bool) -> None:
    report = judged(sealed(diploma(), UNIVERSITY, b64=b64))
    assert (report.verdict, report.code) == (VERIFIED, "verified")
    [skill] = extract_skills(report)
    assert skill.skill.id == ESCO
    assert skill.pointer.endswith("/relatedESCOSkill/id")


def test_without_the_authority_nobody_knows_who_sealed_it() -> None:
    report = judged(sealed(diploma(), UNIVERSITY), anchors("Other CA"))
    assert report.verdict is INDETERMINATE
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.check("issuer").findings[0].code == "certificate_untrusted"
    assert report.check("trust").outcome is Outcome.INDETERMINATE


def test_an_authority_that_comes_with_the_seal_is_no_authority() -> None:
    own = certified("Example University", "Own CA")
    report = judged(sealed(diploma(), own, chain=(certified("Own CA", ca=True),)))
    assert (report.verdict, report.code) == (INDETERMINATE, "certificate_untrusted")


def test_another_organisations_good_seal_does_not_make_it_the_issuer() -> None:
    report = judged(sealed(diploma(), certified("Evil Ltd", "Root CA")))
    assert (report.verdict, report.code) == (INDETERMINATE, "seal_names_another")


@pytest.mark.parametrize(
    "name", ["University", "Example", "The Example University", "Example University of Evil"]
)
def test_a_name_is_compared_as_a_whole(name: str) -> None:
    report = judged(sealed(diploma(), certified(name, "Root CA")))
    assert report.code == "seal_names_another"


@pytest.mark.parametrize(
    "name",
    [
        "Example University",
        "EXAMPLE UNIVERSITY",
        "Example University - e-Seal",
        "Example University Qualified eSeal 2",
    ],
)
def test_case_punctuation_and_the_word_seal_do_not_matter(name: str) -> None:
    assert judged(sealed(diploma(), certified(name, "Root CA"))).verdict is VERIFIED


def test_a_registered_number_tells_the_issuer_whatever_the_name() -> None:
    numbered = diploma(vatIdentifier={"notation": "43353126"})
    signer = certified("Holding d.o.o.", "Root CA", identifier="VATSI-43353126")
    other = certified("Holding d.o.o. 2", "Root CA", identifier="VATSI-43353127")
    assert judged(sealed(numbered, signer)).verdict is VERIFIED
    assert judged(sealed(numbered, other)).code == "seal_names_another"


@pytest.mark.parametrize(
    ("header", "verdict", "code"),
    [
        ({"crit": []}, FAILED, "critical_header"),
        ({"crit": "sigT"}, FAILED, "critical_header"),
        ({"x5t#S256": b64url(bytes(32))}, FAILED, "malformed_proof"),
        ({"sigT": "2027-03-01T10:00:00Z"}, FAILED, "seal_from_the_future"),
        ({"sigT": "2023-03-01T10:00:00Z"}, FAILED, "certificate_not_valid"),
        ({"sigT": "yesterday"}, FAILED, "malformed_proof"),
    ],
)
def test_what_the_seal_says_of_itself_is_judged(header: Json, verdict: Verdict, code: str) -> None:
    report = judged(sealed(diploma(), UNIVERSITY, **header))
    assert (report.verdict, report.code) == (verdict, code)


def test_a_changed_document_breaks_the_seal() -> None:
    document = sealed(diploma(), UNIVERSITY, b64=False)
    document["payload"] = document["payload"].replace("Data Science", "Medicine")
    assert judged(document).code == "invalid_signature"


def test_every_seal_must_hold() -> None:
    document = sealed(diploma(), UNIVERSITY)
    broken = {**document["signatures"][0], "signature": b64url(bytes(64))}
    report = judged({**document, "signatures": [*document["signatures"], broken]})
    assert (report.verdict, report.code) == (FAILED, "invalid_signature")


def test_no_seal_at_all_is_not_every_seal() -> None:
    assert judged({**sealed(diploma(), UNIVERSITY), "signatures": []}).verdict is Verdict.UNREADABLE
    assert judged(diploma()).code == "unsigned"


def test_a_sealed_text_that_is_no_credential_is_never_verified() -> None:
    report = judged(sealed({"title": "Hello"}, UNIVERSITY))
    assert (report.verdict, report.code) == (INDETERMINATE, "unknown_document")
    assert report.check("proof").outcome is Outcome.PASSED
    assert report.proved is None


def listed(identifier: str, decision: str = "accept") -> IssuerList:
    line = {"id": identifier, "name": "Listed", "decision": decision}
    return IssuerList.parse(json_bytes({"version": 1, "name": "list", "issuers": [line]}))


def test_a_seal_does_not_stand_in_for_the_keys_an_issuer_publishes() -> None:
    accepted = "did:web:university.example"
    document = sealed(diploma(id=accepted, legalName={"en": "Evil Ltd"}), certified("Evil Ltd", "Root CA"))
    report = judged(document, anchors("Root CA"), listed(accepted))
    assert (report.verdict, report.code) == (INDETERMINATE, "seal_without_issuer_key")


def test_an_id_that_any_sealed_document_can_claim_is_not_accepted_by_a_list() -> None:
    report = judged(sealed(diploma(), certified("Example University", "Other CA")), listed("urn:epass:org:1"))
    assert report.check("trust").outcome is Outcome.INDETERMINATE


def test_an_id_that_is_refused_stays_refused_under_a_good_seal() -> None:
    report = judged(sealed(diploma(), UNIVERSITY), anchors("Root CA"), listed("urn:epass:org:1", "refuse"))
    assert (report.verdict, report.code) == (FAILED, "issuer_refused")


def test_a_registered_number_may_stand_on_the_employers_list() -> None:
    signer = certified("Example University", "Root CA", identifier="VATSI-43353126")
    refused = judged(sealed(diploma(), signer), anchors("Root CA"), listed("VATSI-43353126", "refuse"))
    assert refused.code == "issuer_refused"
    assert judged(sealed(diploma(), signer), anchors("Root CA")).verdict is VERIFIED
