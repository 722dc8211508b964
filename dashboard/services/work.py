"""Work in the background: leased items, progress from the store, cancel, resume, re-check."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from dashboard.services.board import PACE_ALONE, Checking
from dashboard.services.core import Core, found
from dashboard.services.marks import as_far_as_proved
from dashboard.services.reading import card_of, counts_of, item_rows
from dashboard.services.rechecking import due_items
from dashboard.services.standing import recount
from dashboard.services.values import BatchState, CredentialCard, ItemRow, Mark, Progress
from dashboard.store.queue import UNSEEN, ask_again
from dashboard.store.tables import Batch, CredentialRecord, Item

POLL = 0.02  # seconds between two looks at the store while somebody waits


class Work:
    """What a screen may ask of the work; the work itself is done by `workers.Workers`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def progress(self, batch_id: str) -> Progress:
        """Where the batch stands. Raises `Missing`."""
        with self._core.database.read() as session:
            return _progress(session, found(session.get(Batch, batch_id), "batch"), self._core.now())

    def items(
        self, batch_id: str, *, mark: Mark | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[ItemRow, ...]:
        """The batch's items in the order received, of one mark or all; a page of `limit` from `offset`."""
        query = select(Item).where(Item.batch_id == batch_id).order_by(Item.position, Item.id)
        query = query.limit(limit).offset(offset)
        if mark is not None:
            query = query.where(Item.mark == mark.value)
        with self._core.database.read() as session:
            return item_rows(session, query)

    def presented(self, item_ids: Sequence[str]) -> Mapping[str, tuple[CredentialCard, ...]]:
        """What is inside those of these items that are presentations, by item, in the order presented."""
        whole = (CredentialRecord.path == "") & (CredentialRecord.kind == "presentation")
        shown = select(CredentialRecord.item_id).where(CredentialRecord.item_id.in_(item_ids), whole)
        query = (
            select(CredentialRecord)
            .where(CredentialRecord.item_id.in_(shown), CredentialRecord.path != "")
            .order_by(CredentialRecord.id)
        )
        inside: dict[str, list[CredentialCard]] = {}
        with self._core.database.read() as session:
            for record in session.scalars(query):
                inside.setdefault(record.item_id, []).append(card_of(record))
        return {item_id: tuple(cards) for item_id, cards in inside.items()}

    def running(self, batch_id: str) -> Mapping[str, Checking]:
        """Where each item of the batch stands that is being checked at this moment, by its id.

        Ask before `items`: then nothing that has just begun or ended is drawn as both or neither.
        """
        query = select(Item.id).where(Item.batch_id == batch_id, Item.state == "running")
        with self._core.database.read() as session:
            return {item_id: self._look(item_id) for item_id in session.scalars(query)}

    def checking(self, item_id: str) -> Checking | None:
        """Where the check of one item stands; None: there is none."""
        with self._core.database.read() as session:
            state = session.scalar(select(Item.state).where(Item.id == item_id))
        if state == "running":
            return self._look(item_id)
        return Checking(is_begun=False) if state == "pending" else None

    def _look(self, item_id: str) -> Checking:
        seen = self._core.board.look(item_id)
        return replace(seen, ticks=as_far_as_proved(seen.ticks))

    def batches(self, *, limit: int = 20) -> tuple[Progress, ...]:
        """The latest batches, newest first."""
        query = select(Batch).order_by(Batch.created_at.desc(), Batch.id).limit(limit)
        with self._core.database.read() as session:
            now = self._core.now()
            return tuple(_progress(session, batch, now) for batch in session.scalars(query))

    def cancel(self, batch_id: str, *, actor: str = "local") -> None:
        """Take no further item of this batch; what is done stays, the rest stays pending."""
        self._set_cancelled(batch_id, True, "batch.cancelled", actor)

    def resume(self, batch_id: str, *, actor: str = "local") -> None:
        """Go on with what is pending."""
        self._set_cancelled(batch_id, False, "batch.resumed", actor)
        self._core.wake.set()

    def recheck(self, item_ids: Sequence[str], *, step_by_step: bool = False, actor: str = "local") -> None:
        """Verify these items again; earlier verdicts stay in the history.

        `step_by_step`: so slowly that each check can be watched; of the sample only.
        """
        if step_by_step:
            self._core.board.slow_down(item_ids, PACE_ALONE)
        self._recheck(Item.id.in_(item_ids), actor)

    def waiting(self) -> int:
        """How many items of all batches that go on have no verdict, or are asked for another."""
        query = select(func.count()).select_from(Item).join(Batch, Batch.id == Item.batch_id)
        unfinished = Item.state.in_(("pending", "running")), Batch.cancelled.is_(False)
        with self._core.database.read() as session:
            return session.scalar(query.where(*unfinished)) or 0

    def due(self, job_id: str | None = None) -> tuple[str, ...]:
        """Items whose re-check is due now, of one job or all; never those of the sample."""
        with self._core.database.read() as session:
            return tuple(session.scalars(due_items(job_id, self._core.now())))

    def count_due(self, job_id: str | None = None) -> int:
        """How many items are due."""
        with self._core.database.read() as session:
            due = due_items(job_id, self._core.now()).order_by(None).subquery()
            return session.scalar(select(func.count()).select_from(due)) or 0

    def recheck_due(self, job_id: str | None = None, *, actor: str = "local") -> int:
        """Verify again whatever is due: how many."""
        return self._recheck(Item.id.in_(due_items(job_id, self._core.now()).order_by(None)), actor)

    def recheck_applicant(self, applicant_id: str, *, actor: str = "local") -> None:
        """Verify everything of one person again."""
        self._recheck(Item.applicant_id == applicant_id, actor)

    def _recheck(self, wanted: ColumnElement[bool], actor: str) -> int:
        with self._core.database.write() as session:
            count = self.ask_again(session, wanted, actor)
        self._core.wake.set()
        return count

    def wait(self, batch_id: str, seconds: float = 30.0) -> Progress:
        """Block until nothing of the batch is being worked on, or `seconds` have passed."""
        deadline = time.monotonic() + seconds
        while True:
            progress = self.progress(batch_id)
            if progress.state is not BatchState.RUNNING or time.monotonic() > deadline:
                return progress
            time.sleep(POLL)

    def ask_again(self, session: Session, wanted: ColumnElement[bool], actor: str) -> int:
        """Queue items again in the caller's transaction: how many. Wake the workers afterwards."""
        now = self._core.now()
        theirs = Batch.id.in_(select(Item.batch_id).where(wanted))
        session.execute(update(Batch).where(theirs).values(cancelled=False), execution_options=UNSEEN)
        count = ask_again(session, wanted, now)
        if count:
            recount(session, select(Item.applicant_id).where(Item.state == "pending", Item.queued_at == now))
            self._core.log(session, actor, "item.recheck_asked", items=str(count))
        return count

    def _set_cancelled(self, batch_id: str, cancelled: bool, action: str, actor: str) -> None:
        with self._core.database.write() as session:
            found(session.get(Batch, batch_id), "batch").cancelled = cancelled
            self._core.log(session, actor, action, batch_id)


def _progress(session: Session, batch: Batch, now: datetime) -> Progress:
    mine = Item.batch_id == batch.id
    marks = session.execute(select(Item.mark, func.count()).where(mine).group_by(Item.mark))
    counts = counts_of({row[0]: row[1] for row in marks})
    running = session.scalar(select(func.count()).where(mine, Item.state == "running")) or 0
    return Progress(
        batch_id=batch.id,
        state=_state(batch, counts.pending, running),
        counts=counts,
        seconds_left=_seconds_left(session, batch, counts.pending, now),
        duplicates=tuple(batch.duplicates),
        job_id=batch.vacancy_id,
        sample=batch.sample,
        created_at=batch.created_at,
    )


def _state(batch: Batch, pending: int, running: int) -> BatchState:
    if pending == 0:
        return BatchState.FINISHED
    if batch.cancelled and running == 0:
        return BatchState.CANCELLED
    return BatchState.RUNNING


def _seconds_left(session: Session, batch: Batch, pending: int, now: datetime) -> float | None:
    """From the pace so far in this round; None before the first verdict of it."""
    if pending == 0:
        return 0.0
    mine = Item.batch_id == batch.id
    started = session.scalar(select(func.max(Item.queued_at)).where(mine))
    done = session.scalar(select(func.count()).where(mine, Item.done_at >= started)) if started else 0
    if not done or started is None:
        return None
    return (now - started).total_seconds() / done * pending
