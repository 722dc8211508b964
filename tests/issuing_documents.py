"""The parts of the documents that a demo issuer signs: an achievement, a list of bits, an envelope."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tests.issuing_files import bits, gzip_bytes
from tests.issuing_keys import Json, SigningKey, b64url
from tests.issuing_proofs import VCDM2

VALID_FROM = "2026-06-30T00:00:00Z"
ACHIEVEMENT: Json = {
    "id": "https://college.example/achievements/data-analysis",
    "type": ["Achievement"],
    "achievementType": "Certificate",
    "name": "Data Analysis",
    "description": "Collects, cleans and explains data.",
    "criteria": {"narrative": "Passes a supervised project."},
}
SUBJECT_ID = "did:key:" + SigningKey.demo("Ed25519", "subject").multikey


def json_bytes(document: Json) -> bytes:
    """`document` as the bytes of a file: indented, with a last newline."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def urn(*names: str) -> str:
    """A UUID that follows from `names`."""
    return uuid.uuid5(uuid.NAMESPACE_URL, " ".join(names)).urn


def seconds(moment: str) -> int:
    """An RFC 3339 time as a NumericDate (RFC 7519 §2)."""
    return int(datetime.fromisoformat(moment).timestamp())


def encoded_list(positions: Iterable[int], size: int) -> str:
    """`encodedList` with `positions` of `size` set (Bitstring Status List §3.3)."""
    return "u" + b64url(gzip_bytes(bits(positions, size)))


def changed(document: Json, changes: Mapping[str, Any]) -> Json:
    merged = {**document, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def enveloped(token: str) -> Json:
    return {
        "@context": VCDM2,
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def registered(document: Json, issuer: str) -> Json:
    moved = {"id", "issuer", "issuanceDate", "expirationDate"}
    subject = document["credentialSubject"]
    claims = {
        "iss": issuer,
        "sub": subject.get("id"),
        "jti": document.get("id"),
        "nbf": seconds(document["issuanceDate"]),
        "exp": seconds(document["expirationDate"]) if "expirationDate" in document else None,
        "vc": {name: value for name, value in document.items() if name not in moved},
    }
    return changed(claims, {})
