"""How things come in: files, pasted text, links, the sample. Each becomes an item before any work starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dashboard.services.values import Given, Grouping, Incoming


class Intake:
    """Makes applicants and batches."""

    def load_sample(self, *, actor: str = "local") -> str:
        """Load `sample_data/` through real verification, with its frozen clock and bundled web: the batch id.

        Idempotent: a second call gives the batch that is there. The sample's job is `jobs.sample_id()`.
        """
        raise NotImplementedError

    def reset_sample(self, *, actor: str = "local") -> str:
        """Delete the sample's people, job and issuers and load them anew: the new batch id."""
        raise NotImplementedError

    def sample_clock(self) -> datetime:
        """The frozen clock of the sample: "demo clock"."""
        raise NotImplementedError

    def receive(
        self,
        incoming: Sequence[Incoming],
        *,
        job_id: str | None = None,
        grouping: Grouping = Grouping.ONE_PERSON,
        applicant_id: str | None = None,
        given: Given | None = None,
        purpose: str = "",
        actor: str = "local",
    ) -> str:
        """Commit `incoming` as one batch and start on it: the batch id.

        With `applicant_id` everything belongs to that person (raises `Missing` if gone); else `grouping`
        decides who is made, and `given` is what is known of the one person. The same bytes from the same
        person are taken once and named in `Progress.duplicates`. Raises `ValueError` when `incoming` is empty.
        """
        raise NotImplementedError

    def receive_table(self, data: bytes, *, job_id: str | None = None, actor: str = "local") -> str:
        """Commit a CSV of people (columns `name`, `email`, `link`; one row a link): the batch id.

        Raises `ValueError` with a sentence for the reader when the table cannot be used.
        """
        raise NotImplementedError

    def pasted(self, text: str) -> Incoming:
        """Pasted text as something to receive: a link when it is one https address, else the text's bytes."""
        raise NotImplementedError
