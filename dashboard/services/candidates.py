"""People: the grid, one person requirement by requirement, comparison, coverage, decisions, deletion."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services.people import CandidateDetail, CandidateRow, Comparison, Coverage, DecisionWord
from dashboard.services.values import Given


class Candidates:
    """What is known of the people behind the credentials."""

    def rows(self, job_id: str | None = None) -> tuple[CandidateRow, ...]:
        """Everybody of one job (None: everybody), in the order received: never ranked here."""
        raise NotImplementedError

    def detail(self, applicant_id: str) -> CandidateDetail:
        """Everything about one person. Raises `Missing`."""
        raise NotImplementedError

    def compare(self, applicant_ids: Sequence[str], *, job_id: str | None = None) -> Comparison:
        """2 to 5 people against one job (None: the first person's).

        Ids that name nobody are listed in `removed` and do not count. Raises `ValueError` for another
        number, or where there is no job.
        """
        raise NotImplementedError

    def coverage(self, job_id: str) -> Coverage:
        """All people of a job against its requirements. Raises `Missing`."""
        raise NotImplementedError

    def decide(self, applicant_id: str, decision: DecisionWord, note: str, *, actor: str = "local") -> None:
        """Record a decision. Raises `NoteRequired` for a blank note, `Missing`."""
        raise NotImplementedError

    def reveal(self, applicant_id: str, reason: str, *, actor: str = "local") -> CandidateRow:
        """The person by name, logged with the reason. Raises `NoteRequired`, `Missing`."""
        raise NotImplementedError

    def set_given(self, applicant_id: str, given: Given, *, actor: str = "local") -> None:
        """Change what is established about the person and check everything of theirs again."""
        raise NotImplementedError

    def move(self, applicant_id: str, job_id: str | None, *, actor: str = "local") -> None:
        """Consider the person for another job."""
        raise NotImplementedError

    def delete(self, applicant_id: str, *, actor: str = "local") -> None:
        """Delete the person with credentials, reports and decisions; the log keeps that, not who."""
        raise NotImplementedError
