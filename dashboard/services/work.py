"""Work in the background: leased items, progress from the store, cancel, resume, re-check."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services.values import ItemRow, Mark, Progress


class Work:
    """Runs items on a thread pool; everything a screen shows of it is read from the store."""

    def progress(self, batch_id: str) -> Progress:
        """Where the batch stands. Raises `Missing`."""
        raise NotImplementedError

    def items(self, batch_id: str, *, mark: Mark | None = None) -> tuple[ItemRow, ...]:
        """The batch's items in the order received, of one mark or all."""
        raise NotImplementedError

    def batches(self, *, limit: int = 20) -> tuple[Progress, ...]:
        """The latest batches, newest first."""
        raise NotImplementedError

    def cancel(self, batch_id: str, *, actor: str = "local") -> None:
        """Take no further item of this batch; what is done stays, the rest stays pending."""
        raise NotImplementedError

    def resume(self, batch_id: str, *, actor: str = "local") -> None:
        """Go on with what is pending."""
        raise NotImplementedError

    def recheck(self, item_ids: Sequence[str], *, actor: str = "local") -> None:
        """Verify these items again; earlier verdicts stay in the history."""
        raise NotImplementedError

    def recheck_applicant(self, applicant_id: str, *, actor: str = "local") -> None:
        """Verify everything of one person again."""
        raise NotImplementedError

    def wait(self, batch_id: str, seconds: float = 30.0) -> Progress:
        """Block until nothing of the batch is being worked on, or `seconds` have passed."""
        raise NotImplementedError
