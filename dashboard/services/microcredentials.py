"""What a document says of itself, laid beside the published descriptions of a micro-credential.

Information beside the verdict, never part of it: nothing here makes a credential better or worse, and what a
document does not say stays "not stated". All texts are the document's: facts only where it is `proved`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.services.core import plain
from verifier import (
    Credential,
    annex1,
    common_microcredential_framework,
    facts_of,
    microcredential_definition,
    recognition_facts,
    size_class,
)

MAX_VALUE = 1_000  # characters of one element: some list every learning outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One element of Annex I of the Council Recommendation on micro-credentials (2022/C 243/02)."""

    number: str  # "1" to "11" mandatory, "o1" to "o5" optional
    name: str  # English, stable: a key for `wording`
    mandatory: bool
    presence: str  # present | absent | not_applicable
    value: str
    pointer: str  # into the document, "" where absent


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition of a yardstick."""

    name: str
    holds: str  # yes | no | unknown
    reason: str
    decides: bool  # False: shown beside the result, not part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class YardstickRow:
    """One published definition and how the document stands to it."""

    name: str
    holds: str  # yes | no | unknown
    sentence: str  # the verifier's own, in English
    conditions: tuple[ConditionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Microcredential:
    """The Annex I card, two yardsticks, the size, and what a recognition officer asks first."""

    cred: str
    name: str  # of the credential, as the file says
    proved: bool
    headline: str  # "10 of 11 mandatory elements, 4 of 5 optional"
    elements: tuple[ElementRow, ...]
    yardsticks: tuple[YardstickRow, ...]
    size: str  # "skill credential" | "module" | "short programme" | "" where no workload is stated
    workload: str  # "60 h, 2 ECTS"; "" where none is stated
    recognition: tuple[ConditionRow, ...]


def microcredential(
    document: Mapping[str, Any] | None, *, cred: str, name: str, proved: bool
) -> Microcredential | None:
    """The card of an ELM, Open Badges 3.0 or EU learning credential; None for any other document."""
    if not document:
        return None
    read = Credential(format="", document=dict(document))
    card = annex1(read)
    if card is None:
        return None
    facts = facts_of(read)
    measures = (common_microcredential_framework(facts), microcredential_definition(facts))
    return Microcredential(
        cred=cred,
        name=name,
        proved=proved,
        headline=card.headline,
        elements=tuple(_element(one) for one in card.elements),
        yardsticks=tuple(
            YardstickRow(
                name=one.name,
                holds=one.holds.value,
                sentence=plain(one.sentence),
                conditions=_conditions(one.conditions),
            )
            for one in measures
        ),
        size=size_class(facts),
        workload=_workload(facts.hours, facts.ects),
        recognition=_conditions(recognition_facts(facts)),
    )


def _element(one: Any) -> ElementRow:
    return ElementRow(
        number=one.number,
        name=one.name,
        mandatory=not one.number.startswith("o"),
        presence=one.presence.value,
        value=plain(one.value, MAX_VALUE),
        pointer=one.pointer,
    )


def _conditions(conditions: Iterable[Any]) -> tuple[ConditionRow, ...]:
    return tuple(
        ConditionRow(name=one.name, holds=one.holds.value, reason=plain(one.reason), decides=one.decides)
        for one in conditions
    )


def _workload(hours: float | None, ects: float | None) -> str:
    said = ((hours, "h"), (ects, "ECTS"))
    return ", ".join(f"{amount:g} {unit}" for amount, unit in said if amount is not None)
