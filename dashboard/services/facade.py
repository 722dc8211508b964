"""The services, put together over one store."""

from __future__ import annotations

from pathlib import Path

from dashboard.services.activity import Activity
from dashboard.services.candidates import Candidates
from dashboard.services.evidence import Evidence
from dashboard.services.exports import Exports
from dashboard.services.intake import Intake
from dashboard.services.issuers import Issuers
from dashboard.services.jobs import Jobs
from dashboard.services.work import Work


class Services:
    """One open store and everything that a view may ask of it. Safe to share between threads and sessions."""

    intake: Intake  # files, text, links, sample → a batch
    work: Work  # progress, cancel, resume, re-check
    candidates: Candidates  # grid, person, compare, coverage, decisions
    evidence: Evidence  # one credential, its raw file
    jobs: Jobs
    issuers: Issuers
    activity: Activity
    exports: Exports

    @classmethod
    def open(cls, home: Path | None = None, *, database_url: str | None = None) -> Services:
        """The services over the store in `home` (default: SKILLPROOF_HOME, else the user's data folder).

        Checks the store's integrity, brings its tables up to date, and resumes what a crash left behind.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let running items finish, stop the workers, close the store."""
        raise NotImplementedError

    @property
    def offline(self) -> bool:
        """Whether no address is asked at all (SKILLPROOF_OFFLINE=1): show the banner."""
        raise NotImplementedError
