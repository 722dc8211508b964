"""JAdES: a seal holds under its certificate, and says who sealed only when an authority vouches for it."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from verifier.errors import (
    InvalidSignature,
    MalformedProof,
    NotParseable,
    Unsigned,
    UnsupportedSuite,
    VerifierError,
)
from verifier.policy import Limits
from verifier.proofs import certificates, jades, jose
from verifier.proofs.certificates import CertificateNotValid, CertificateUntrusted
from verifier.proofs.jades import Seal, SealCertificateExpired, SealFromTheFuture
from verifier.proofs.jose import CriticalHeader, HeaderKey

LIMITS = Limits()
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SKEW = timedelta(minutes=5)
SIGNED = "2026-06-01T00:00:00Z"
Key = ec.EllipticCurvePrivateKey


def key(number: int) -> Key:
    return ec.derive_private_key(number * 1_000_003, ec.SECP256R1())


ROOT, MIDDLE, LEAF = key(1), key(2), key(3)


def name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "VATXX-12345"),
        ]
    )


def usage(**on: bool) -> x509.KeyUsage:
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
    names += " key_cert_sign crl_sign encipher_only decipher_only"
    return x509.KeyUsage(**{each: on.get(each, False) for each in names.split()})


def certificate(
    subject: str,
    own: Key,
    issuer: str,
    by: Key,
    *,
    ca: bool | None = None,
    depth: int | None = None,
    uses: x509.KeyUsage | None = None,
    years: tuple[int, int] = (2025, 2030),
    extra: Iterable[tuple[x509.ExtensionType, bool]] = (),
) -> x509.Certificate:
    """A demo certificate; nothing in it is to be trusted outside this file."""
    start, end = (datetime(year, 1, 1, tzinfo=UTC) for year in years)
    builder = x509.CertificateBuilder(name(issuer), name(subject), own.public_key(), 7, start, end)
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=depth), critical=True)
    if uses is not None:
        builder = builder.add_extension(uses, critical=True)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(by, hashes.SHA256())


SEALS = usage(digital_signature=True)
CERTIFIES = usage(key_cert_sign=True)
ROOT_CERT = certificate("Root (demo)", ROOT, "Root (demo)", ROOT, ca=True, uses=CERTIFIES)
MIDDLE_CERT = certificate("Middle (demo)", MIDDLE, "Root (demo)", ROOT, ca=True, depth=0, uses=CERTIFIES)
LEAF_CERT = certificate("College (demo)", LEAF, "Middle (demo)", MIDDLE, ca=False, uses=SEALS)
CHAIN = (LEAF_CERT, MIDDLE_CERT)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def thumbprint(cert: x509.Certificate) -> str:
    return b64(hashlib.sha256(cert.public_bytes(Encoding.DER)).digest())


def sealed(
    *, chain: tuple[x509.Certificate, ...] = CHAIN, private: Key = LEAF, payload: str = "", **changes: Any
) -> dict[str, Any]:
    """A seal in flattened JSON, with `changes` to its protected header; None removes a member."""
    header = {
        "alg": "ES256",
        "x5c": [base64.b64encode(cert.public_bytes(Encoding.DER)).decode() for cert in chain],
        "x5t#S256": thumbprint(chain[0]),
        "sigT": SIGNED,
        "crit": ["sigT"],
    }
    header = {member: value for member, value in {**header, **changes}.items() if value is not None}
    protected = b64(json.dumps(header).encode())
    payload = payload or b64(b'{"id":"urn:credential:1"}')
    r, s = decode_dss_signature(private.sign(f"{protected}.{payload}".encode(), ec.ECDSA(hashes.SHA256())))
    signature = b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return {"payload": payload, "protected": protected, "signature": signature}


def verify(document: dict[str, Any]) -> Seal:
    (jws,) = jose.split_json(document, LIMITS)
    assert jws.jades
    return jades.verify(jws, now=NOW, skew=SKEW)


def certified(*chain: x509.Certificate, anchors: Iterable[x509.Certificate] = (ROOT_CERT,)) -> int:
    seal = Seal(certificates=chain, signed_at=datetime(2026, 6, 1, tzinfo=UTC))
    return len(jades.certified(seal, anchors, NOW))


# ------------------------------------------------------------------------------------- the seal


def test_a_seal_under_an_accepted_authority_says_who_sealed_it() -> None:
    seal = verify(sealed())
    assert seal.signed_at == datetime(2026, 6, 1, tzinfo=UTC)
    assert jades.organisation_of(seal.certificates[0]).name == "College (demo)"
    assert jades.organisation_of(seal.certificates[0]).identifier == "VATXX-12345"
    assert jades.certified(seal, [ROOT_CERT], NOW) == (LEAF_CERT, MIDDLE_CERT, ROOT_CERT)


def test_an_unencoded_payload_is_read_as_europass_writes_it() -> None:
    document = sealed(b64=False, crit=["b64", "sigT"], payload='{"id":"urn:credential:1"}')
    verify(document)
    (jws,) = jose.split_json(document, LIMITS)
    assert jws.claims == {"id": "urn:credential:1"}
    altered = {**document, "payload": '{"id":"urn:credential:2"}'}
    with pytest.raises(InvalidSignature):
        verify(altered)


def test_the_newer_time_member_is_read() -> None:
    moment = int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())
    assert verify(sealed(sigT=None, crit=None, iat=moment)).signed_at == datetime(2026, 6, 1, tzinfo=UTC)
    assert verify(sealed(sigT=None, crit=None)).signed_at is None


def test_a_longer_reference_to_the_certificate_is_read() -> None:
    digest = b64(hashlib.sha512(LEAF_CERT.public_bytes(Encoding.DER)).digest())
    other = {"digAlg": "S512", "digVal": digest}
    changes: dict[str, Any] = {"x5t#S256": None, "x5t#o": other}
    verify(sealed(**changes))
    changes["x5t#o"] = {**other, "digVal": thumbprint(LEAF_CERT)}
    with pytest.raises(MalformedProof):
        verify(sealed(**changes))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"x5t#S256": thumbprint(MIDDLE_CERT)}, MalformedProof),
        ({"x5t#S256": None}, MalformedProof),
        ({"x5t#S256": 5}, MalformedProof),
        ({"x5t#o": "text"}, MalformedProof),
        ({"x5t#o": {"digAlg": "S1", "digVal": ""}}, MalformedProof),
        ({"x5c": None}, MalformedProof),
        ({"x5c": []}, MalformedProof),
        ({"x5c": "MIIB"}, MalformedProof),
        ({"x5c": [5]}, MalformedProof),
        ({"x5c": ["MIIB"]}, MalformedProof),
        ({"x5c": ["A" * 30_000]}, MalformedProof),
        ({"x5c": [""] * 11}, MalformedProof),
        ({"x5u": "https://college.example/c.pem"}, HeaderKey),
        ({"sigT": "yesterday"}, MalformedProof),
        ({"sigT": None, "crit": None, "iat": True}, MalformedProof),
        ({"sigT": None, "crit": None, "iat": 2**40}, MalformedProof),
        ({"sigT": "2031-01-01T00:00:00Z"}, SealFromTheFuture),
        ({"crit": []}, CriticalHeader),
        ({"crit": "sigT"}, CriticalHeader),
        ({"crit": ["sigT", "sigPl"]}, CriticalHeader),
        ({"crit": ["sigT", "exp"], "exp": 1}, CriticalHeader),
        ({"b64": True}, CriticalHeader),
        ({"sigD": {"mId": "x"}, "crit": ["sigT", "sigD"]}, MalformedProof),
        ({"private": MIDDLE}, InvalidSignature),
        (
            {"chain": (certificate("C", LEAF, "C", LEAF, uses=usage(key_encipherment=True)),)},
            CertificateNotValid,
        ),
        ({"chain": (certificate("C", LEAF, "C", LEAF, ca=True, uses=SEALS),)}, CertificateNotValid),
    ],
    ids=str,
)
def test_one_change_to_a_seal_breaks_it(changes: dict[str, Any], refusal: type[VerifierError]) -> None:
    with pytest.raises(refusal):
        verify(sealed(**changes))


def test_a_detached_seal_cannot_be_checked_without_its_object() -> None:
    document = sealed(sigD={"mId": "x"}, crit=["sigT", "sigD"])
    with pytest.raises(UnsupportedSuite):
        verify({**document, "payload": ""})


def test_certificates_outside_the_signed_header_are_not_looked_at() -> None:
    document = sealed(x5c=None)
    der = base64.b64encode(LEAF_CERT.public_bytes(Encoding.DER)).decode()
    with pytest.raises(MalformedProof):
        verify({**document, "header": {"x5c": [der]}})


# ------------------------------------------------------------------------------------- the path


def test_an_anchor_may_stand_in_the_chain_too_and_a_leaf_directly_below_it() -> None:
    assert certified(LEAF_CERT, MIDDLE_CERT, ROOT_CERT) == 3
    direct = certificate("College (demo)", LEAF, "Root (demo)", ROOT, ca=False, uses=SEALS)
    assert certified(direct) == 2
    assert certified(LEAF_CERT, anchors=[MIDDLE_CERT]) == 2


OTHER_ROOT = certificate("Root (demo)", key(9), "Root (demo)", key(9), ca=True, uses=CERTIFIES)
POWERLESS = certificate("Middle (demo)", MIDDLE, "Root (demo)", ROOT, ca=False, uses=CERTIFIES)
NO_CONSTRAINTS = certificate("Middle (demo)", MIDDLE, "Root (demo)", ROOT, uses=CERTIFIES)
NO_CERT_SIGN = certificate("Middle (demo)", MIDDLE, "Root (demo)", ROOT, ca=True, uses=SEALS)
EXPIRED_MIDDLE = certificate(
    "Middle (demo)", MIDDLE, "Root (demo)", ROOT, ca=True, uses=CERTIFIES, years=(2025, 2026)
)
BELOW = certificate("Below (demo)", key(4), "Middle (demo)", MIDDLE, ca=True, uses=CERTIFIES)
BELOW_LEAF = certificate("College (demo)", LEAF, "Below (demo)", key(4), ca=False, uses=SEALS)
BY_LEAF = certificate("Evil (demo)", key(5), "College (demo)", LEAF, ca=False, uses=SEALS)
SELF_SIGNED = certificate("College (demo)", key(6), "College (demo)", key(6), ca=False, uses=SEALS)
FORGED = certificate("College (demo)", key(6), "Middle (demo)", key(6), ca=False, uses=SEALS)
UNKNOWN_CRITICAL = certificate(
    "College (demo)",
    LEAF,
    "Middle (demo)",
    MIDDLE,
    ca=False,
    uses=SEALS,
    extra=[(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)],
)


@pytest.mark.parametrize(
    ("chain", "anchors"),
    [
        (CHAIN, []),
        (CHAIN, [OTHER_ROOT]),
        ((LEAF_CERT,), [ROOT_CERT]),
        ((SELF_SIGNED,), [ROOT_CERT]),
        ((SELF_SIGNED, LEAF_CERT, MIDDLE_CERT, ROOT_CERT), [ROOT_CERT]),
        ((FORGED, MIDDLE_CERT), [ROOT_CERT]),
        ((BY_LEAF, LEAF_CERT, MIDDLE_CERT), [ROOT_CERT]),
        ((LEAF_CERT, POWERLESS), [ROOT_CERT]),
        ((LEAF_CERT, NO_CONSTRAINTS), [ROOT_CERT]),
        ((LEAF_CERT, NO_CERT_SIGN), [ROOT_CERT]),
        ((LEAF_CERT, EXPIRED_MIDDLE), [ROOT_CERT]),
        ((BELOW_LEAF, BELOW, MIDDLE_CERT), [ROOT_CERT]),
        ((UNKNOWN_CRITICAL, MIDDLE_CERT), [ROOT_CERT]),
    ],
    ids=[
        "no anchors",
        "another root of the same name",
        "missing authority",
        "self-signed",
        "a genuine chain appended",
        "right name, wrong signature",
        "leaf as authority",
        "no authority",
        "no basic constraints",
        "may not certify",
        "authority expired",
        "path too long",
        "unknown critical extension",
    ],
)
def test_a_chain_that_leads_nowhere_is_untrusted(
    chain: tuple[x509.Certificate, ...], anchors: list[x509.Certificate]
) -> None:
    with pytest.raises(CertificateUntrusted):
        certified(*chain, anchors=anchors)


def test_a_certificate_must_have_been_valid_when_it_sealed() -> None:
    late = certificate("C", LEAF, "Root (demo)", ROOT, ca=False, uses=SEALS, years=(2027, 2030))
    early = certificate("C", LEAF, "Root (demo)", ROOT, ca=False, uses=SEALS, years=(2020, 2021))
    for cert in (late, early):
        with pytest.raises(CertificateNotValid):
            certified(cert)


def test_a_certificate_that_has_expired_since_proves_no_time() -> None:
    cert = certificate("C", LEAF, "Root (demo)", ROOT, ca=False, uses=SEALS, years=(2020, 2026))
    for signed_at in (datetime(2025, 1, 1, tzinfo=UTC), None):
        with pytest.raises(SealCertificateExpired):
            jades.certified(Seal(certificates=(cert,), signed_at=signed_at), [ROOT_CERT], NOW)


def test_a_certificate_without_an_organisation_is_named_by_its_common_name() -> None:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Seal 1")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(
        subject, subject, LEAF.public_key(), 1, start, start + timedelta(days=1)
    ).sign(LEAF, hashes.SHA256())
    assert certificates.organisation_of(built) == certificates.Organisation(name="Seal 1", identifier="")


@pytest.mark.filterwarnings("ignore")  # the library warns of odd names and serial numbers before it refuses
def test_a_damaged_certificate_is_refused_and_nothing_else_escapes() -> None:
    genuine = LEAF_CERT.public_bytes(Encoding.DER)
    chance = random.Random(20260901)  # noqa: S311 - chooses damage, not keys
    for _ in range(3_000):
        damaged = bytearray(genuine)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if bytes(damaged) == genuine:
            continue
        with pytest.raises(VerifierError):
            certified(*certificates.read_chain([base64.b64encode(damaged).decode()]), MIDDLE_CERT)


def test_a_certificate_has_one_spelling() -> None:
    data, signature = LEAF_CERT.public_bytes(Encoding.DER), LEAF_CERT.signature
    assert len(certificates.read_chain([base64.b64encode(data).decode()])) == 1
    for unused in range(1, 8):
        bent = data.removesuffix(b"\0" + signature) + bytes([unused]) + signature
        with pytest.raises(MalformedProof):
            certificates.read_chain([base64.b64encode(bent).decode()])


# ------------------------------------------------------------------------------------- corpora

# What the seal of each file must say; None: it holds, and its certificate leads to no known authority.
EDUCATION: dict[str, type[VerifierError] | None] = {
    "jades/altered-jws.json": InvalidSignature,
    "jades/flattened-extra-element.json": None,
    "jades/jades-b-no-signing-time.json": None,
    "jades/jades-t-clear-etsiu.json": None,
    "jades/jades-with-b64-not-in-crit.json": CriticalHeader,
    "jades/jades-with-extra-crit-entry.json": CriticalHeader,
    "jades/jades-wrong-x5c-header.json": MalformedProof,
    "jades/jws-serialization-no-signatures.json": Unsigned,
    "jades/simple-detached.json": UnsupportedSuite,
    "elm/Sample-CertOfPart-signed.jsonld": None,
    "elm/mynextid-edc-cps-redacted.jsonld": InvalidSignature,
}
ADVERSARIAL = {
    "jades-crit-empty": CriticalHeader,
    "jades-crit-string": CriticalHeader,
    "jades-b64-nocrit": NotParseable,
    "jades-ku": CertificateNotValid,
    "jades-sigd-other": MalformedProof,
    "jades-sigt-future": SealFromTheFuture,
    "jades-x5t": MalformedProof,
    "jades-selfsigned": CertificateUntrusted,
    "jades-expired-cert": CertificateNotValid,
    "jades-base": None,
}


def seal_of(data: bytes, now: datetime) -> Seal:
    if data.lstrip()[:1] == b"{":
        (jws,) = jose.split_json(json.loads(data), LIMITS)
    else:
        jws = jose.split(data, LIMITS)
    assert jws.jades
    return jades.verify(jws, now=now, skew=SKEW)


@pytest.mark.shared
@pytest.mark.parametrize("name", EDUCATION)
def test_seals_of_public_files(shared_cases: Path, name: str) -> None:
    data = (shared_cases / "education" / name).read_bytes()
    now = datetime(2026, 11, 23, tzinfo=UTC)
    if refusal := EDUCATION[name]:
        with pytest.raises(refusal):
            seal_of(data, now)
    else:
        seal = seal_of(data, now)
        with pytest.raises((SealCertificateExpired, CertificateUntrusted)):
            jades.certified(seal, [], now)


@pytest.mark.shared
@pytest.mark.parametrize("name", ADVERSARIAL)
def test_attacks_on_a_seal(shared_cases: Path, name: str) -> None:
    data = (shared_cases / f"adversarial/files/{name}.json").read_bytes()
    anchors = x509.load_pem_x509_certificates((shared_cases / "adversarial/anchors/root-ca.pem").read_bytes())
    now = datetime(2026, 6, 1, tzinfo=UTC)

    def judged() -> int:
        return len(jades.certified(seal_of(data, now), anchors, now))

    if refusal := ADVERSARIAL[name]:
        with pytest.raises(refusal):
            judged()
    else:
        assert judged() == 2
