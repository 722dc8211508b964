"""DigComp: the Digital Competence Framework for Citizens (2.2), as the Europass vocabularies name it."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import Concept, Framework, Reference, identity_of

_CONCEPT = re.compile(r"//data\.europa\.eu/snb/dcf/[\w-]{1,40}")


def identify(reference: Reference) -> Concept | None:
    """A competence, or a competence at a level: the level may stand in the label alone."""
    if found := _CONCEPT.fullmatch(identity_of(reference.uri)):
        return Concept(framework="DigComp", id="http:" + found[0])
    if "digcomp" in reference.framework.casefold():
        return Concept(framework="DigComp", id=reference.uri or None, code=reference.code or None)
    return None


DIGCOMP = Framework(name="DigComp", identify=identify)
