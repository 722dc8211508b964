"""X.509 certificates of seals: read, judged, and led up to an authority the employer accepts (RFC 5280 §6).

Certificates come from the document and are evidence, not trust: without an anchor from the employer they
prove only that somebody made them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from verifier.errors import Inconclusive, MalformedProof, Refuted
from verifier.proofs import encoding

__all__ = [
    "CertificateNotValid",
    "CertificateUntrusted",
    "Organisation",
    "chain_to",
    "judge_time",
    "judge_use",
    "organisation_of",
    "read_chain",
]

ETSI = "https://www.etsi.org/deliver/etsi_en/319100_319199/31910201/"
E = TypeVar("E", bound=x509.ExtensionType)

MAX_CERTIFICATES = 10  # leaf, two or three authorities; a longer chain is only work
MAX_CERTIFICATE_CHARS = 20_000
MAX_CHAIN_DEPTH = 4  # authorities between leaf and anchor


class CertificateUntrusted(Inconclusive):
    """No path leads from the signing certificate to an accepted authority (NO_CERTIFICATE_CHAIN_FOUND)."""

    code = "certificate_untrusted"
    spec = ETSI
    sentence = "is sealed by {0}, whose certificate leads to no authority that you accept"


class CertificateNotValid(Refuted):
    """The signing certificate was not valid for this seal when it says it was made."""

    code = "certificate_not_valid"
    spec = ETSI
    sentence = "is sealed with a certificate that cannot seal it: {0}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Whom a certificate names (ETSI EN 319 412-3 §4.2.1)."""

    name: str
    identifier: str  # organizationIdentifier, e.g. VATES-A00000000; "" where there is none


# What `cryptography` raises for damaged certificates; found by changing bytes at random, many times.
_DAMAGE = (
    ValueError,
    TypeError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


def read_chain(x5c: object) -> tuple[x509.Certificate, ...]:
    """The certificates in `x5c`, the signing one first (RFC 7515 §4.1.6). Raises `MalformedProof`."""
    if not isinstance(x5c, list) or not 1 <= len(x5c) <= MAX_CERTIFICATES:
        raise MalformedProof("its “x5c” is not a list of certificates")
    return tuple(_read(entry) for entry in x5c)


def _read(entry: object) -> x509.Certificate:
    if not isinstance(entry, str) or len(entry) > MAX_CERTIFICATE_CHARS:
        raise MalformedProof("an entry of its “x5c” is not a certificate")
    try:
        data = encoding.base64_standard(entry)
        certificate = x509.load_der_x509_certificate(data)
        # Parsed on first use: damage must show here and not in the middle of a judgement.
        _ = (certificate.version, certificate.subject, certificate.issuer, certificate.extensions)
        _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    except _DAMAGE as error:
        raise MalformedProof("an entry of its “x5c” is not a certificate") from error
    # RFC 5280 §4.1.1.3: the signature comes last, in whole octets. The library overlooks a count of unused
    # bits before it, and one certificate would have several spellings and digests.
    if not data.endswith(b"\0" + certificate.signature):
        raise MalformedProof("an entry of its “x5c” is not a certificate")
    return certificate


def organisation_of(certificate: x509.Certificate) -> Organisation:
    """The organisation that the certificate is issued to."""
    names = {
        oid: [str(part.value) for part in certificate.subject.get_attributes_for_oid(oid)]
        for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME, NameOID.ORGANIZATION_IDENTIFIER)
    }
    name = next(iter(names[NameOID.ORGANIZATION_NAME] + names[NameOID.COMMON_NAME]), "an unnamed holder")
    return Organisation(name=name, identifier=next(iter(names[NameOID.ORGANIZATION_IDENTIFIER]), ""))


def judge_use(certificate: x509.Certificate) -> None:
    """Refuse a signing certificate that is not made for seals (EN 319 102-1 §5.2.6)."""
    usage = _extension(certificate, x509.KeyUsage)
    # EN 319 412-2 §4.3.2: digitalSignature (type C) or contentCommitment (type A, B), or both.
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise CertificateNotValid("its key is not for signatures")
    constraints = _extension(certificate, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        raise CertificateNotValid("it belongs to an authority and certifies others")


def judge_time(certificate: x509.Certificate, at: datetime) -> None:
    """Refuse a signing certificate that was not valid at `at` (EN 319 102-1 §5.2.6)."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not start <= at <= end:
        raise CertificateNotValid(
            f"it was valid from {start:%d %B %Y} to {end:%d %B %Y}, the seal says {at:%d %B %Y}"
        )


def _extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def chain_to(
    anchors: Iterable[x509.Certificate], chain: tuple[x509.Certificate, ...], at: datetime
) -> tuple[x509.Certificate, ...]:
    """The path from `chain[0]` to one of `anchors`, both ends included, all of it valid at `at`.

    Every other certificate of `chain` may stand on the path or be left out. Raises `CertificateUntrusted`.
    """
    leaf, *others = chain
    stores = tuple(anchors)
    if not stores:
        raise CertificateUntrusted(organisation_of(leaf).name)
    verifier = (
        PolicyBuilder()
        .store(Store(list(stores)))
        .time(at)
        .max_chain_depth(MAX_CHAIN_DEPTH)
        .extension_policies(ca_policy=_AUTHORITY, ee_policy=ExtensionPolicy.permit_all())
        .build_client_verifier()
    )
    try:
        return tuple(verifier.verify(leaf, others).chain)
    except (VerificationError, ValueError) as error:
        raise CertificateUntrusted(organisation_of(leaf).name) from error


def _certifies(policy: Policy, certificate: x509.Certificate, extension: x509.BasicConstraints) -> None:
    if not extension.ca:
        raise ValueError("not an authority")


def _signs_certificates(policy: Policy, certificate: x509.Certificate, extension: x509.KeyUsage) -> None:
    if not extension.key_cert_sign:
        raise ValueError("an authority whose key does not sign certificates")


# RFC 5280 §6.1.4 (k), (n). The default of `cryptography` is the profile of web servers, not of seals.
_AUTHORITY = (
    ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _certifies)
    .require_present(x509.KeyUsage, Criticality.AGNOSTIC, _signs_certificates)
)
