"""A JSON document under a seal (ETSI TS 119 182-1) that is no credential known here: only who sealed it."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.errors import Inconclusive, VerifierError
from verifier.formats.document import Document, Format
from verifier.model import Credential, JoseProof
from verifier.policy import Limits
from verifier.proofs.certificates import ETSI


class UnknownDocument(Inconclusive):
    """A seal says who sealed a text; what the text claims about anybody must be read by a person."""

    code = "unknown_document"
    spec = ETSI
    sentence = "is a sealed document of a kind that is not known here; a person must read what it says"


def sniff(document: Document) -> bool:
    """Whether it is sealed and says nothing about a subject; every credential is asked before."""
    envelope = document.envelope
    return isinstance(envelope, JoseProof) and envelope.jades and "credentialSubject" not in document.json


def parse(document: Document, limits: Limits) -> Credential:
    envelope = document.envelope
    seals = (envelope, *document.countersigned) if isinstance(envelope, JoseProof) else ()
    return Credential(format="sealed_document", document=document.json, name="Sealed document", proofs=seals)


def examine(credential: Credential) -> Iterator[VerifierError]:
    yield UnknownDocument()


SEALED_DOCUMENT = Format(
    name="sealed_document", label="Sealed document", sniff=sniff, parse=parse, examine=examine
)
