"""The JSON form of one row of a job, read strictly and written in one way only."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Any

from verifier import strict_json
from verifier.model import JsonObject, Level
from verifier.skills.claim import IssuerTier, Skill, keys_of
from verifier.skills.frameworks import UNKNOWN, identify
from verifier.skills.requirement import EvidencePolicy, JobUnreadable, MatchPolicy, Requirement

MAX_AGE_DAYS = 36_525  # a century
MAX_ISSUERS = 200  # of one row: more is a matter of the tier, or of the employer's list

_ROW = frozenset({"id", "skill", "required", "weight", "minimum_level", "must_hold", "evidence", "match"})
_SKILL = frozenset({"id", "code", "name", "framework", "version", "kind"})
_LEVEL = frozenset({"scheme", "value", "label", "order"})
_EVIDENCE = frozenset(
    {"issuer_tier", "issuers", "max_age_days", "assessed", "identity_verified", "self_asserted_allowed"}
)
_MATCH = frozenset({"crosswalk", "related", "label"})


class _Missing(Enum):
    MISSING = "missing"


_MISSING = _Missing.MISSING


class Fields:
    """Reads the members of one object; every complaint names the row and the column."""

    def __init__(self, value: object, known: frozenset[str], row: str, column: str = "") -> None:
        self.row, self.column = row, column
        if not isinstance(value, dict):
            raise JobUnreadable(row, column or "row", f"is {strict_json.kind_of(value)}, not an object")
        self.value: JsonObject = value
        for name in value:
            if name not in known:
                raise JobUnreadable(row, self.path(name), "is not known")

    def path(self, name: str) -> str:
        return f"{self.column}.{name}" if self.column else name

    def refuse(self, name: str, reason: str) -> JobUnreadable:
        return JobUnreadable(self.row, self.path(name), reason)

    def get(self, name: str, kinds: type | tuple[type, ...], default: Any = _MISSING) -> Any:
        value = self.value.get(name, default)
        if value is _MISSING:
            raise self.refuse(name, "is missing")
        is_default = name not in self.value or (value is None and default is None)
        wrong_bool = isinstance(value, bool) and kinds is not bool
        if not is_default and (not isinstance(value, kinds) or wrong_bool):
            raise self.refuse(name, f"is {strict_json.kind_of(value)}")
        return value


def read_requirement(value: object, number: int) -> Requirement:
    row = Fields(value, _ROW, f"row {number}")
    weight = row.get("weight", (int, float), 1.0)
    if not 0 <= weight <= 1_000:
        raise row.refuse("weight", "is not between 0 and 1,000")
    return Requirement(
        id=row.get("id", str, f"r{number}"),
        skill=_skill(row),
        required=row.get("required", bool, True),
        weight=float(weight),
        minimum_level=_level(row),
        must_hold=row.get("must_hold", bool, False),
        evidence=_evidence(row),
        match=_match(row),
    )


def _skill(row: Fields) -> Skill:
    value = row.get("skill", (dict, str))
    if isinstance(value, str):  # an address alone will do
        concept = identify(value)
        value = {"id": value, "framework": "" if concept.framework == UNKNOWN else concept.framework}
    reader = Fields(value, _SKILL, row.row, "skill")
    skill = Skill(
        id=reader.get("id", str, None),
        code=reader.get("code", str, None),
        name=reader.get("name", str, ""),
        framework=reader.get("framework", str, ""),
        version=reader.get("version", str, ""),
        kind=reader.get("kind", str, "skill"),
    )
    if not keys_of(skill):
        raise row.refuse("skill", "has neither an identifier, nor a code in a framework, nor a name")
    return skill


def _level(row: Fields) -> Level | None:
    value = row.get("minimum_level", dict, None)
    if value is None:
        return None
    reader = Fields(value, _LEVEL, row.row, "minimum_level")
    order = reader.get("order", list, [])
    if not all(isinstance(item, str) for item in order):
        raise reader.refuse("order", "holds something that is no text")
    for name in ("scheme", "value"):
        if not reader.get(name, str).strip():
            raise reader.refuse(name, "is empty")
    return Level(
        scheme=reader.get("scheme", str),
        value=reader.get("value", str),
        label=reader.get("label", str, ""),
        order=tuple(order),
    )


def _evidence(row: Fields) -> EvidencePolicy:
    reader = Fields(row.get("evidence", dict, {}), _EVIDENCE, row.row, "evidence")
    tier = reader.get("issuer_tier", str, IssuerTier.RECOGNISED.value)
    if tier not in tuple(IssuerTier):
        raise reader.refuse("issuer_tier", f"is none of {', '.join(IssuerTier)}")
    issuers = reader.get("issuers", list, [])
    if len(issuers) > MAX_ISSUERS or not all(isinstance(one, str) and one.strip() for one in issuers):
        raise reader.refuse("issuers", f"is not a list of at most {MAX_ISSUERS} identifiers")
    days = reader.get("max_age_days", (int, float), None)
    if days is not None and not 0 < days <= MAX_AGE_DAYS:
        raise reader.refuse("max_age_days", f"is not between 0 and {MAX_AGE_DAYS:,}")
    return EvidencePolicy(
        issuer_tier=IssuerTier(tier),
        issuers=tuple(issuers),
        max_age=None if days is None else timedelta(days=days),
        assessed=reader.get("assessed", bool, False),
        identity_verified=reader.get("identity_verified", bool, False),
        self_asserted_allowed=reader.get("self_asserted_allowed", bool, False),
    )


def _match(row: Fields) -> MatchPolicy:
    reader = Fields(row.get("match", dict, {}), _MATCH, row.row, "match")
    return MatchPolicy(
        crosswalk=reader.get("crosswalk", bool, True),
        related=reader.get("related", bool, True),
        label=reader.get("label", bool, True),
    )


def requirement_json(requirement: Requirement) -> JsonObject:
    """One row."""
    level, policy, match = requirement.minimum_level, requirement.evidence, requirement.match
    return {
        "id": requirement.id,
        "skill": skill_json(requirement.skill),
        "required": requirement.required,
        "weight": requirement.weight,
        "minimum_level": None if level is None else _level_json(level),
        "must_hold": requirement.must_hold,
        "evidence": {
            "issuer_tier": policy.issuer_tier.value,
            **({"issuers": list(policy.issuers)} if policy.issuers else {}),
            "max_age_days": None if policy.max_age is None else policy.max_age / timedelta(days=1),
            "assessed": policy.assessed,
            "identity_verified": policy.identity_verified,
            "self_asserted_allowed": policy.self_asserted_allowed,
        },
        "match": {"crosswalk": match.crosswalk, "related": match.related, "label": match.label},
    }


def _level_json(level: Level) -> JsonObject:
    parts: JsonObject = {"scheme": level.scheme, "value": level.value}
    if level.label:
        parts["label"] = level.label
    if level.order:
        parts["order"] = list(level.order)
    return parts


def skill_json(skill: Skill) -> JsonObject:
    """`skill` as JSON; what is empty is left out."""
    parts = {
        "id": skill.id,
        "code": skill.code,
        "name": skill.name,
        "framework": skill.framework,
        "version": skill.version,
        "kind": skill.kind,
    }
    return {name: value for name, value in parts.items() if value and (name, value) != ("kind", "skill")}
