"""Claims laid against a job: seven verdicts, each with its evidence (SKILLS §5).

A `Matcher` works a job out once – which identifiers, codes and names lead to which requirement, over at
most one published mapping – so that one applicant costs a few dictionary look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from verifier.skills.claim import Link, Skill, SkillClaim, keys_of
from verifier.skills.confidence import Confidence, confidence_of
from verifier.skills.frameworks import Frameworks, Relation, identity_of
from verifier.skills.frameworks.naming import folded
from verifier.skills.levels import NqfMapping
from verifier.skills.requirement import Requirement
from verifier.skills.requirements import JobRequirements
from verifier.skills.sentence import sentence_of
from verifier.skills.standing import RANK, Confirmation, Evidence, Route, Standing, judge

_Item = TypeVar("_Item")
MAX_LABELS = 200  # of one skill; ESCO's longest list has fewer than 100
MAX_REMEMBERED = 50_000  # skills whose way through one job is remembered; names are hostile, so it is bounded
MAX_RELATED = 2_000  # hops from one skill; the widest group of ESCO has a few hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementMatch:
    """What is proved of one requirement, and by what."""

    requirement: Requirement
    standing: Standing
    judged: tuple[Evidence, ...] = ()  # best first

    @property
    def evidence(self) -> tuple[SkillClaim, ...]:
        """The claims behind it, best first."""
        return tuple(item.claim for item in self.judged)

    @property
    def reason(self) -> str:
        """The stable code of what decided."""
        return self.judged[0].reason if self.judged else "no_evidence"

    @property
    def confidence(self) -> tuple[Confidence, str] | None:
        """The weakest link of the best evidence, with its reason; None without evidence."""
        return confidence_of(self.judged[0]) if self.judged else None

    @property
    def issuers(self) -> int:
        """How many independent issuers stand behind the standing; never changes it."""
        return len({item.claim.issuer_id for item in self.judged if item.standing is self.standing})

    @property
    def sentence(self) -> str:
        """The verdict explained in one English sentence; other languages are made from `reason`."""
        return sentence_of(self.requirement, self.standing, self.judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One applicant's claims against one job; without any total."""

    job: JobRequirements
    requirements: tuple[RequirementMatch, ...]
    as_of: datetime | None = None

    @property
    def required_met(self) -> int:
        """How many required rows are MET."""
        return sum(row.standing is Standing.MET and row.requirement.required for row in self.requirements)

    @property
    def headline(self) -> str:
        """E.g. "7 of 9 required verified, 1 level unknown, 1 no evidence; 3 of 5 preferred"."""
        parts = []
        required = [row.standing for row in self.requirements if row.requirement.required]
        preferred = [row.standing for row in self.requirements if not row.requirement.required]
        if required:
            rest = [
                f"{required.count(standing)} {standing.value.replace('_', ' ')}"
                for standing in Standing
                if standing is not Standing.MET and standing in required
            ]
            parts.append(", ".join([f"{self.required_met} of {len(required)} required verified", *rest]))
        if preferred:
            parts.append(f"{preferred.count(Standing.MET)} of {len(preferred)} preferred")
        return "; ".join(parts) or "nothing is asked for"

    def row(self, requirement_id: str) -> RequirementMatch:
        """The result for one requirement; `KeyError` for an id that the job does not have."""
        for row in self.requirements:
            if row.requirement.id == requirement_id:
                return row
        raise KeyError(requirement_id)


def match(
    job: JobRequirements,
    claims: Iterable[SkillClaim],
    *,
    frameworks: Frameworks | None = None,
    as_of: datetime | None = None,
    confirmations: Iterable[Confirmation] = (),
) -> Match:
    """`claims` of one applicant laid against `job`; for many applicants make one `Matcher`."""
    return Matcher(job, frameworks).match(claims, as_of=as_of, confirmations=confirmations)


def grouped(matches: Mapping[str, Match]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Applicants by required rows met, most first; who is equal stays in one group, in the order given."""
    groups: dict[int, list[str]] = {}
    for applicant, result in matches.items():
        groups.setdefault(result.required_met, []).append(applicant)
    return tuple((met, tuple(groups[met])) for met in sorted(groups, reverse=True))


class Matcher:
    """A job worked out once, for any number of applicants."""

    def __init__(
        self,
        job: JobRequirements,
        frameworks: Frameworks | None = None,
        *,
        national: tuple[NqfMapping, ...] = (),
    ) -> None:
        self.job = job
        self._national = national
        self._empty = tuple(
            RequirementMatch(requirement=requirement, standing=Standing.NO_EVIDENCE)
            for requirement in job.requirements
        )
        self._routes: dict[str, dict[int, Route]] = {}
        self._remembered: dict[Skill, dict[int, Route]] = {}
        for index, requirement in enumerate(job.requirements):
            for key, route in _routes(requirement, frameworks):
                # the first route found is the strongest: they come in that order
                self._routes.setdefault(key, {}).setdefault(index, route)

    def match(
        self,
        claims: Iterable[SkillClaim],
        *,
        as_of: datetime | None = None,
        confirmations: Iterable[Confirmation] = (),
    ) -> Match:
        """The seven verdicts for one applicant. What was issued or confirmed after `as_of` is left out."""
        confirmed = {
            (item.requirement_id, item.credential_sha, item.pointer): item
            for item in confirmations
            if as_of is None or item.at <= as_of
        }
        found: dict[int, list[Evidence]] = {}
        for claim in claims:
            if as_of is not None and claim.issued is not None and claim.issued > as_of:
                continue
            for index, route in self._reached(claim.skill).items():
                requirement = self.job.requirements[index]
                evidence = judge(
                    claim,
                    route,
                    requirement,
                    as_of=as_of,
                    confirmation=confirmed.get((requirement.id, claim.credential_sha, claim.pointer)),
                    national=self._national,
                )
                found.setdefault(index, []).append(evidence)
        return Match(job=self.job, requirements=self._rows(found), as_of=as_of)

    def _reached(self, skill: Skill) -> dict[int, Route]:
        """The requirements that a skill leads to, each by the strongest of its routes."""
        reached = self._remembered.get(skill)
        if reached is None:
            reached = {}
            for key in reversed(keys_of(skill)):
                reached |= self._routes.get(key, {})
            if len(self._remembered) < MAX_REMEMBERED:
                self._remembered[skill] = reached
        return reached

    def _rows(self, found: dict[int, list[Evidence]]) -> tuple[RequirementMatch, ...]:
        rows = list(self._empty)
        for index, evidence in found.items():
            judged = (
                tuple(sorted(_distinct(evidence), key=_best_first)) if len(evidence) > 1 else (*evidence,)
            )
            rows[index] = RequirementMatch(
                requirement=self.job.requirements[index], standing=judged[0].standing, judged=judged
            )
        return tuple(rows)


def _distinct(evidence: list[Evidence]) -> Iterator[Evidence]:
    """The same claim, given twice, is one piece of evidence."""
    seen = set()
    for item in evidence:
        claim = item.claim
        key = (claim.credential_sha, claim.pointer, claim.verdict, claim.level, item.standing)
        if key not in seen:
            seen.add(key)
            yield item


def _best_first(item: Evidence) -> tuple[int, int, str, str, str, str]:
    # Digest and pointer come last and only keep equals in one order: what is shown never depends on a name.
    confidence, why = confidence_of(item)
    claim = item.claim
    return RANK[item.standing], -confidence.rank, item.reason, why, claim.credential_sha, claim.pointer


def _routes(requirement: Requirement, frameworks: Frameworks | None) -> Iterator[tuple[str, Route]]:
    """Every key under which a claim leads to `requirement`, the strongest routes first."""
    skill = requirement.skill
    exact = Route(link=None, relation=Relation.EXACT)
    precise = [key for key in keys_of(skill) if not key.startswith("name:")]
    for key in precise:
        yield key, exact
    if frameworks is not None and skill.id:
        yield from _through_frameworks(requirement, skill.id, frameworks, exact)
    if requirement.match.label:
        # Equal names prove a requirement that has no identifier; beside an identifier they only point.
        relation = Relation.CLOSE if precise else Relation.EXACT
        named = Route(link=Link.LABEL, relation=relation)
        for name in _names(requirement, frameworks):
            yield f"name:{name}", named


def _through_frameworks(
    requirement: Requirement, id: str, frameworks: Frameworks, exact: Route
) -> Iterator[tuple[str, Route]]:
    current = frameworks.current(id)
    for same in (current, *frameworks.retired(current)):
        yield identity_of(same), exact
    hops = list(_first(frameworks.related(current), MAX_RELATED))
    hops.sort(key=lambda hop: list(Relation).index(hop.relation))
    for hop in hops:
        # A broader skill does not prove the narrower one, and shows nothing that a person could confirm.
        if hop.relation in (Relation.BROADER, Relation.RELATED):
            continue
        wanted = requirement.match.crosswalk if hop.relation is Relation.EXACT else requirement.match.related
        if wanted:
            yield identity_of(hop.id), Route(link=Link.CROSSWALK, relation=hop.relation, hop=hop)


def _names(requirement: Requirement, frameworks: Frameworks | None) -> Iterator[str]:
    if name := folded(requirement.skill.name):
        yield name
    if frameworks is not None and requirement.skill.id:
        for label in _first(frameworks.labels(requirement.skill.id), MAX_LABELS):
            yield folded(label)


def _first(items: Iterable[_Item], most: int) -> Iterator[_Item]:
    for item, _ in zip(items, range(most), strict=False):
        yield item


__all__ = ["Match", "Matcher", "RequirementMatch", "grouped", "match"]
