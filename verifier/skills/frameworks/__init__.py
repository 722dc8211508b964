"""The frameworks that are recognised, and what matching may ask a framework about.

Documents sit their skills in many places and often declare no type or a wrong one (SKILLS §1.2), so a
framework is recognised by the shape of the identifier first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from verifier.model import Alignment
from verifier.skills.frameworks.case import CASE
from verifier.skills.frameworks.ctdl import CTDL
from verifier.skills.frameworks.digcomp import DIGCOMP
from verifier.skills.frameworks.eqf import EQF
from verifier.skills.frameworks.esco import ESCO
from verifier.skills.frameworks.identity import Concept, Framework, Reference, identity_of
from verifier.skills.frameworks.onet import ONET
from verifier.skills.frameworks.relation import Related, Relation
from verifier.skills.frameworks.rsd import RSD

UNKNOWN = "unknown"

# Order matters: an address says more than a type, so frameworks with addresses of their own come first.
FRAMEWORKS: Mapping[str, Framework] = MappingProxyType(
    {framework.name: framework for framework in (ESCO, DIGCOMP, EQF, RSD, CTDL, ONET, CASE)}
)


class Frameworks(Protocol):
    """What is known about skills on this machine; an identifier may be spelled in any way."""

    def label(self, id: str) -> str:
        """The preferred label, or "" """
        ...

    def labels(self, id: str) -> Iterable[str]:
        """Preferred and alternative labels."""
        ...

    def current(self, id: str) -> str:
        """`id`, or the identifier that replaced it when it was retired."""
        ...

    def retired(self, id: str) -> Iterable[str]:
        """Identifiers that were retired in favour of `id`."""
        ...

    def related(self, id: str) -> Iterable[Related]:
        """What lies one hop from `id`, seen from it: NARROWER means that the other is narrower."""
        ...


def identify(target: Alignment | str) -> Concept:
    """The concept that an alignment or an address refers to; framework `unknown` where none recognises it."""
    reference = _reference(target)
    for framework in FRAMEWORKS.values():
        if concept := framework.identify(reference):
            return concept
    return Concept(framework=UNKNOWN, id=reference.uri or None, code=reference.code or None)


def _reference(target: Alignment | str) -> Reference:
    if isinstance(target, str):
        return Reference(uri=target.strip())
    return Reference(
        uri=(target.target_url or "").strip(),
        code=(target.target_code or "").strip(),
        target_type=(target.target_type or "").strip(),
        framework=(target.target_framework or "").strip(),
    )


__all__ = [
    "FRAMEWORKS",
    "UNKNOWN",
    "Concept",
    "Framework",
    "Frameworks",
    "Related",
    "Relation",
    "identify",
    "identity_of",
]
