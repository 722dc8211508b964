"""The threads that do the work: lease, verify, file; and one that keeps the leases of this process alive."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.services.core import Core
from dashboard.services.issuer_rows import list_file
from dashboard.services.standing import is_stale, restate, restate_stale
from dashboard.services.verifying import Verifying
from dashboard.store import StoreUnavailable
from dashboard.store.blobs import drop_unwanted
from dashboard.store.filing import file_verdict
from dashboard.store.queue import LEASE, Leased, free_all, lease, renew
from dashboard.store.tables import Blob, Item
from verifier import Step

LOG = logging.getLogger("skillproof.work")
STALE_AT_ONCE = 50  # people laid against a new version in one transaction: others wait some 0.2 s
PAUSE = 0.005  # seconds between two such transactions: whoever waits to write gets the turn
IDLE = 1.0  # seconds until an idle worker looks again: for leases that ran out elsewhere


class Workers:
    """Threads over one queue. The process may die at any moment: the store is the only memory."""

    def __init__(self, core: Core, verifying: Verifying) -> None:
        self._core, self._verifying = core, verifying
        self._owner = secrets.token_hex(8)
        self._stopping = threading.Event()
        self._laying = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(f"{self._owner}-{number}",), daemon=True)
            for number in range(core.settings.workers)
        ]
        self._keeper = threading.Thread(target=self._keep_house, daemon=True)

    def start(self, *, alone: bool) -> None:
        """Begin. `alone`: no other process works on this store, so every lease found is a dead one's."""
        if alone:
            with self._core.database.write() as session:
                free_all(session)
                drop_old_files(self._core, session)
        for thread in (*self._threads, self._keeper):
            thread.start()

    def stop(self) -> None:
        """Finish the items in hand, take no other, end."""
        self._stopping.set()
        self._core.wake.set()
        for thread in (*self._threads, self._keeper):
            thread.join()

    def _work(self, owner: str) -> None:
        while not self._stopping.is_set():
            try:
                if not self._take(owner):
                    self._core.wake.wait(IDLE)
                    if not self._stopping.is_set():  # else the others would sleep through the end
                        self._core.wake.clear()
            except StoreUnavailable as error:
                # Nothing was committed; `lease` gives this worker the same item again.
                LOG.error("store unavailable: %s", error)
                self._stopping.wait(IDLE)
            except Exception as error:
                # Ours. A thread that ends would leave its item leased for ever; the class alone is told.
                LOG.error("worker: %s", type(error).__name__)
                self._stopping.wait(IDLE)

    def _take(self, owner: str) -> bool:
        """Lay some people against a changed job, and work on one item; False: nothing to do."""
        stale = self._lay_stale()
        with self._core.database.write() as session:
            leased = lease(session, owner, self._core.now())
            issuers = list_file(session, sample=leased.sample) if leased else b""
        if leased is None:
            return stale > 0
        try:
            self._finish(leased, issuers)
        finally:
            self._core.board.wipe(leased.item_id)
        return True

    def _lay_stale(self) -> int:
        """Lay some people against a changed job: how many. One thread at a time, the others verify."""
        if not self._laying.acquire(blocking=False):
            return 0
        try:
            with self._core.database.read() as session:
                if not is_stale(session):
                    return 0
            with self._core.database.write() as session:
                return restate_stale(session, limit=STALE_AT_ONCE)
        finally:
            self._laying.release()
            self._stopping.wait(PAUSE)

    def _finish(self, leased: Leased, issuers: bytes) -> None:
        result = self._verifying.run(leased, issuers, self._noting(leased))
        with self._core.database.write() as session:
            item = file_verdict(session, leased, result, self._core.now())
            if item is None:
                return
            restate(session, item.applicant_id)
            self._core.log(
                session, "verifier", "item.verified", item.id, verdict=result.verdict, code=result.code
            )
            if not self._core.settings.keep_raw:
                _drop_raw(session, item)

    def _noting(self, leased: Leased) -> Callable[[Step], None]:
        """Puts each step on the board; waits a moment before an answer where somebody watches the sample."""
        board = self._core.board

        def note(step: Step) -> None:
            board.hear(leased.item_id, step)
            if leased.sample and step.result is None:
                self._pause(board.pace(leased.item_id))

        return note

    def _pause(self, seconds: float) -> None:
        """Long enough to be seen, and no longer than the services are open."""
        if seconds:
            self._stopping.wait(seconds)

    def _keep_house(self) -> None:
        """Keep the leases of this process alive, and drop files whose time is over."""
        while not self._stopping.wait(LEASE.total_seconds() / 3):
            try:
                with self._core.database.write() as session:
                    for number in range(len(self._threads)):
                        renew(session, f"{self._owner}-{number}", self._core.now())
                    drop_old_files(self._core, session)
            except StoreUnavailable as error:
                LOG.error("store unavailable: %s", error)
            except Exception as error:
                # Ours. Without this thread every lease of this process would run out.
                LOG.error("keeper: %s", type(error).__name__)


def drop_old_files(core: Core, session: Session) -> None:
    """Drop the files that were kept as long as the installation says; the verdicts stay."""
    days = core.settings.retention_days
    dropped = drop_unwanted(session, core.now() - timedelta(days=days)) if days else 0
    if dropped:
        core.log(session, "retention", "file.dropped", files=str(dropped))


def _drop_raw(session: Session, item: Item) -> None:
    """Forget the file once it has its verdict, unless somebody else's item still waits for the same bytes."""
    waiting = select(Item.id).where(Item.sha256 == item.sha256, Item.state != "done")
    if item.url is None and session.scalars(waiting).first() is None:
        session.execute(delete(Blob).where(Blob.sha256 == item.sha256))
