"""Claims read out of free text: marked INFERRED, so that none meets anything unconfirmed (SKILLS §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from verifier.model import Achievement, Alignment
from verifier.report import Report
from verifier.skills.claim import Link, Skill, SkillClaim, keys_of
from verifier.skills.extract import claims_from, extract_skills

Suggest = Callable[[str], Iterable[Skill]]  # text → skills, e.g. by way of `Linker.suggest`
MAX_TEXT_CHARS = 10_000  # of one achievement


def infer_skills(report: Report, suggest: Suggest) -> tuple[SkillClaim, ...]:
    """Skills that `suggest` reads out of name, description and criteria of every achievement.

    What the credential declares itself is left out; each claim points at the achievement it was read from
    and carries the verdict of its own report, like any other.
    """
    declared = {(claim.credential_sha, keys_of(claim.skill)[0]) for claim in extract_skills(report)}

    def read(achievement: Achievement) -> tuple[Alignment, ...]:
        text = ". ".join(filter(None, (achievement.name, achievement.description, achievement.criteria)))
        return tuple(
            Alignment(
                target_name=skill.name,
                target_url=skill.id,
                target_code=skill.code,
                target_framework=skill.framework,
                pointer=achievement.pointer,
                place="text",
            )
            for skill in suggest(text[:MAX_TEXT_CHARS])
        )

    claims = {
        (claim.credential_sha, keys_of(claim.skill)[0], claim.pointer): replace(claim, link=Link.INFERRED)
        for inner in report.walk()
        for claim in claims_from(inner, report.code, read)
    }
    return tuple(claim for (sha, key, _), claim in claims.items() if (sha, key) not in declared)
