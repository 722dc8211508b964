"""Tokens whose key a certificate vouches for: `x5c` up to an authority that the employer accepts.

SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §3.5, X.509 certificates); RFC 7515 §4.1.6. Without such an authority
the header is not looked at: a certificate that nobody vouches for is a key out of the token itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verifier.context import Context
from verifier.errors import KeyNotAuthorized, VerifierError
from verifier.model import Credential, JoseProof, SdJwtProof
from verifier.proofs.certificates import CertificateUntrusted, chain_to, judge_use, read_chain
from verifier.trust import CertificateAuthorities


def path_of(jws: JoseProof, issuer: str, context: Context) -> tuple[x509.Certificate, ...] | None:
    """The path from the signing certificate to an accepted authority, when it names `issuer`.

    None: there is no chain, or none that leads to an authority, and the issuer's own keys must answer.
    Raises `KeyNotAuthorized` for a good certificate of somebody else, and what its use deserves.
    """
    anchors = tuple(anchors_of(context))
    if "x5c" not in jws.header or not anchors or not issuer.startswith("https://"):
        return None
    chain = read_chain(jws.header["x5c"])
    try:
        path = chain_to(anchors, chain, context.now)
    except CertificateUntrusted:
        return None
    judge_use(chain[0])
    if issuer not in (names := tuple(_names(chain[0]))) and _host(issuer) not in names:
        raise KeyNotAuthorized(issuer, "its certificate names somebody else", pointer="/iss")
    return path


def anchors_of(context: Context) -> Iterator[x509.Certificate]:
    """The authorities that the employer accepts."""
    for source in context.trust:
        if isinstance(source, CertificateAuthorities):
            yield from source.certificates


def anchor_of(credential: Credential, context: Context) -> bytes | None:
    """DER of the authority behind the token around `credential`, once proof and issuer have passed."""
    if credential.issuer is None or not context.passed("proof", "issuer"):
        return None
    if context.pinned_keys(credential.issuer.id):
        return None  # the employer's own keys answered, whatever the header says
    try:
        paths = [path_of(jws, credential.issuer.id, context) for jws in _tokens(credential)]
    except VerifierError:
        return None
    return paths[0][-1].public_bytes(Encoding.DER) if len(paths) == 1 and paths[0] else None


def _tokens(credential: Credential) -> Iterator[JoseProof]:
    for proof in credential.proofs:
        if isinstance(proof, SdJwtProof):
            yield proof.jws
        elif isinstance(proof, JoseProof) and not proof.jades:
            yield proof


def _names(certificate: x509.Certificate) -> Iterator[str]:
    """The addresses and hosts that a certificate is made for (RFC 5280 §4.2.1.6)."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return
    yield from extension.value.get_values_for_type(x509.UniformResourceIdentifier)
    yield from (name.lower() for name in extension.value.get_values_for_type(x509.DNSName))


def _host(issuer: str) -> str | None:
    try:
        return urlsplit(issuer).hostname
    except ValueError:
        return None
