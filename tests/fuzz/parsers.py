"""Targets that read: whatever the bytes, they answer or raise what their contract names, nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from contextlib import suppress

from tests.conftest import TERM_START
from tests.fuzz import seeds
from tests.fuzz.choices import Choices, mutated
from tests.issuing_keys import Json
from verifier import dids, formats, status, strict_json
from verifier.errors import Unreadable, VerifierError
from verifier.flow import Fetch, Fetched, drive
from verifier.formats import links
from verifier.formats.archive import ARCHIVE
from verifier.formats.baked_png import PNG
from verifier.formats.baked_svg import SVG
from verifier.formats.document import Container
from verifier.formats.pasted import TEXT
from verifier.formats.pdf import PDF
from verifier.formats.qr import PICTURE
from verifier.formats.word import WORD
from verifier.model import Credential, Issuer, StatusEntry
from verifier.net import address
from verifier.policy import Limits, Policy
from verifier.proofs import cbor, cose, jose, keys, sd_jwt
from verifier.proofs.canonical import canonicalize_nquads
from verifier.proofs.ecdsa_sd import parse as parse_derived
from verifier.report import Report, Verdict
from verifier.skills import JobRequirements, extract_skills, match
from verifier.status.token_list import claims_of_cwt
from verifier.trust.issuer_list import IssuerList
from verifier.trust.source import Asked

LIMITS = Limits()
MEMBERS = 8  # of a container that are read in turn; the rest are alike


def read_json(data: bytes) -> None:
    """What the reader accepts means the same to the standard library, and again when written."""
    with suppress(Unreadable):
        value = strict_json.read(data, LIMITS)
        assert value == json.loads(data), "another reader understands it differently"
        assert strict_json.read(json.dumps(value).encode(), LIMITS) == value, "it does not survive writing"


def read_file(data: bytes) -> None:
    """Any file, and what is in it."""
    with suppress(Unreadable):
        explore(formats.read(data, LIMITS), depth=0)


def explore(credential: Credential, depth: int) -> None:
    """Ask `credential` everything that can be asked without a network."""
    if (entry := formats.format_of(credential)) is not None:
        for error in entry.examine(credential):
            error.finding()
    json.dumps(credential.summary())
    skills_of(credential)
    for member in credential.contains[:MEMBERS] if depth < LIMITS.nesting else ():
        with suppress(Unreadable):
            explore(formats.read_member(member, LIMITS), depth + 1)


def skills_of(credential: Credential) -> None:
    """The claims of a report on `credential`, laid against a job."""
    report = Report(
        source="fuzz",
        verdict=Verdict.VERIFIED,
        code="verified",
        credential=credential,
        results=(),
        at=TERM_START,
        proved=credential.document,
    )
    claims = extract_skills(report)
    match(JobRequirements.parse(seeds.compact(seeds.JOB)), claims)


def read_document(data: bytes) -> None:
    """A document of a known shape with a few changes, as a file of its own."""
    choices = Choices(data)
    shapes = seeds.unsigned()
    document = mutated(shapes[choices.below(len(shapes))], choices, most=8)
    read_file(seeds.compact(document))


def opened_by(container: Container, magic: bytes, data: bytes) -> None:
    """One container alone, with and without its own first bytes."""
    for candidate in (data, magic + data):
        if container.sniff(candidate):
            with suppress(Unreadable):
                container.open(candidate, LIMITS)


def read_png(data: bytes) -> None:
    """A PNG: the bytes as they are, and as the chunks they spell, with the checksums that a fuzzer cannot."""
    opened_by(PNG, b"\x89PNG\r\n\x1a\n", data)
    kinds = (b"IHDR", b"iTXt", b"tEXt", b"zTXt", b"IDAT", b"IEND", b"eXIf")
    body = b"\x89PNG\r\n\x1a\n"
    for number, part in enumerate(data.split(b"\xff\xff")[:16]):
        kind = kinds[part[0] % len(kinds)] if part else b"IEND"
        payload = b"openbadgecredential" + part[1:] if number % 2 else part[1:]
        body += (
            struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))
        )
    opened_by(PNG, b"", body)


def read_svg(data: bytes) -> None:
    opened_by(SVG, b'<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">', data)


def read_zip(data: bytes) -> None:
    for container in (WORD, ARCHIVE):
        opened_by(container, b"PK\x03\x04", data)


def read_pdf(data: bytes) -> None:
    opened_by(PDF, b"%PDF-1.7\n", data)


def read_picture(data: bytes) -> None:
    opened_by(PICTURE, b"GIF89a", data)


def read_pasted(data: bytes) -> None:
    opened_by(TEXT, b"", data)


def follow_links(data: bytes) -> None:
    """Links in a text and in a page; everything found is an https address."""
    text = data.decode("utf-8", "replace")
    found = (
        *links.collect(text, LIMITS),
        *links.find_in_html(data, "https://college.example/page"),
        *links.machine_readable(text),
    )
    for url in found:
        with suppress(VerifierError):
            address.judge_url(url, LIMITS)
    with suppress(VerifierError):
        address.judge_url(text, LIMITS)


def split_token(data: bytes) -> None:
    """A JWS: compact, and in JSON."""
    with suppress(VerifierError):
        jose.examine_header(jose.split(data, LIMITS))
    with suppress(VerifierError):
        for jws in jose.split_json(strict_json.read_object(data, LIMITS), LIMITS):
            jose.examine_header(jws)


def spelled_token(data: bytes) -> None:
    """An SD-JWT spelled as lines of JSON: header, payload, disclosures; `$0` stands for a digest."""
    header, _, rest = data.partition(b"\n")
    payload, *hidden = rest.split(b"\n")
    disclosures = [_b64(part) for part in hidden[:8]]
    for number, text in enumerate(disclosures):
        digest = _b64(hashlib.sha256(text).digest())
        payload = payload.replace(b"$%d" % number, digest)
    token = b".".join((_b64(header), _b64(payload), b"c2ln"))
    with suppress(VerifierError):
        proof = sd_jwt.split(b"~".join((token, *disclosures, b"")), LIMITS)
        shown = sd_jwt.disclosed(proof, LIMITS)
        assert "$0" in payload.decode("latin-1") or "_sd" not in shown, "a list of digests is left"
    read_file(b"~".join((token, *disclosures, b"")))
    read_file(token)


def _b64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def resolve_did(data: bytes) -> None:
    """An identifier in the first line, and the document that its address serves."""
    line, _, body = data.partition(b"\n")
    identifier = line.decode("utf-8", "replace")

    def answer(wish: Fetch) -> Fetched:
        with suppress(VerifierError):
            address.judge_url(wish.url, LIMITS)
        return Fetched(url=wish.url, body=body)

    with suppress(VerifierError):
        document = drive(dids.resolve(identifier, LIMITS), answer)
        assert document.id == identifier, "a document of another identifier"
        for method in strict_json.objects(document.document.get("verificationMethod"))[:MEMBERS]:
            with suppress(VerifierError):
                method_id = strict_json.id_of(method) or ""
                dids.authorizes(document, method_id, "assertionMethod")
                found = dids.dereference(document, method_id)
                assert found.id.startswith(identifier), "a key of another identifier"


def read_key(data: bytes) -> None:
    """A key in each of its spellings."""
    text = data.decode("utf-8", "replace")
    for reader in (keys.from_multikey, keys.from_pem):
        with suppress(VerifierError):
            reader(text)
    with suppress(VerifierError):
        document = strict_json.read_object(data, LIMITS)
        for read_as in (keys.from_jwk, keys.from_verification_method):
            with suppress(VerifierError):
                read_as(document)


def read_binary(data: bytes) -> None:
    """CBOR: COSE, the claims of a token, the value of a derived proof."""
    with suppress(cbor.NotCbor):
        cbor.decode(data)
    with suppress(VerifierError):
        cose.split(b"\xd2" + data, LIMITS)
    with suppress(VerifierError):
        claims_of_cwt(data, LIMITS)
    with suppress(VerifierError):
        parse_derived("u" + _b64(b"\xd9\x5d\x01" + data).decode())


def decide_status(data: bytes) -> None:
    """A status entry and the list that it points at, both changed."""
    choices = Choices(data)
    methods = tuple(status.METHODS.values())
    method = methods[choices.below(len(methods))]
    shapes = mutated(_status_shapes(method.type), choices, most=6)
    entry, listed = shapes.get("entry"), shapes.get("list")
    holder = Credential(format="open_badges_3", id="urn:uuid:1", issuer=Issuer(id=seeds.COLLEGE.did))
    if not isinstance(entry, dict) or not isinstance(listed, dict):
        return
    with suppress(VerifierError):
        located = method.locate(StatusEntry(type=method.type, document=entry, pointer=""), holder, LIMITS)
        method.decide(listed, located, LIMITS, TERM_START)


def _status_shapes(kind: str) -> Json:
    college, listed = seeds.COLLEGE, seeds.short_list()
    entry = college.status_entry(seeds.STATUS_URL, 7)
    if kind == "status_list":
        packed = _b64(zlib.compress(b"\x80" + bytes(99))).decode()
        claims = {"sub": seeds.STATUS_URL, "iat": 1_700_000_000, "status_list": {"bits": 2, "lst": packed}}
        return {"entry": {"idx": 7, "uri": seeds.STATUS_URL}, "list": claims}
    if "Revocation" in kind and kind != "RevocationList2020Status":
        revoked = {"revokedCredential": ["urn:uuid:1"], "revokedAssertions": [{"id": "urn:uuid:1"}]}
        entry = {"id": seeds.STATUS_URL, "type": kind}
        return {"entry": entry, "list": {"issuer": college.did, "type": kind, **revoked}}
    old = {"revocationListIndex": "7", "revocationListCredential": seeds.STATUS_URL}
    listed["credentialSubject"]["type"] = kind.removesuffix("Entry").removesuffix("Status")
    return {"entry": {**entry, **old, "type": kind}, "list": listed}


def read_employer(data: bytes) -> None:
    """The employer's own files, where only `ValueError` may come back, and what they say of an issuer."""
    for candidate in (data, _employer_file(data)):
        with suppress(ValueError, VerifierError):
            JobRequirements.parse(candidate)
        with suppress(ValueError):
            issuers = IssuerList.parse(candidate)
            asked = Asked(
                credential=Credential(format="w3c_vc", issuer=Issuer(id=seeds.COLLEGE.did)),
                issuer_id=seeds.COLLEGE.did,
                now=TERM_START,
                policy=Policy.standard(),
            )
            drive(issuers.recognise(asked), lambda wish: Fetched(url=wish.url, body=b""))


def _employer_file(data: bytes) -> bytes:
    choices = Choices(data)
    shapes = (seeds.JOB, seeds.list_of_issuers())
    return seeds.compact(mutated(shapes[choices.below(2)], choices, most=6))


def read_statements(data: bytes) -> None:
    """N-Quads, canonicalised."""
    with suppress(VerifierError):
        canonicalize_nquads(data.decode("utf-8", "replace"), LIMITS)
