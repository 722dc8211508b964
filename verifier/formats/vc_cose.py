"""Credentials in COSE_Sign1: what the media types may say (VC-JOSE-COSE §3.3, RFC 9596, RFC 9052 §3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.errors import MalformedCredential, VerifierError
from verifier.formats.vc_jwt import TokenTypeConfused
from verifier.model import CoseProof
from verifier.proofs import cose
from verifier.strict_json import numeric_date

# `typ` and content type, without "application/"; the longer ones are of drafts before 2024.
_CREDENTIAL = (frozenset({"vc+cose", "vc+ld+json+cose"}), frozenset({"vc", "vc+ld+json"}))
_PRESENTATION = (frozenset({"vp+cose", "vp+ld+json+cose"}), frozenset({"vp", "vp+ld+json"}))


def type_errors(proof: CoseProof, *, presentation: bool) -> Iterator[VerifierError]:
    """A media type in the signed header that belongs to something else; neither has to be there.

    A number (a CoAP content format) names no credential and no presentation: none is registered.
    """
    types, contents = _PRESENTATION if presentation else _CREDENTIAL
    for label, said, allowed in (
        (cose.TYP, cose.typ_of(proof), types),
        (cose.CONTENT_TYPE, cose.content_type_of(proof), contents),
    ):
        if label in proof.header and said not in allowed:
            yield TokenTypeConfused(said or str(proof.header[label]))


def date_errors(proof: CoseProof) -> Iterator[VerifierError]:
    """A date in the signed header that is none could be an end that is not kept to (RFC 9597)."""
    for name, value in cose.claims_of(proof).items():
        if numeric_date(value) is None:
            yield MalformedCredential(f"the claim “{name}” in its header is not a date")
