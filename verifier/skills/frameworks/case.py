"""CASE: competency frameworks as CFDocument, CFItem and CFAssociation (1EdTech CASE 1.0 and 1.1)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import UUID, Concept, Framework, Reference, identity_of

_ITEM = re.compile(
    rf"//[^/]{{1,253}}/(?:[\w.-]+/){{0,4}}(?:ims/case/v1p[01]/CF\w{{1,40}}/|uri/(?:p?\d+-p?\d+-)?)({UUID})"
)
_TYPES = frozenset({"CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel"})


def identify(reference: Reference) -> Concept | None:
    """A CFItem by its address or by `targetType`; identifiers belong to the host that publishes them."""
    if _ITEM.fullmatch(identity_of(reference.uri)) or reference.target_type in _TYPES:
        return Concept(framework="CASE", id=reference.uri or None, code=reference.code or None)
    return None


CASE = Framework(name="CASE", identify=identify)
