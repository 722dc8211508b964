"""The activity log: who, when, what; each line carries the digest of the one before."""

from __future__ import annotations

from datetime import datetime

from dashboard.services.records import ActivityRow, ChainState


class Activity:
    """Reads the log and proves that it is whole."""

    def rows(
        self,
        *,
        action: str = "",
        actor: str = "",
        subject: str = "",
        since: datetime | None = None,
        limit: int = 500,
    ) -> tuple[ActivityRow, ...]:
        """Lines that match everything given, newest first; `action` also matches as a prefix ("issuer.")."""
        raise NotImplementedError

    def verify(self) -> ChainState:
        """Walk the whole chain."""
        raise NotImplementedError
