"""Each verdict explained in one English sentence. Names that come from outside are clipped and made plain."""

from __future__ import annotations

from verifier.errors import plain
from verifier.model import Level
from verifier.skills.claim import Link, SkillClaim
from verifier.skills.levels import shortfall, spoken
from verifier.skills.reasons import words_for
from verifier.skills.requirement import Requirement
from verifier.skills.standing import Evidence, Standing

_RELATED = {
    "narrower_skill": "a narrower skill, {0}, is proved",
    "close_skill": "a similar skill, {0}, is proved",
    "same_name": "a skill called {0} is proved",
    "inferred": "{0} was read out of free text",
}


def sentence_of(requirement: Requirement, standing: Standing, judged: tuple[Evidence, ...]) -> str:
    """One sentence about one requirement, from its best evidence."""
    skill = _name(requirement)
    if not judged:
        return f"No evidence of {skill} was found, which does not mean that the skill is absent."
    best = judged[0]
    said = _SAYINGS[standing](skill, requirement, best)
    rejected = sum(item.standing is Standing.REJECTED_EVIDENCE for item in judged)
    if rejected and standing is not Standing.REJECTED_EVIDENCE:
        return f"{said[:-1]}; {_others(rejected)} rejected."
    return said


def _others(count: int) -> str:
    return "1 other piece of evidence was" if count == 1 else f"{count} other pieces of evidence were"


def _name(requirement: Requirement) -> str:
    skill = requirement.skill
    return f"“{plain(skill.name or skill.code or skill.id or '')}”"


def _origin(claim: SkillClaim) -> str:
    """The credential by its date and, where a source of trust names it, its issuer."""
    when = f" of {claim.issued.day} {claim.issued:%B %Y}" if claim.issued else ""
    issuer = f" from {plain(claim.issuer_name)}" if claim.issuer_name else ""
    return f"a credential{when}{issuer}"


def _met(skill: str, requirement: Requirement, best: Evidence) -> str:
    link = ""
    if best.confirmation is not None and best.link is not Link.DECLARED:
        link = f", a link that {plain(best.confirmation.by)} confirmed"
    elif best.hop is not None:
        link = f", over one mapping ({plain(best.hop.source)})"
    elif best.link is Link.LABEL:
        link = ", matched by name"
    level = ""
    if requirement.minimum_level is not None and best.level is not None:
        whole = " of the whole qualification" if best.whole_qualification else ""
        level = f" at {_spoken(best.level)}{whole} (asked: {_spoken(requirement.minimum_level)})"
    return f"{skill} is proved{level} by {_origin(best.claim)}{link}."


def _level_short(skill: str, requirement: Requirement, best: Evidence) -> str:
    if requirement.minimum_level is None or best.level is None:
        return f"{skill} is proved below the level that is asked."
    steps = _steps(shortfall(best.level, requirement.minimum_level) or 0)
    whole = ", the level of the whole qualification" if best.whole_qualification else ""
    asked = _spoken(requirement.minimum_level)
    return f"{skill} is proved at {_spoken(best.level)}{whole}, {steps} short of {asked}."


def _steps(short_by: float) -> str:
    """“1 level”, “2 levels”; a scale with fractions, O*NET's, has no levels to count."""
    if short_by != int(short_by):
        return f"{short_by:.2g}"
    return "1 level" if short_by == 1 else f"{short_by:g} levels"


def _level_unknown(skill: str, requirement: Requirement, best: Evidence) -> str:
    asked = _spoken(requirement.minimum_level) if requirement.minimum_level else "the level"
    if best.level is None:
        return f"{skill} is proved, but at no stated level; {asked} is asked."
    return f"{skill} is proved at {_spoken(best.level)}, which cannot be compared with {asked}."


def _related(skill: str, _: Requirement, best: Evidence) -> str:
    other = f"“{plain(best.claim.skill.name or best.claim.skill.id or '')}”"
    said = _RELATED.get(best.reason, "a related skill, {0}, is proved").format(other)
    return f"{skill} itself is not proved, but {said}; a person has to confirm that this counts."


def _claimed(skill: str, _: Requirement, best: Evidence) -> str:
    return f"{skill} is claimed in {_origin(best.claim)}, but {words_for(best.reason)}."


def _rejected(skill: str, _: Requirement, best: Evidence) -> str:
    return f"The evidence for {skill} was rejected: {words_for(best.reason)}."


def _spoken(level: Level) -> str:
    return plain(spoken(level))


_SAYINGS = {
    Standing.MET: _met,
    Standing.LEVEL_SHORT: _level_short,
    Standing.LEVEL_UNKNOWN: _level_unknown,
    Standing.RELATED_ONLY: _related,
    Standing.CLAIMED: _claimed,
    Standing.REJECTED_EVIDENCE: _rejected,
}
