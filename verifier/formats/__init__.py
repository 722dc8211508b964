"""From bytes to a `Credential`: what kind of file is this, and what does it say?

Nothing is believed and nothing is asked here. Everything that can go wrong is an `Unreadable`.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from verifier.errors import Empty, NotACredential, NotParseable, TooLarge, Unreadable, Unsigned
from verifier.formats import links, other_documents, sd_jwt_vc, vc_jwt
from verifier.formats.archive import ARCHIVE
from verifier.formats.baked_png import PNG
from verifier.formats.baked_svg import SVG
from verifier.formats.blockcerts import BLOCKCERTS
from verifier.formats.clr_2 import CLR_2
from verifier.formats.document import Container, Document, Format, Unwrapped
from verifier.formats.ebsi import EBSI_DIPLOMA
from verifier.formats.elm import ELM
from verifier.formats.ler_rs import LER_RS
from verifier.formats.open_attestation import OPEN_ATTESTATION
from verifier.formats.open_badges_1 import OPEN_BADGES_1_X
from verifier.formats.open_badges_2 import OPEN_BADGES_2_0
from verifier.formats.open_badges_3 import OPEN_BADGES_3_0
from verifier.formats.other_files import OTHER_FILE
from verifier.formats.pasted import TEXT
from verifier.formats.pdf import PDF
from verifier.formats.presentation import ENVELOPED, PRESENTATION, enveloped, member_of
from verifier.formats.qr import PICTURE
from verifier.formats.sd_jwt_vc import SD_JWT_VC
from verifier.formats.sealed_document import SEALED_DOCUMENT
from verifier.formats.w3c_vc import W3C_VC
from verifier.formats.word import WORD
from verifier.model import Credential, JoseProof, JsonObject, Kind, Member, SdJwtProof
from verifier.policy import Limits
from verifier.proofs import cose, jose, sd_jwt
from verifier.strict_json import kind_of, read_object, texts
from verifier.strict_json import read as read_json

__all__ = ["CONTAINERS", "FORMATS", "format_of", "read", "read_member"]

# The first container whose content matches opens the file.
CONTAINERS: tuple[Container, ...] = (PNG, SVG, PICTURE, PDF, WORD, ARCHIVE, OTHER_FILE, TEXT)

# Order matters: every badge and every record is also a W3C credential, which is asked last.
FORMATS: MappingProxyType[str, Format] = MappingProxyType(
    {
        entry.name: entry
        for entry in (
            SD_JWT_VC,
            PRESENTATION,
            CLR_2,
            OPEN_BADGES_3_0,
            BLOCKCERTS,
            OPEN_ATTESTATION,
            OPEN_BADGES_2_0,
            OPEN_BADGES_1_X,
            ELM,
            EBSI_DIPLOMA,
            LER_RS,
            W3C_VC,
            SEALED_DOCUMENT,
        )
    }
)

WRAPPINGS = 3  # image → envelope → token; deeper nesting is a trick, not a credential


def format_of(credential: Credential) -> Format | None:
    """The format that read `credential`; None for an archive, which has no shape of its own."""
    return FORMATS.get(credential.format)


def read(data: bytes, limits: Limits) -> Credential:
    """The credential, presentation or archive that `data` is. Raises only `Unreadable`."""
    notes: list[str] = []
    for _ in range(WRAPPINGS + 1):
        if not data.strip():
            raise Empty()
        if len(data) > limits.upload_bytes:
            raise TooLarge(f"{len(data):,} bytes", f"{limits.upload_bytes:,}")
        found = _open(data, limits)
        if isinstance(found, Credential):
            return replace(found, notes=(*notes, *found.notes))
        notes.append(found.note)
        data = found.data
    raise NotParseable("a credential", "it is wrapped too often")


def read_member(member: Member, limits: Limits) -> Credential:
    """The credential that a member of a container is. Raises only `Unreadable`."""
    if isinstance(member.error, Unreadable):
        raise member.error
    if member.document is not None:
        found = _read_object(member.document, limits)
        return found if isinstance(found, Credential) else read(found.data, limits)
    return read(member.data, limits)


def _open(data: bytes, limits: Limits) -> Credential | Unwrapped:
    if cose.is_cose_sign1(data):
        return _read_cose(data, limits)
    for container in CONTAINERS:
        if container.sniff(data):
            return container.open(data, limits)
    text = data.strip()
    if text[:1] in b'{["':
        return _read_value(read_json(data, limits), limits)
    return _read_token(text, limits)


def _read_value(value: Any, limits: Limits) -> Credential | Unwrapped:
    if isinstance(value, dict):
        return _read_object(value, limits)
    if isinstance(value, list) and value and all(isinstance(item, dict | str) for item in value):
        return _several(value, limits)
    raise NotACredential(f"a JSON {kind_of(value)}")


def _several(items: list[Any], limits: Limits) -> Credential:
    """A JSON array of credentials is an archive without a file."""
    if len(items) > limits.nested_credentials:
        raise TooLarge("the number of credentials", f"{limits.nested_credentials}")
    members = tuple(
        member_of(item, name=f"credential {index + 1}", pointer=f"/{index}")
        for index, item in enumerate(items)
    )
    return Credential(kind=Kind.ARCHIVE, format="archive", name="Several credentials", contains=members)


def _read_object(json: JsonObject, limits: Limits) -> Credential | Unwrapped:
    if ENVELOPED & set(texts(json.get("type"))):
        return Unwrapped(data=enveloped(json), note="in an envelope")
    if "payload" in json and not {"signatures", "signature"}.isdisjoint(json):
        return _read_signatures(json, limits)
    if (shared := links.shared_credential(json)) is not None:
        return _read_document(Document(json=shared), limits)
    return _read_document(Document(json=json), limits)


def _read_signatures(json: JsonObject, limits: Limits) -> Credential:
    """A JWS in JSON serialisation (RFC 7515 §7.2), as European seals are written, or an SD-JWT."""
    try:
        first, *others = jose.split_json(json, limits)
    except Unsigned as error:
        raise NotParseable("a sealed document", "its list of signatures is empty") from error
    if "disclosures" in first.unprotected or "disclosures" in json:
        return _read_disclosed(sd_jwt.split_json(json, limits), limits)
    claims = vc_jwt.unfold(first.claims)
    return _read_document(Document(json=claims, envelope=first, countersigned=tuple(others)), limits)


def _read_token(text: bytes, limits: Limits) -> Credential | Unwrapped:
    if b"~" in text:  # RFC 9901 §4: no JWS has one
        return _read_disclosed(sd_jwt.split(text, limits), limits)
    jws = jose.split(text, limits)
    return _read_document(Document(json=vc_jwt.unfold(jws.claims), envelope=jws), limits)


def _read_disclosed(proof: SdJwtProof, limits: Limits) -> Credential:
    """An SD-JWT, compact (RFC 9901 §4) or in JSON (§8)."""
    return _read_document(Document(json=sd_jwt_vc.processed(proof, limits), envelope=proof), limits)


def _read_cose(data: bytes, limits: Limits) -> Credential:
    """A credential in a COSE_Sign1, whose payload is JSON (VC-JOSE-COSE §3.3)."""
    proof = cose.split(data, limits)
    return _read_document(Document(json=read_object(proof.payload, limits), envelope=proof), limits)


def _read_document(document: Document, limits: Limits) -> Credential:
    for entry in FORMATS.values():
        if entry.sniff(document):
            return entry.parse(document, limits)
    other_documents.refuse(document.json)
    raise NotACredential("a signed token" if isinstance(document.envelope, JoseProof) else "a JSON document")
