"""Rich Skill Descriptors, as the Open Skills Management Tool publishes them (OSMT API v3)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import UUID, Concept, Framework, Reference, identity_of

_SKILL = re.compile(rf"//[^/]{{1,253}}/api/(?:v\d/)?skills/({UUID})")


def identify(reference: Reference) -> Concept | None:
    """A descriptor by its address; the host that publishes it is part of its identity."""
    if _SKILL.fullmatch(identity_of(reference.uri)):
        return Concept(framework="RSD", id=reference.uri, code=reference.code or None)
    return None


RSD = Framework(name="RSD", identify=identify)
