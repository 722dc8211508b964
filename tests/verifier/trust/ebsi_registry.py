"""A registry in memory: a root, an organisation and a university, each accredited by the one above it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import base58

from tests.issuing_keys import Json, SigningKey
from tests.issuing_proofs import compact_json, jws
from verifier import Answer, EbsiRegistry, MemoryWeb, Report, Uploaded, verify

BASE = "https://api.ebsi.example"
SCHEMA = f"{BASE}/trusted-schemas-registry/v3/schemas/z6CZj2KLNFkFqeDrJ9h27Rgc2RhszhFRHJ5QTJ3W8p6B1"
TYPES = ["VerifiableCredential", "VerifiableAttestation", "Diploma"]
ATTEST = "VerifiableAccreditationToAttest"
ACCREDIT = "VerifiableAccreditationToAccredit"
FOR_CHAIN = "VerifiableAuthorisationForTrustChain"
ISSUED = "2026-03-01T00:00:00Z"


def did_of(name: str) -> str:
    """A did:ebsi of a legal entity: version 1 and 16 bytes."""
    return "did:ebsi:z" + base58.b58encode(b"\x01" + hashlib.sha256(name.encode()).digest()[:16]).decode()


def attribute_id(name: str) -> str:
    return hashlib.sha256(f"attribute of {name}".encode()).hexdigest()


ROOT, TAO, TI = did_of("root"), did_of("organisation"), did_of("university")
NAMES = {ROOT: "root", TAO: "organisation", TI: "university"}


def key_of(did: str) -> SigningKey:
    return SigningKey.demo("P-256", did)


def token(payload: Json, signer: str, *, key: SigningKey | None = None, **header: Any) -> str:
    given = {"alg": "ES256", "typ": "JWT", "kid": f"{signer}#key-1", **header}
    return jws(given, compact_json(payload), key or key_of(signer))


def certificate(did: str) -> Json:
    """The attribute of `did` under which something was issued."""
    return {
        "id": f"{BASE}/trusted-issuers-registry/v5/issuers/{did}/attributes/{attribute_id(NAMES[did])}",
        "type": "IssuanceCertificate",
    }


def accreditation(subject: str, issuer: str, kind: str, **changes: Any) -> Json:
    """The claims of an accreditation, before they are signed."""
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": f"urn:uuid:{kind}",
        "type": ["VerifiableCredential", "VerifiableAttestation", "VerifiableAccreditation", kind],
        "issuer": issuer,
        "issuanceDate": "2025-01-01T00:00:00Z",
        "expirationDate": "2030-01-01T00:00:00Z",
        "credentialSubject": {
            "id": subject,
            "reservedAttributeId": attribute_id(NAMES[subject]),
            "accreditedFor": [{"schemaId": SCHEMA, "types": TYPES, "limitJurisdiction": "EU"}],
        },
        "credentialStatus": {**certificate(subject), "type": "EbsiAccreditationEntry"},
        "termsOfUse": certificate(issuer),
    } | changes
    return {"iss": document["issuer"], "sub": subject, "vc": document}


def entry(did: str, role: str, tao: str, body: str) -> Json:
    """An attribute, as the registry gives it."""
    return {"hash": attribute_id(NAMES[did]), "body": body, "issuerType": role, "tao": tao, "rootTao": ROOT}


def entries() -> dict[str, Json]:
    """The one attribute of each."""
    return {
        TI: entry(TI, "TI", TAO, token(accreditation(TI, TAO, ATTEST), TAO)),
        TAO: entry(TAO, "TAO", ROOT, token(accreditation(TAO, ROOT, ACCREDIT), ROOT)),
        ROOT: entry(ROOT, "RootTAO", ROOT, token(accreditation(ROOT, ROOT, FOR_CHAIN), ROOT)),
    }


def did_document(did: str, **changes: Any) -> Json:
    method = {
        "id": f"{did}#key-1",
        "type": "JsonWebKey2020",
        "controller": did,
        "publicKeyJwk": key_of(did).jwk,
    }
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did,
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
        "authentication": [method["id"]],
    } | changes


def served(given: dict[str, Json] | None = None, *, version: str = "v5") -> dict[str, bytes | Answer]:
    """Every address of the registry. v5 gives attributes one by one, v3 and v4 with the issuer."""
    found: dict[str, Any] = {}
    for did, attribute in (given or entries()).items():
        base = f"{BASE}/trusted-issuers-registry/{version}/issuers/{did}"
        if version == "v5":
            identifier = attribute["hash"]
            found[base] = {"did": did, "hasAttributes": True, "attributes": f"{base}/attributes"}
            found[f"{base}/attributes"] = {
                "items": [{"id": identifier, "href": f"{base}/attributes/{identifier}"}],
                "total": 1,
                "pageSize": 10,
                "links": {"next": f"{base}/attributes?page[after]=1&page[size]=10"},
            }
            found[f"{base}/attributes/{identifier}"] = {"did": did, "attribute": attribute}
        else:
            found[base] = {"did": did, "attributes": [attribute]}
    for did in (TI, TAO, ROOT):
        registry = "v5" if version == "v5" else "v4"
        found[f"{BASE}/did-registry/{registry}/identifiers/{did}"] = did_document(did)
    return {url: json.dumps(document).encode() for url, document in found.items()}


def diploma(**changes: Any) -> str:
    """A diploma of the university, as a VC-JWT."""
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:uuid:5dd671c2-8ad8-4a4f-8537-48d7eb9941e1",
        "type": TYPES,
        "issuer": TI,
        "issuanceDate": ISSUED,
        "validFrom": ISSUED,
        "credentialSubject": {"id": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"},
        "credentialSchema": {"id": SCHEMA, "type": "FullJsonSchemaValidator2021"},
        "termsOfUse": certificate(TI),
    } | changes
    return token({"iss": TI, "vc": document}, TI)


def report_on(
    web: dict[str, bytes | Answer], credential: str, now: Any, source: EbsiRegistry | None = None
) -> Report:
    """What a verification says that trusts this registry alone."""
    trust = source or EbsiRegistry(f"{BASE}/trusted-issuers-registry/v5/issuers")
    return verify(Uploaded(credential.encode(), "diploma.jwt"), trust=[trust], web=MemoryWeb(web), now=now)
