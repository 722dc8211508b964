"""A job proposed from an occupation of ESCO or O*NET: always a proposal that a person edits (SKILLS §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verifier.errors import Unreadable
from verifier.skills.claim import Skill
from verifier.skills.frameworks.entries import Rating
from verifier.skills.frameworks.store import Known, Library
from verifier.skills.requirement import Requirement
from verifier.skills.requirements import JobRequirements

IMPORTANT = 3.0  # O*NET IM, 1–5: "important" on its scale
UNRATED_WEIGHT = 1.0


class OccupationUnknown(Unreadable, ValueError):
    """No framework on this machine has it."""

    code = "occupation_unknown"
    sentence = "names the occupation {0}, which no framework here has"


class OccupationUnrated(Unreadable, ValueError):
    """The framework has the occupation and says nothing of its skills: "no rating" is never zero."""

    code = "occupation_unrated"
    sentence = "names the occupation {0} ({1}), for which {2} has no ratings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A job to be edited, and what a person should see beside each row."""

    job: JobRequirements
    notes: tuple[tuple[str, str], ...] = ()  # (requirement id, note)


def propose(library: Library, occupation: str, *, job_id: str) -> Proposal:
    """The job that `occupation` (an identifier) suggests.

    ESCO: essential → required, optional → preferred; it has neither level nor weight. O*NET: importance
    ≥ 3.0, weight = importance, suppressed and not relevant rows left out; its level is shown beside
    the row and is no demand: it converts into no other scheme.
    """
    known = library.concept(library.current(occupation))
    if known is None or known.kind != "occupation":
        raise OccupationUnknown(occupation)
    rows = [
        (rating, skill)
        for rating in library.ratings(known.id)
        if _is_proposed(rating) and (skill := library.concept(library.current(rating.skill))) is not None
    ]
    if not rows:
        raise OccupationUnrated(known.label, known.code or known.id, f"{known.framework} {known.version}")
    rows.sort(key=_order)
    requirements = tuple(_requirement(number, *row) for number, row in enumerate(rows, 1))
    job = JobRequirements(id=job_id, name=known.label, requirements=requirements)
    return Proposal(job=job, notes=tuple(_notes(library, requirements, [rating for rating, _ in rows])))


def _is_proposed(rating: Rating) -> bool:
    if rating.relation:
        return True
    return (
        rating.importance is not None
        and rating.importance >= IMPORTANT
        and not rating.suppressed
        and not rating.not_relevant
    )


def _order(row: tuple[Rating, Known]) -> tuple[bool, float, str]:
    rating, skill = row
    return rating.relation == "optional", -(rating.importance or 0.0), skill.label.casefold()


def _requirement(number: int, rating: Rating, skill: Known) -> Requirement:
    return Requirement(
        id=f"r{number}",
        skill=Skill(
            id=skill.id,
            code=skill.code or None,
            name=skill.label,
            framework=skill.framework,
            version=skill.version,
        ),
        required=rating.relation != "optional",
        weight=UNRATED_WEIGHT if rating.importance is None else rating.importance,
    )


def _notes(
    library: Library, requirements: tuple[Requirement, ...], ratings: list[Rating]
) -> Iterator[tuple[str, str]]:
    for requirement, rating in zip(requirements, ratings, strict=True):
        if rating.importance is not None:
            level = "no level" if rating.level is None else f"level {rating.level:g} of 7"
            anchor = "" if rating.level is None else library.anchor(rating.skill, rating.level)
            beside = f" (beside {anchor})" if anchor else ""
            yield requirement.id, f"O*NET importance {rating.importance:g} of 5, {level}{beside}"
        else:
            yield requirement.id, f"ESCO: {rating.relation} for this occupation"
