"""Verifiable presentations (VCDM 1.1 §3.3, 2.0 §4.13) and enveloped credentials (VCDM 2.0 §4.14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from verifier.errors import MalformedCredential, NotParseable, TooLarge, VerifierError
from verifier.formats import vc_jwt, w3c_vc
from verifier.formats.document import Document, Format
from verifier.model import Credential, JsonObject, Kind, Member
from verifier.policy import Limits
from verifier.strict_json import id_of, one_or_many, pointer_to, texts

ENVELOPED = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
_STARTS = ("ey", "0oR", "{")  # a JWS or SD-JWT, a COSE_Sign1 in base64, a document


def sniff(document: Document) -> bool:
    return "VerifiablePresentation" in texts(document.json.get("type"))


def parse(document: Document, limits: Limits) -> Credential:
    """The presentation and, unread, everything in it."""
    json = document.json
    value = json.get("verifiableCredential")
    if len(one_or_many(value)) > limits.nested_credentials:
        raise TooLarge("the number of credentials in a presentation", f"{limits.nested_credentials}")
    return Credential(
        kind=Kind.PRESENTATION,
        format="presentation",
        document=json,
        id=id_of(json),
        types=texts(json.get("type")),
        name="Presentation",
        holder=id_of(json.get("holder")),
        proofs=w3c_vc.proofs_of(document),
        contains=tuple(
            member_of(item, name=f"credential {index + 1}", pointer=_pointer(value, index))
            for index, item in enumerate(one_or_many(value))
        ),
    )


def _pointer(value: Any, index: int) -> str:
    return pointer_to("verifiableCredential", index) if isinstance(value, list) else "/verifiableCredential"


def member_of(item: Any, *, name: str, pointer: str, weighs: bool = True) -> Member:
    """A credential inside another document: an object, a token, or an envelope around a token."""
    if isinstance(item, dict) and not ENVELOPED & set(texts(item.get("type"))):
        return Member(name=name, document=item, pointer=pointer, weighs=weighs)
    try:
        data = enveloped(item) if isinstance(item, dict) else _token(item)
    except NotParseable as error:
        return Member(name=name, error=error, pointer=pointer, weighs=weighs)
    return Member(name=name, data=data, pointer=pointer, weighs=weighs)


def _token(item: Any) -> bytes:
    """The bytes of a token. A text or file in its place could lead to addresses that nobody has proved."""
    text = item.strip() if isinstance(item, str) else ""
    if not text.startswith(_STARTS) or (text[0] != "{" and any(map(str.isspace, text))):
        raise NotParseable("a credential", "it is neither an object nor a token")
    return text.encode()


def enveloped(node: JsonObject) -> bytes:
    """The token inside the `data:` URL of an enveloped credential (VCDM 2.0 §4.14)."""
    media, comma, data = str(node.get("id", "")).partition(",")
    if not comma or not media.lower().startswith("data:application/"):
        raise NotParseable("an enveloped credential", "its id is not a data: URL")
    if media.lower().endswith(";base64"):
        raise NotParseable("an enveloped credential", "its data: URL is in base64")
    return _token(unquote(data))


def examine(credential: Credential) -> Iterator[VerifierError]:
    """VCDM 2.0 §4.13: contexts, type, holder, and only objects or tokens inside."""
    document = credential.document
    yield from w3c_vc._context_errors(document)
    if "id" in document and not w3c_vc.is_url(document["id"]):
        yield MalformedCredential("its id is not a URL", pointer="/id")
    holder = document.get("holder")
    if holder is not None and not w3c_vc.is_url(id_of(holder)):
        yield MalformedCredential("its holder is not a URL", pointer="/holder")
    if isinstance(holder, dict) and holder.keys() - {"id", "type", "name", "description", "image", "url"}:
        yield MalformedCredential("its holder says more than who it is", pointer="/holder")
    for index, item in enumerate(one_or_many(document.get("verifiableCredential"))):
        pointer = _pointer(document.get("verifiableCredential"), index)
        if (
            isinstance(item, str)
            and vc_jwt.envelope_of(credential) is None
            and w3c_vc.version_of(document) == 2
        ):
            # VCDM 2.0 §4.13: a token stands in an EnvelopedVerifiableCredential, never bare.
            yield MalformedCredential("a credential in it is a bare text", pointer=pointer)
        if isinstance(item, dict) and not texts(item.get("type")):
            yield MalformedCredential("a credential in it does not say its type", pointer=pointer)
    yield from vc_jwt.examine(credential)
    yield from w3c_vc.token_errors(credential)


PRESENTATION = Format(
    name="presentation", label="Verifiable presentation", sniff=sniff, parse=parse, examine=examine
)
