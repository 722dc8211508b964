"""Jobs and their requirements; every save is a version."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services.records import JobDetail, JobRow, RequirementRow, SkillSuggestion
from dashboard.services.values import Download


class Jobs:
    """The employer's vacancies."""

    def rows(self) -> tuple[JobRow, ...]:
        """All jobs, newest first."""
        raise NotImplementedError

    def sample_id(self) -> str | None:
        """The sample's job, if it is loaded."""
        raise NotImplementedError

    def detail(self, job_id: str, *, version: int | None = None) -> JobDetail:
        """One job at one version (None: the current). Raises `Missing`."""
        raise NotImplementedError

    def problems(self, requirements: Sequence[RequirementRow]) -> tuple[tuple[int, str], ...]:
        """What is wrong, as (row index, code); empty: may be saved.

        Codes: `skill_missing`, `skill_id_invalid`, `duplicate`, `level_incomplete`, `age_invalid`,
        `tier_invalid`.
        """
        raise NotImplementedError

    def touches(self, job_id: str) -> int:
        """How many people a save would touch."""
        raise NotImplementedError

    def create(self, title: str, requirements: Sequence[RequirementRow] = (), *, actor: str = "local") -> str:
        """A new job: its id. Raises `ValueError` for a blank title or rows with problems."""
        raise NotImplementedError

    def save(
        self,
        job_id: str,
        requirements: Sequence[RequirementRow],
        *,
        title: str | None = None,
        note: str = "",
        actor: str = "local",
    ) -> int:
        """Save a new version and lay everybody against it: the version. Raises `ValueError`, `Missing`."""
        raise NotImplementedError

    def delete(self, job_id: str, *, actor: str = "local") -> None:
        """Delete a job that nobody applied to. Raises `ValueError` while it has people, `Missing`."""
        raise NotImplementedError

    def suggest(self, text: str, *, limit: int = 5) -> tuple[SkillSuggestion, ...]:
        """Skills that `text` may mean; empty where there is nothing to suggest from."""
        raise NotImplementedError

    def read(self, data: bytes) -> tuple[str, tuple[RequirementRow, ...]]:
        """Title and requirements out of a job file in JSON. Raises `ValueError` with a sentence."""
        raise NotImplementedError

    def file(self, job_id: str) -> Download:
        """The job as a file that `read` and `python -m verifier --job` take."""
        raise NotImplementedError
