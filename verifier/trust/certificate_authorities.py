"""X.509 anchors that the employer accepts for seals (RFC 5280 §6.1.1 (d); ETSI EN 319 102-1 §5.1.1.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verifier.flow import Flow
from verifier.model import JsonObject
from verifier.trust.source import Asked, Decision, Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateAuthorities:
    """Trust anchors. Held as DER, so that the value can be pickled."""

    ders: tuple[bytes, ...] = field(repr=False)
    name: str = "certificate authorities"

    @classmethod
    def parse(cls, pem: bytes) -> CertificateAuthorities:
        """Every certificate in `pem`; `ValueError` when there is none or one cannot be read."""
        try:
            certificates = x509.load_pem_x509_certificates(pem)
        except x509.InvalidVersion as error:  # the one complaint of the library that is no ValueError
            raise ValueError("one of the certificates is of no known version") from error
        ders = [certificate.public_bytes(Encoding.DER) for certificate in certificates]
        return cls(ders=tuple(dict.fromkeys(ders)))

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The anchors as certificates."""
        return tuple(x509.load_der_x509_certificate(der) for der in self.ders)

    def recognise(self, asked: Asked) -> Flow[Recognition]:
        """ACCEPT when the issuer was established by a chain up to one of these anchors, else UNKNOWN."""
        yield from ()
        if asked.anchor is None or asked.anchor not in self.ders:
            return Recognition(decision=Decision.UNKNOWN, source=self.name)
        subject = x509.load_der_x509_certificate(asked.anchor).subject.rfc4514_string()
        return Recognition(decision=Decision.ACCEPT, source=self.name, reason=f"certified under {subject}")

    def pinned_keys(self, issuer_id: str) -> tuple[JsonObject, ...]:
        """None: an anchor certifies keys, it is not the key of an issuer."""
        return ()
