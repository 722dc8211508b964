"""The activity log: who, when, what; each line carries the digest of the one before."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, or_, select

from dashboard.services.core import Core
from dashboard.services.records import ActivityRow, ChainState, DayRow
from dashboard.store import journal
from dashboard.store.tables import LogLine, Member, ReportRecord


class Activity:
    """Reads the log and proves that it is whole."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def rows(
        self,
        *,
        action: str = "",
        who: str = "",
        subject: str = "",
        since: datetime | None = None,
        limit: int = 500,
    ) -> tuple[ActivityRow, ...]:
        """Lines that match everything given, newest first.

        `action` also matches as a prefix ("issuer."), `who` as the label of a member.
        """
        query = select(LogLine).order_by(LogLine.seq.desc()).limit(limit)
        if action:
            query = query.where(
                or_(LogLine.action == action, LogLine.action.startswith(action, autoescape=True))
            )
        if who:
            called = select(Member.id).where(Member.label == who)
            query = query.where(or_(LogLine.actor == who, LogLine.actor.in_(called)))
        if subject:
            query = query.where(LogLine.subject == subject)
        if since:
            query = query.where(LogLine.at >= since)
        with self._core.database.read() as session:
            return tuple(_row(line) for line in session.scalars(query))

    def checks_a_day(self, days: int = 30) -> tuple[DayRow, ...]:
        """How many checks ended on each of the last days, today last; a day without any is there too."""
        today = self._core.now().date()
        first = today - timedelta(days=days - 1)
        since = datetime.combine(first, time(), UTC)
        day = func.date(ReportRecord.created_at)
        query = select(day, func.count()).where(ReportRecord.created_at >= since).group_by(day)
        with self._core.database.read() as session:
            counts = {str(when): count for when, count in session.execute(query)}
        dates = [first + timedelta(days=place) for place in range(days)]
        return tuple(DayRow(day=one, checks=counts.get(one.isoformat(), 0)) for one in dates)

    def actors(self) -> tuple[str, ...]:
        """Everybody who did something."""
        with self._core.database.read() as session:
            return tuple(session.scalars(select(LogLine.actor).distinct().order_by(LogLine.actor)))

    def now(self) -> datetime:
        """The clock of the lines."""
        return self._core.now()

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
