"""The activity log: who, when, what; each line carries the digest of the one before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from dashboard.services.core import Core
from dashboard.services.records import ActivityRow, ChainState
from dashboard.store import journal
from dashboard.store.tables import LogLine


class Activity:
    """Reads the log and proves that it is whole."""

    def __init__(self, core: Core) -> None:
        self._core = core

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
        query = select(LogLine).order_by(LogLine.seq.desc()).limit(limit)
        if action:
            query = query.where(
                or_(LogLine.action == action, LogLine.action.startswith(action, autoescape=True))
            )
        if actor:
            query = query.where(LogLine.actor == actor)
        if subject:
            query = query.where(LogLine.subject == subject)
        if since:
            query = query.where(LogLine.at >= since)
        with self._core.database.read() as session:
            return tuple(_row(line) for line in session.scalars(query))

    def verify(self) -> ChainState:
        """Walk the whole chain."""
        with self._core.database.read() as session:
            chain = journal.walk(session)
        return ChainState(
            intact=chain.broken_at is None, length=chain.length, head=chain.head, broken_at=chain.broken_at
        )


def _row(line: LogLine) -> ActivityRow:
    return ActivityRow(
        seq=line.seq,
        at=line.at,
        actor=line.actor,
        action=line.action,
        subject=line.subject,
        detail=line.detail,
        digest=line.digest,
    )
