"""Skills that a text may mean, from the skills that this store and the sample already name by identifier.

A suggestion is confirmed by a click; it never counts as evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import Core
from dashboard.services.records import SkillSuggestion
from dashboard.services.standing import SKILL
from dashboard.store.tables import ClaimRecord, VacancyVersion

MIN_SCORE = 60.0  # of 100: below it, only letters are shared
MAX_TEXT = 200  # characters looked at; a skill's name is shorter
MAX_KNOWN = 20_000  # names compared: more than ESCO has skills


def suggest(core: Core, text: str, *, limit: int) -> tuple[SkillSuggestion, ...]:
    """The best `limit` of the known skills, best first."""
    wanted = text.strip()[:MAX_TEXT]
    if not wanted:
        return ()
    with core.database.read() as session:
        known = dict(_known(core, session))
    names = {key: name for key, (name, _) in known.items()}
    ranked = process.extract(
        wanted, names, scorer=fuzz.WRatio, processor=str.casefold, limit=limit, score_cutoff=MIN_SCORE
    )
    return tuple(
        SkillSuggestion(skill_id=key, skill_name=name, framework=known[key][1], score=score)
        for name, score, key in ranked
    )


def _known(core: Core, session: Session) -> Iterator[tuple[str, tuple[str, str]]]:
    """Identifier → name and framework; what a job says of a skill beats what a credential says."""
    query = select(ClaimRecord.skill_id, ClaimRecord.skill_name, ClaimRecord.framework)
    query = query.where(
        ClaimRecord.skill_id != "", ClaimRecord.mark == "verified", ClaimRecord.kind == SKILL
    ).distinct()
    for skill_id, name, framework in session.execute(query.limit(MAX_KNOWN)):
        yield skill_id, (name, framework)
    bundled = core.settings.sample_data / "job.json"
    if bundled.is_file():
        yield from _named(json.loads(bundled.read_bytes())["requirements"])
    for requirements in session.scalars(select(VacancyVersion.requirements).limit(MAX_KNOWN)):
        yield from _named(requirements)


def _named(requirements: list[dict[str, dict[str, str]]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for requirement in requirements:
        skill = requirement["skill"]
        if skill.get("id") and skill.get("name"):
            yield skill["id"], (skill["name"], skill.get("framework", ""))
