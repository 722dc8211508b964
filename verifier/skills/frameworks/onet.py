"""O*NET: occupations by O*NET-SOC code, skills and knowledge by content model element (release 29.2)."""

from __future__ import annotations

import re

from verifier.skills.frameworks.identity import Concept, Framework, Reference, identity_of

SOC = r"\d{2}-\d{4}(?:\.\d{2})?"
ELEMENT = r"[1-6]\.[A-Z](?:\.\d{1,2})?(?:\.[a-z])?(?:\.\d{1,2})?"
_HOSTS = r"//(?:(?:www\.)?onetonline\.org|(?:www|services|api-v2)\.onetcenter\.org)"
_OCCUPATION = re.compile(rf"{_HOSTS}/[\w./-]{{0,80}}?/({SOC})(?:[/?].{{0,200}})?", re.DOTALL)
_ELEMENT = re.compile(rf"{_HOSTS}/[\w./-]{{0,80}}?/({ELEMENT})(?:[/?].{{0,200}})?", re.DOTALL)
_NAMED = re.compile(r"\bo\*?net\b|\bsoc\b", re.IGNORECASE)


def identify(reference: Reference) -> Concept | None:
    """An occupation or element by an address of O*NET, or by its code where the document names O*NET."""
    identity = identity_of(reference.uri)
    named = _NAMED.search(reference.framework)
    if soc := _OCCUPATION.fullmatch(identity) or (named and re.fullmatch(f"({SOC})", reference.code)):
        return Concept(framework="O*NET", id=occupation_uri(soc[1]), code=soc[1], kind="occupation")
    if element := _ELEMENT.fullmatch(identity) or (named and re.fullmatch(f"({ELEMENT})", reference.code)):
        return Concept(framework="O*NET", id=element_uri(element[1]), code=element[1])
    if re.match(_HOSTS, identity) or named:
        return Concept(framework="O*NET", id=reference.uri or None, code=reference.code or None)
    return None


def occupation_uri(soc: str) -> str:
    """The page of an occupation, e.g. 15-1254.00."""
    return f"https://www.onetonline.org/link/summary/{soc if '.' in soc else soc + '.00'}"


def element_uri(element: str) -> str:
    """The page of an element of the content model, e.g. 2.A.1.a Reading Comprehension."""
    return f"https://www.onetonline.org/find/descriptor/result/{element}"


ONET = Framework(
    name="O*NET",
    identify=identify,
    attribution="Includes O*NET 29.2 Database, USDOL/ETA, CC BY 4.0, modified.",
)
