"""Downloads: CSV and Excel with formulas neutralised, raw files with checksums. Each one is logged."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services.activity import Activity
from dashboard.services.candidates import Candidates
from dashboard.services.core import Core
from dashboard.services.values import Download


class Exports:
    """Files to hand out. `names=False` leaves out everything but the pseudonym (analysts)."""

    def __init__(self, candidates: Candidates, activity: Activity, core: Core) -> None:
        self._candidates, self._activity, self._core = candidates, activity, core

    def candidates_csv(self, job_id: str | None, *, names: bool = False, actor: str = "local") -> Download:
        """The grid of a job."""
        raise NotImplementedError

    def candidates_xlsx(self, job_id: str | None, *, names: bool = False, actor: str = "local") -> Download:
        """The grid of a job: summary, requirements, credentials."""
        raise NotImplementedError

    def candidate_csv(self, applicant_id: str, *, names: bool = False, actor: str = "local") -> Download:
        """One person, a line for each requirement and piece of evidence."""
        raise NotImplementedError

    def candidate_xlsx(self, applicant_id: str, *, names: bool = False, actor: str = "local") -> Download:
        """One person: summary, requirements, credentials, checks."""
        raise NotImplementedError

    def comparison_csv(
        self,
        applicant_ids: Sequence[str],
        *,
        job_id: str | None = None,
        names: bool = False,
        actor: str = "local",
    ) -> Download:
        """Requirements × people."""
        raise NotImplementedError

    def comparison_xlsx(
        self,
        applicant_ids: Sequence[str],
        *,
        job_id: str | None = None,
        names: bool = False,
        actor: str = "local",
    ) -> Download:
        """Requirements × people."""
        raise NotImplementedError

    def coverage_csv(self, job_id: str, *, actor: str = "local") -> Download:
        """Coverage without names; counts under 5 are suppressed."""
        raise NotImplementedError

    def activity_csv(self, *, actor: str = "local") -> Download:
        """The whole log, digests included."""
        raise NotImplementedError

    def raw_zip(self, applicant_id: str, *, actor: str = "local") -> Download:
        """The person's files as handed in, with SHA256SUMS."""
        raise NotImplementedError
