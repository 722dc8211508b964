"""CTDL and CTDL-ASN: what the Credential Engine Registry describes, by CTID (https://credreg.net/ctdl/terms)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import UUID, Concept, Framework, Reference, identity_of

_CTID = re.compile(rf"ce-{UUID}")
_REGISTRY = re.compile(
    rf"//(?:credentialengineregistry\.org/(?:[\w-]+/)?(?:resources|graph)|credentialfinder\.org/[\w-]+)/(ce-{UUID})"
)


def identify(reference: Reference) -> Concept | None:
    """A resource of the registry by address or CTID, else whatever is typed `ceasn:` or `ceterms:`.

    The sandbox registry is another registry: its addresses stay as they are.
    """
    kind = "credential" if reference.target_type.lower().startswith("ceterms:") else "skill"
    ctid = _REGISTRY.fullmatch(identity_of(reference.uri)) or re.fullmatch(
        f"({_CTID.pattern})", reference.code
    )
    if ctid:
        code = ctid[1].lower()
        return Concept(framework="CTDL", id=registry_uri(code), code=code, kind=kind)
    if reference.target_type.lower().startswith(("ceasn:", "ceterms:")) or reference.target_type == "CTDL":
        return Concept(framework="CTDL", id=reference.uri or None, code=reference.code or None, kind=kind)
    return None


def registry_uri(ctid: str) -> str:
    """The address of a CTID in the registry."""
    return f"https://credentialengineregistry.org/resources/{ctid}"


CTDL = Framework(
    name="CTDL",
    identify=identify,
    attribution="Credential Engine Registry, CTDL © Credential Engine, CC BY 4.0.",
)
