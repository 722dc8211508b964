"""What a format is: it recognises a document, reads it, and says what its shape must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from verifier.errors import VerifierError
from verifier.model import CoseProof, Credential, JoseProof, JsonObject, SdJwtProof
from verifier.policy import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A JSON object that may be a credential, and the envelope it came in, if any."""

    json: JsonObject
    envelope: JoseProof | SdJwtProof | CoseProof | None = None
    countersigned: tuple[JoseProof, ...] = ()  # further signatures over the same payload (RFC 7515 §7.2.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of credential. `sniff` and `parse` never raise anything but `VerifierError`."""

    name: str  # e.g. "open_badges_3": the module that reads it
    label: str  # for people, e.g. "Open Badge 3.0"
    sniff: Callable[[Document], bool]
    parse: Callable[[Document, Limits], Credential]  # raises Unreadable
    examine: Callable[[Credential], Iterator[VerifierError]]  # every violation of the format's shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """What a wrapper held: bytes to be read in turn, and a note for people about the wrapper."""

    data: bytes = field(repr=False)
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file kind around credentials: an image, an archive, a PDF. `open` raises only `Unreadable`."""

    name: str
    sniff: Callable[[bytes], bool]  # by content, never by file name
    open: Callable[
        [bytes, Limits], Unwrapped | Credential
    ]  # a Credential of kind ARCHIVE holds several members
