"""Skills that a text may mean: of the frameworks on this machine, and of those that this store names.

A suggestion is confirmed by a click; it never counts as evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.services.core import Core
from dashboard.services.knowledge import Knowledge, knowledge
from dashboard.services.records import SkillSuggestion
from dashboard.services.standing import SKILL
from dashboard.store.tables import ClaimRecord, VacancyVersion
from verifier import Library

MIN_SCORE = 60.0  # of 100: below it, only letters are shared
BEGINS = 99.0
MAX_TYPED = 5  # words that name a skill; more are a sentence
MAX_TEXT = 200  # characters that decide whether a name or a sentence was meant
MAX_KNOWN = 20_000  # names compared: more than ESCO has skills


def suggest(core: Core, text: str, *, limit: int) -> tuple[SkillSuggestion, ...]:
    """The best `limit` of the known skills, best first."""
    wanted = " ".join(text[:MAX_TEXT].split())
    if not wanted:
        return ()
    known = knowledge(core.settings.home)
    if len(wanted.split(" ")) > MAX_TYPED:
        return _meant(known, text, limit)
    found = {one.skill_id: one for one in _own(core, wanted, limit)}
    found |= {one.skill_id: one for one in _named(known.library, wanted, limit)}
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.skill_name)))[:limit]


def _meant(known: Knowledge, sentence: str, limit: int) -> tuple[SkillSuggestion, ...]:
    """Of a sentence or an advert, each with the words that matched."""
    return tuple(
        SkillSuggestion(
            skill_id=one.skill.id or "",
            skill_name=one.skill.name,
            framework=one.skill.framework,
            score=round(50 * min(one.score, 2.0), 1),
            words=one.words,
            sure=one.sure,
        )
        for one in known.linker.suggest(sentence, limit=limit)
    )


def _named(library: Library, wanted: str, limit: int) -> Iterator[SkillSuggestion]:
    """What begins with, holds or reads like `wanted`, by any of its labels."""
    for one in library.search(wanted, limit=limit):
        alike = max(_alike(wanted.casefold(), label.casefold()) for label in library.labels(one.id))
        yield SkillSuggestion(
            skill_id=one.id, skill_name=one.label, framework=one.framework, score=round(alike, 1)
        )


def _alike(wanted: str, label: str) -> float:
    """Of 100; whoever types the beginning of a label means it."""
    return max(BEGINS if label.startswith(wanted) else 0.0, fuzz.WRatio(wanted, label))


def _own(core: Core, wanted: str, limit: int) -> Iterator[SkillSuggestion]:
    with core.database.read() as session:
        known = dict(_known(core, session))
    names = {key: name for key, (name, _) in known.items()}
    ranked = process.extract(
        wanted, names, scorer=fuzz.WRatio, processor=str.casefold, limit=limit, score_cutoff=MIN_SCORE
    )
    for name, score, key in ranked:
        yield SkillSuggestion(skill_id=key, skill_name=name, framework=known[key][1], score=round(score, 1))


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
        yield from _of_job(json.loads(bundled.read_bytes())["requirements"])
    for requirements in session.scalars(select(VacancyVersion.requirements).limit(MAX_KNOWN)):
        yield from _of_job(requirements)


def _of_job(requirements: list[dict[str, dict[str, str]]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for requirement in requirements:
        skill = requirement["skill"]
        if skill.get("id") and skill.get("name"):
            yield skill["id"], (skill["name"], skill.get("framework", ""))
