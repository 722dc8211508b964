"""EQF levels, which documents list among the skills (Council Recommendation 2017/C 189/03)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import Concept, Framework, Reference, identity_of

_LEVEL = re.compile(r"//data\.europa\.eu/snb/eqf/([1-8])")


def identify(reference: Reference) -> Concept | None:
    """A level by its address, or by code where the document types it as EQF."""
    if found := _LEVEL.fullmatch(identity_of(reference.uri)):
        return Concept(framework="EQF", id=level_uri(found[1]), code=found[1], kind="level")
    if reference.target_type.casefold() == "ext:eqf" and re.fullmatch("[1-8]", reference.code):
        return Concept(framework="EQF", id=level_uri(reference.code), code=reference.code, kind="level")
    return None


def level_uri(value: str) -> str:
    """The concept of a level, "1" to "8"."""
    return f"http://data.europa.eu/snb/eqf/{value}"


EQF = Framework(name="EQF", identify=identify)
