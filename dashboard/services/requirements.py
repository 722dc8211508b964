"""A job's requirement lines: as a screen edits them, as the store keeps them, as the verifier reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.knowledge import library_of
from dashboard.services.records import RequirementRow
from dashboard.store.tables import Vacancy, VacancyVersion
from verifier import JobRequirements, Matcher

Stored = dict[str, Any]  # one requirement in the JSON form that `JobRequirements.parse` reads
MAX_AGE_DAYS = 36_525  # a century: what the verifier takes
TIERS = ("accredited", "recognised", "unknown")


def row_of(stored: Mapping[str, Any]) -> RequirementRow:
    """The line that a screen shows."""
    skill, evidence = stored["skill"], stored.get("evidence") or {}
    level = stored.get("minimum_level") or {}
    return RequirementRow(
        requirement_id=stored["id"],
        skill_id=skill.get("id") or "",
        skill_name=skill.get("name") or "",
        skill_code=skill.get("code") or "",
        framework=skill.get("framework") or "",
        required=stored.get("required", True),
        level_scheme=level.get("scheme") or "",
        level_value=level.get("value") or "",
        level_label=level.get("label") or "",
        level_order=tuple(level.get("order") or ()),
        issuer_tier=evidence.get("issuer_tier", "recognised"),
        issuers=tuple(evidence.get("issuers") or ()),
        max_age_days=evidence.get("max_age_days"),
        must_hold=stored.get("must_hold", False),
        kept=json.dumps(stored, ensure_ascii=False, sort_keys=True),
        assessed=evidence.get("assessed", False),
        identity_verified=evidence.get("identity_verified", False),
    )


def stored_of(row: RequirementRow, requirement_id: str, before: Mapping[str, Any]) -> Stored:
    """The line as it is kept; what the screen does not show (`weight`, `match`, …) is taken from `before`."""
    skill = {
        **_of_the_same_skill(row, before.get("skill") or {}),
        "id": row.skill_id.strip(),
        "code": row.skill_code.strip(),
        "name": row.skill_name.strip(),
        "framework": row.framework.strip(),
    }
    evidence = {
        **{name: value for name, value in before.get("evidence", {}).items() if name != "issuers"},
        "issuer_tier": row.issuer_tier,
        **({"issuers": list(row.issuers)} if row.issuers else {}),
        "max_age_days": row.max_age_days,
        "assessed": row.assessed,
        "identity_verified": row.identity_verified,
    }
    return {
        **before,
        "id": requirement_id,
        "skill": {name: value for name, value in skill.items() if value},
        "required": row.required,
        "minimum_level": _level(row, before.get("minimum_level") or {}),
        "must_hold": row.must_hold,
        "evidence": evidence,
    }


def _of_the_same_skill(row: RequirementRow, before: Mapping[str, Any]) -> Stored:
    """Its version and kind, while it is the same skill."""
    if before.get("id", "") != row.skill_id.strip():
        return {}
    return {name: before[name] for name in ("version", "kind") if name in before}


def _level(row: RequirementRow, before: Mapping[str, Any]) -> Stored | None:
    """The level with its scale's order and its own name; those of `before` where the row brings none."""
    if not row.level_scheme:
        return None
    same_scheme = before.get("scheme") == row.level_scheme
    same_value = same_scheme and before.get("value") == row.level_value
    order = list(row.level_order) or (before.get("order") if same_scheme else None)
    label = row.level_label or (before.get("label") if same_value else None)
    level = {"scheme": row.level_scheme.strip(), "value": row.level_value.strip()}
    return {**level, **({"order": order} if order else {}), **({"label": label} if label else {})}


def problems_of(rows: Sequence[RequirementRow]) -> tuple[tuple[int, str], ...]:
    """What keeps the rows from being saved, as (row index, code)."""
    found: list[tuple[int, str]] = []
    seen: set[str] = set()
    for index, row in enumerate(rows):
        found += [(index, code) for code in _row_problems(row)]
        key = (row.skill_id or row.skill_name).strip().casefold()
        if key and key in seen:
            found.append((index, "duplicate"))
        seen.add(key)
    return tuple(found)


def _row_problems(row: RequirementRow) -> list[str]:
    checks = {
        "skill_missing": not (row.skill_id.strip() or row.skill_name.strip()),
        "skill_id_invalid": bool(row.skill_id.strip()) and not _is_address(row.skill_id.strip()),
        "level_incomplete": bool(row.level_scheme.strip()) != bool(row.level_value.strip()),
        "age_invalid": row.max_age_days is not None and not 0 < row.max_age_days <= MAX_AGE_DAYS,
        "tier_invalid": row.issuer_tier not in TIERS,
    }
    return [code for code, wrong in checks.items() if wrong]


def _is_address(text: str) -> bool:
    scheme, colon, rest = text.partition(":")
    printable = text.isprintable() and " " not in text
    return bool(colon and rest and scheme.isascii() and scheme.isalpha() and printable)


def numbered(rows: Sequence[RequirementRow], before: Sequence[Stored]) -> list[Stored]:
    """The rows as they are kept; a line keeps its id, a new one gets the next that was never used."""
    known = {stored["id"]: stored for stored in before}
    used = set(known) | {row.requirement_id for row in rows}
    fresh = (f"r{number}" for number in range(1, 10_000) if f"r{number}" not in used)
    return [
        stored_of(row, row.requirement_id or next(fresh), known.get(row.requirement_id) or _kept(row))
        for row in rows
    ]


def _kept(row: RequirementRow) -> Stored:
    """What a line brought along from the file or framework it came from."""
    kept: Stored = json.loads(row.kept) if row.kept else {}
    return kept


def rows_of(job: JobRequirements) -> tuple[RequirementRow, ...]:
    """The lines of a job as the verifier knows it."""
    return tuple(row_of(stored) for stored in json.loads(job.to_json())["requirements"])


def job_json(job_id: str, title: str, version: int, requirements: Sequence[Stored]) -> bytes:
    """The job as the verifier and `python -m verifier --job` read it."""
    job = {
        "version": 1,
        "id": job_id,
        "name": title,
        "revision": version,
        "requirements": list(requirements),
    }
    return json.dumps(job, ensure_ascii=False, sort_keys=True, indent=2).encode()


@lru_cache(maxsize=64)  # keyed by the bytes: a saved version never changes; nobody's data is in it
def parsed(data: bytes) -> JobRequirements:
    """The job as the verifier knows it. Raises `VerifierError` for what it does not take."""
    return JobRequirements.parse(data)


def stored_requirements(session: Session, vacancy: Vacancy, version: int | None = None) -> list[Stored]:
    """The requirements of one version (None: the current)."""
    query = select(VacancyVersion.requirements).where(
        VacancyVersion.vacancy_id == vacancy.id, VacancyVersion.version == (version or vacancy.version)
    )
    return list(session.execute(query).scalar_one())


def current_matcher(session: Session, vacancy: Vacancy) -> Matcher:
    """The job of the current version, worked out for matching; once in a transaction.

    No longer: a matcher remembers skills that it has seen, and those are somebody's.
    """
    known: dict[tuple[str, int], Matcher] = session.info.setdefault("matchers", {})
    key = (vacancy.id, vacancy.version)
    if key not in known:
        stored = stored_requirements(session, vacancy)
        job = parsed(job_json(vacancy.id, vacancy.title, vacancy.version, stored))
        known[key] = Matcher(job, library_of(session))
    return known[key]
