"""Sources of trust: who is known as an issuer, to whom, and for what."""

from __future__ import annotations

from verifier.trust.certificate_authorities import CertificateAuthorities
from verifier.trust.dcc import DccRegistry
from verifier.trust.ebsi import EbsiRegistry
from verifier.trust.eu_lists import EuTrustedLists
from verifier.trust.issuer_list import IssuerList
from verifier.trust.judgement import judge
from verifier.trust.openid_federation import OpenIdFederation
from verifier.trust.source import Asked, Decision, Recognition, TrustSource

__all__ = [
    "Asked",
    "CertificateAuthorities",
    "DccRegistry",
    "Decision",
    "EbsiRegistry",
    "EuTrustedLists",
    "IssuerList",
    "OpenIdFederation",
    "Recognition",
    "TrustSource",
    "judge",
]
