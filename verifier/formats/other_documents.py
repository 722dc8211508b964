"""Documents that people upload in place of a credential: named exactly, with what to ask for instead.

Frameworks, registries, trust lists and profiles say what can be learned, who may issue, what a job asks for.
None of them says of a person that they have achieved something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verifier.errors import Unreadable
from verifier.model import JsonObject
from verifier.strict_json import objects, texts

_ASK = "ask the applicant for the credential itself"
_REGISTRY = "it belongs among your sources of trust"


class OtherDocument(Unreadable):
    """Recognised, and nothing that could be verified about a person."""

    code = "other_document"
    sentence = "is {0}, not a credential; {1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of document that is no credential."""

    what: str  # finishes "is …"
    advice: str
    sniff: Callable[[JsonObject], bool]


def _types_in(json: JsonObject) -> set[str]:
    nodes = [json, *objects(json.get("@graph"))]
    return {name for node in nodes for member in ("type", "@type") for name in texts(node.get(member))}


def _has(*members: str) -> Callable[[JsonObject], bool]:
    return lambda json: json.keys() >= set(members)


def _is_typed(*names: str) -> Callable[[JsonObject], bool]:
    return lambda json: not _types_in(json).isdisjoint(names)


def _is_ctdl(json: JsonObject) -> bool:
    return "envelope_ceterms_ctid" in json or any(
        name.startswith(("ceterms:", "ceasn:", "qdata:")) for name in _types_in(json)
    )


def _is_opencerts_registry(json: JsonObject) -> bool:
    issuers = json.get("issuers")
    return isinstance(issuers, dict) and any(name.startswith("0x") for name in issuers)


def _is_skill_assertion(json: JsonObject) -> bool:
    return "targetType" in json and any("skill" in node for node in objects(json.get("assertions")))


KINDS = (
    Kind(
        what="a verification receipt: it says what an employer checked",
        advice=_ASK,
        sniff=_is_typed("VerificationReceipt"),
    ),
    Kind(what="a description from the Credential Registry (CTDL)", advice=_ASK, sniff=_is_ctdl),
    Kind(
        what="the description of a skill (Rich Skill Descriptor)",
        advice=_ASK,
        sniff=_is_typed("RichSkillDescriptor"),
    ),
    Kind(what="a competency framework (CASE)", advice=_ASK, sniff=_has("CFDocument")),
    Kind(what="an unsigned list of skills (HR Open)", advice=_ASK, sniff=_is_skill_assertion),
    Kind(what="a job advertisement", advice="import it as a job", sniff=_is_typed("JobPosting")),
    Kind(
        what="a record of the EBSI registry of trusted issuers",
        advice=_REGISTRY,
        sniff=lambda json: any("issuerType" in node for node in objects(json.get("attributes"))),
    ),
    Kind(what="the OpenCerts list of issuers", advice=_REGISTRY, sniff=_is_opencerts_registry),
    Kind(
        what="a list of issuers",
        advice=_REGISTRY,
        sniff=lambda json: isinstance(json.get("registry"), dict | list) and "meta" in json,
    ),
    Kind(
        what="a statement of a federation about an issuer",
        advice=_REGISTRY,
        sniff=_has("iss", "sub", "jwks"),
    ),
    Kind(what="the public keys of an issuer", advice=_ASK, sniff=_has("keys")),
    Kind(what="the public keys of an issuer (DID document)", advice=_ASK, sniff=_has("verificationMethod")),
)


def refuse(json: JsonObject) -> None:
    """Raise `OtherDocument` for what is known and is no credential."""
    if "credentialSubject" in json:
        return
    for kind in KINDS:
        if kind.sniff(json):
            raise OtherDocument(kind.what, kind.advice)


def refuse_markup(text: str) -> None:
    """Raise `OtherDocument` for a European list of trust services (ETSI TS 119 612)."""
    if "TrustServiceStatusList" in text[:4_000]:
        raise OtherDocument("a European list of trust services", _REGISTRY)
