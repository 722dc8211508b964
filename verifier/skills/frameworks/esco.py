"""ESCO: the European classification of skills and occupations (v1.2; Decision 2011/833/EU)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import Concept, Framework, Reference, identity_of

_ID = re.compile(r"//data\.europa\.eu/esco/(skill|occupation|isco|isced-f)/([\w.-]{1,64})", re.IGNORECASE)
_KINDS = {"skill": "skill", "occupation": "occupation", "isco": "occupation", "isced-f": "field"}
_NAMED = re.compile(r"\besco\b", re.IGNORECASE)


def identify(reference: Reference) -> Concept | None:
    """An ESCO concept by its address, whatever `targetType` says: OB 3.0 has no value for ESCO."""
    if found := _ID.fullmatch(identity_of(reference.uri)):
        kind, name = found[1].lower(), found[2]
        # the published identifiers are http; https names the same concept
        return Concept(framework="ESCO", id=f"http://data.europa.eu/esco/{kind}/{name}", kind=_KINDS[kind])
    if _NAMED.search(reference.framework) or "data.europa.eu/esco/skill" in reference.framework:
        return Concept(framework="ESCO", code=reference.code or None)
    return None


ESCO = Framework(
    name="ESCO",
    identify=identify,
    attribution="This service uses the ESCO classification of the European Commission.",
)
