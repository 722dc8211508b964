"""How a demo issuer signs: Data Integrity, JOSE and SD-JWT, written apart from the verifier that they test.

JSON-LD is expanded by PyLD and canonicalised by pyoxigraph, JCS is the rfc8785 package: a fault in the
verifier's own transforms therefore shows as a signature that does not verify.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import rfc8785
from pyld import jsonld

from tests.issuing_keys import Json, SigningKey, b64url, multibase

CONTEXTS = Path(__file__).resolve().parent.parent / "verifier" / "proofs" / "contexts"
VCDM1 = "https://www.w3.org/2018/credentials/v1"
VCDM2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
STATUS_2021 = "https://w3id.org/vc/status-list/2021/v1"

# What a document needs in its @context, when it is no VCDM 2.0, for the terms of its proof to mean anything.
SUITE_CONTEXTS = {"Ed25519Signature2020": ED25519_2020}


@cache
def _bundled() -> dict[str, Path]:
    index = json.loads((CONTEXTS / "index.json").read_text(encoding="utf-8"))
    entries = index["contexts"] if isinstance(index, dict) else index
    return {entry["url"]: CONTEXTS / entry["file"] for entry in entries}


@cache
def _context(url: str) -> Json:
    document: Json = json.loads(_bundled()[url].read_text(encoding="utf-8"))
    return document


def _load(url: str, _options: Json) -> Json:
    # "static" lets PyLD keep the processed context instead of working it out for every document.
    document = _context(url)
    return {"contextUrl": None, "documentUrl": url, "document": document, "tag": "static"}


def rdfc(document: Json, kind: str) -> bytes:
    """The canonical N-Quads of a JSON-LD document; with a P-384 key RDFC-1.0 itself hashes with SHA-384."""
    algorithms = pyoxigraph.CanonicalizationAlgorithm
    algorithm = algorithms.RDFC_1_0_SHA_384 if kind == "P-384" else algorithms.RDFC_1_0
    options = {"documentLoader": _load, "format": "application/n-quads", "base": ""}
    quads = pyoxigraph.parse(jsonld.to_rdf(document, options), pyoxigraph.RdfFormat.N_QUADS)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(algorithm)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    return b"".join(sorted(written.splitlines(keepends=True)))


def jcs(document: Json, _kind: str) -> bytes:
    """The canonical JSON of a document (RFC 8785), for every kind of key."""
    return bytes(rfc8785.dumps(document))


Transform = Callable[[Json, str], bytes]
TRANSFORMS: dict[str, Transform] = {
    "eddsa-rdfc-2022": rdfc,
    "eddsa-jcs-2022": jcs,
    "ecdsa-rdfc-2019": rdfc,
    "ecdsa-jcs-2019": jcs,
    "Ed25519Signature2020": rdfc,
}


def embedded(document: Json, options: Json, key: SigningKey) -> Json:
    """`document` with one more proof (VC Data Integrity §4.2, §4.3 for sets and chains).

    `options` is the proof without its value. With `previousProof` the new proof covers the ones it names.
    """
    suite = options["type"] if options["type"] != "DataIntegrityProof" else options["cryptosuite"]
    transform = TRANSFORMS[suite]
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    before = _as_list(document.get("proof", []))
    if transform is jcs and "@context" in document:
        options = {"@context": document["@context"], **options}
    covered = _named(before, options)
    config = {"@context": document["@context"], **options} if transform is rdfc else options
    signed = {**unsecured, "proof": covered} if covered else unsecured
    digest = hashlib.sha384 if key.kind == "P-384" else hashlib.sha256
    data = digest(transform(config, key.kind)).digest() + digest(transform(signed, key.kind)).digest()
    proofs = [*before, {**options, "proofValue": multibase(key.sign(data))}]
    return {**unsecured, "proof": proofs[0] if len(proofs) == 1 else proofs}


def _named(proofs: list[Json], options: Json) -> list[Json]:
    wanted = _as_list(options.get("previousProof", []))
    return [proof for proof in proofs if proof.get("id") in wanted]


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def compact_json(value: Any) -> bytes:
    """JSON as short as it gets, in the order given."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def jws(header: Json, payload: bytes, key: SigningKey) -> str:
    """A compact JWS (RFC 7515 §7.1)."""
    signing_input = f"{b64url(compact_json(header))}.{b64url(payload)}"
    return f"{signing_input}.{b64url(key.sign_jws(signing_input.encode(), header['alg']))}"


def disclosure(name: str, value: Any) -> str:
    """One claim to be disclosed, with a salt that follows from it (RFC 9901 §4.2.1): fit for demos only."""
    salt = b64url(hashlib.sha256(compact_json(["salt", name, value])).digest()[:16])
    return b64url(compact_json([salt, name, value]))


def digest_of(text: str) -> str:
    """The SHA-256 that stands for a disclosure, or for a presented SD-JWT (RFC 9901 §4.2.3, §4.3.1)."""
    return b64url(hashlib.sha256(text.encode()).digest())


def sd_jwt(claims: Json, header: Json, key: SigningKey, *, disclosed: Iterable[str]) -> str:
    """An SD-JWT that discloses its top-level claims `disclosed` selectively (RFC 9901 §4)."""
    hidden = [disclosure(name, claims[name]) for name in disclosed]
    open_claims = {name: value for name, value in claims.items() if name not in set(disclosed)}
    payload = {**open_claims, "_sd_alg": "sha-256", "_sd": sorted(digest_of(item) for item in hidden)}
    return "~".join([jws(header, compact_json(payload), key), *hidden, ""])
