"""A token's certificate counts when an accepted authority stands behind it and it names the issuer."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.issuing import Issuer
from tests.verifier.forging.scene import NOW
from verifier import CertificateAuthorities, MemoryWeb, Outcome, Report, Uploaded, Verdict, verify

URL = "https://college.example/issuer"
COLLEGE = Issuer.pinned("Example College", URL, "P-256")
STRANGER = Issuer.pinned("Example Stranger", "https://stranger.example", "P-256")
AUTHORITY = ec.derive_private_key(7, ec.SECP256R1())  # a demo key
OTHER_AUTHORITY = ec.derive_private_key(8, ec.SECP256R1())  # a demo key
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def certificate(
    subject: str,
    key: ec.EllipticCurvePublicKey,
    *,
    by: ec.EllipticCurvePrivateKey = AUTHORITY,
    ca: bool = False,
    names: tuple[x509.GeneralName, ...] = (),
    until: datetime = END,
    signs: bool = True,
) -> x509.Certificate:
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo authority")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(1 + ca)
        .not_valid_before(START)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs and not ca,
                content_commitment=False,
                key_encipherment=not signs,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(by, hashes.SHA256())


ANCHOR = certificate("Demo authority", AUTHORITY.public_key(), ca=True)
BY_ADDRESS = (x509.UniformResourceIdentifier(URL),)
BY_HOST = (x509.DNSName("college.example"),)


def leaf(names: tuple[x509.GeneralName, ...] = BY_ADDRESS, **changes: object) -> x509.Certificate:
    key = COLLEGE.key.private.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return certificate("Example College", key, names=names, **changes)  # type: ignore[arg-type]  # of **changes


def judged(chain: x509.Certificate, signer: Issuer = COLLEGE, *, anchors: bool = True) -> Report:
    x5c = [base64.b64encode(chain.public_bytes(Encoding.DER)).decode()]
    claims = {"iss": URL, "vct": f"{URL}/degree", "title": "BSc Statistics"}
    token = signer.sd_jwt(claims, header={"x5c": x5c})
    trust = [CertificateAuthorities.parse(ANCHOR.public_bytes(Encoding.PEM))] if anchors else []
    return verify(Uploaded(token.encode(), "degree"), trust=trust, web=MemoryWeb({}), now=NOW)


@pytest.mark.parametrize("names", [BY_ADDRESS, BY_HOST])
def test_a_certified_token_is_verified_and_nobody_is_asked(names: tuple[x509.GeneralName, ...]) -> None:
    report = judged(leaf(names))
    assert report.verdict is Verdict.VERIFIED, report.results
    assert report.consulted == ()


def test_a_certificate_of_somebody_else_does_not_speak_for_the_issuer() -> None:
    for names in ((), (x509.DNSName("stranger.example"),), (x509.DNSName("*.example"),)):
        report = judged(leaf(names))
        assert (report.verdict, report.code) == (Verdict.FAILED, "key_not_authorized")


def test_another_key_under_a_genuine_certificate_fails() -> None:
    report = judged(leaf(), STRANGER)
    assert report.check("proof").outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "chain",
    [leaf(by=OTHER_AUTHORITY), leaf(until=datetime(2026, 2, 1, tzinfo=UTC))],
    ids=["another authority", "expired"],
)
def test_without_a_valid_path_the_header_brings_no_key(chain: x509.Certificate) -> None:
    report = judged(chain)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.check("proof").findings[0].code in ("key_unavailable", "did_unreachable")


def test_without_an_accepted_authority_the_header_brings_no_key() -> None:
    assert judged(leaf(), anchors=False).check("proof").outcome is Outcome.INDETERMINATE


def test_a_certificate_for_other_uses_signs_nothing() -> None:
    report = judged(leaf(signs=False))
    assert (report.verdict, report.code) == (Verdict.FAILED, "certificate_not_valid")


def test_what_is_no_chain_is_a_malformed_proof() -> None:
    claims = {"iss": URL, "vct": "x", "title": "BSc"}
    token = COLLEGE.sd_jwt(claims, header={"x5c": "MIIB"})
    trust = [CertificateAuthorities.parse(ANCHOR.public_bytes(Encoding.PEM))]
    report = verify(Uploaded(token.encode(), "degree"), trust=trust, web=MemoryWeb({}), now=NOW)
    assert (report.verdict, report.code) == (Verdict.FAILED, "malformed_proof")
