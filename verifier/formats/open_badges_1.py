"""Open Badges 0.5, 1.0 and 1.1 (Mozilla, 2011 to 2015): older shapes of an assertion, upgraded to 2.0.

{"uid": "a1", "recipient": {"type": "email", "hashed": false, "identity": "alex@learner.example"},
 "badge": "https://college.example/b/1", "issuedOn": 1435744800,
 "verify": {"type": "hosted", "url": "https://college.example/a/1"}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.errors import VerifierError
from verifier.formats import open_badges_2
from verifier.formats.document import Document, Format
from verifier.model import Credential, JsonObject
from verifier.policy import Limits
from verifier.strict_json import texts

CONTEXT = "https://w3id.org/openbadges/v1"


def sniff(document: Document) -> bool:
    """1.1 by its context; 1.0 by `verify`; 0.5 by a badge whose issuer has an `origin`."""
    json = document.json
    contexts = texts(json.get("@context"))
    if CONTEXT in contexts and not isinstance(json.get("signature"), dict):
        return "Assertion" in texts(json.get("type"))
    if "@context" in json or "credentialSubject" in json:
        return False
    verify = json.get("verify")
    return (isinstance(verify, dict) and isinstance(verify.get("url"), str)) or _is_0_5(json)


def _is_0_5(json: JsonObject) -> bool:
    badge = json.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    return isinstance(json.get("recipient"), str) and isinstance(issuer, dict) and "origin" in issuer


def upgraded(json: JsonObject) -> JsonObject:
    """`json` in the shape of an Assertion of 2.0; what already has that shape stays as it is."""
    document = {name: value for name, value in json.items() if name not in ("verify", "salt", "issued_on")}
    document["type"] = "Assertion"
    recipient = json.get("recipient")
    if isinstance(recipient, str):
        document["recipient"] = _recipient(recipient, json.get("salt"))
    if "issued_on" in json:
        document.setdefault("issuedOn", json["issued_on"])
    verify = json.get("verify")
    if isinstance(verify, dict):
        document.setdefault("verification", _verification(verify))
        if isinstance(verify.get("url"), str) and verify.get("type", "hosted") == "hosted":
            document.setdefault("id", verify["url"])
    return document


def _recipient(identity: str, salt: Any) -> JsonObject:
    """0.5: an address, or `sha256$…` with the salt beside it."""
    node: JsonObject = {"type": "email", "identity": identity, "hashed": "$" in identity}
    return {**node, "salt": salt} if isinstance(salt, str) else node


def _verification(verify: JsonObject) -> JsonObject:
    """1.0: `url` is the hosted copy, or the key of a signed badge."""
    kind = verify.get("type", "hosted")
    return {"type": kind, "creator": verify.get("url")} if kind == "signed" else {"type": kind}


def parse(document: Document, limits: Limits) -> Credential:
    assertion = upgraded(document.json)
    proofs = open_badges_2.proofs_of(assertion, document)
    return open_badges_2.credential_of(assertion, proofs, format_name="open_badges_1")


def examine(credential: Credential) -> Iterator[VerifierError]:
    """Only what is there is judged: 1.0 required little, and a baked picture may hold an address alone."""
    yield from open_badges_2.examine_common(credential.document)


OPEN_BADGES_1_X = Format(
    name="open_badges_1", label="Open Badge 1.x", sniff=sniff, parse=parse, examine=examine
)
