"""What a job asks for, as data (SKILLS §5).

{"version": 1, "id": "job-7", "name": "Data analyst", "revision": 3, "requirements": [
  {"id": "r1", "skill": {"id": "http://data.europa.eu/esco/skill/…", "name": "data mining",
         "framework": "ESCO"},
   "required": true, "weight": 1, "minimum_level": {"scheme": "EQF", "value": "6"}, "must_hold": false,
   "evidence": {"issuer_tier": "recognised", "issuers": ["did:web:college.example"], "max_age_days": 1095,
                "assessed": true, "identity_verified": false, "self_asserted_allowed": false},
   "match": {"crosswalk": true, "related": true, "label": true}}]}
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from verifier import strict_json
from verifier.policy import Limits
from verifier.skills.requirement import JobUnreadable, Requirement
from verifier.skills.requirement_json import Fields, read_requirement, requirement_json

MAX_REQUIREMENTS = 1_000  # the longest ESCO occupation has fewer than 200 skills

_JOB = frozenset({"version", "id", "name", "revision", "requirements"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequirements:
    """A job as data. `parse` and `to_json` are inverse to each other."""

    version: ClassVar[int] = 1  # of the JSON form
    id: str
    name: str
    revision: int = 1  # of the job: a result names the one that it was made against
    requirements: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for number, requirement in enumerate(self.requirements, 1):
            if requirement.id in seen:
                raise JobUnreadable(f"row {number}", "id", f"“{requirement.id}” stands twice")
            seen.add(requirement.id)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The job in `data`. Raises `Unreadable` (`JobUnreadable` names the row and the column)."""
        job = Fields(strict_json.read_object(data, Limits()), _JOB, "the job")
        if job.get("version", int) != cls.version:
            raise job.refuse("version", f"is not {cls.version}")
        rows = job.get("requirements", list)
        if len(rows) > MAX_REQUIREMENTS:
            raise job.refuse("requirements", f"has more than {MAX_REQUIREMENTS} rows")
        if (revision := job.get("revision", int, 1)) < 1:
            raise job.refuse("revision", "is below 1")
        return cls(
            id=job.get("id", str),
            name=job.get("name", str),
            revision=revision,
            requirements=tuple(read_requirement(row, number) for number, row in enumerate(rows, 1)),
        )

    def to_json(self) -> bytes:
        """UTF-8 JSON, the same bytes for the same job. Defaults are written out: none can shift."""
        document = {
            "version": self.version,
            "id": self.id,
            "name": self.name,
            "revision": self.revision,
            "requirements": [requirement_json(requirement) for requirement in self.requirements],
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")

    def revised(self, requirements: tuple[Requirement, ...]) -> Self:
        """The next revision of this job, with other requirements."""
        return replace(self, requirements=requirements, revision=self.revision + 1)
