"""Runs flows against a web: one, or many side by side, and writes down every address that was asked.

The driver decides no outcome: what cannot be had goes into the flow as an `Unreachable`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from verifier.errors import Offline, Unreachable
from verifier.flow import Fetch, Fetched, Flow, drive
from verifier.net.web import Web
from verifier.policy import Limits
from verifier.report import Consulted

T = TypeVar("T")
Ran = tuple[T, tuple[Consulted, ...]]

WORKERS = 8  # threads mostly wait; the web itself bounds connections
AHEAD = 2  # flows started for each worker before the first result is taken: keeps a long list lazy


class OfflineWeb:
    """Asks nobody: every wish ends as `Offline`."""

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        raise Offline(wish.url)


def run(flow: Flow[T], web: Web, limits: Limits, *, at: datetime, offline: bool = False) -> Ran[T]:
    """What `flow` returns, and the addresses that were asked for it, sorted.

    `limits.item_timeout` covers all of them together: each is given at most what is left of it.
    """
    ledger = _Ledger(OfflineWeb() if offline else web, limits, at)
    result = drive(flow, ledger.answer)
    return result, ledger.consulted()


def run_all(
    makers: Iterable[Callable[[], Flow[T]]],
    web: Web,
    limits: Limits,
    *,
    at: datetime,
    offline: bool = False,
    workers: int = WORKERS,
) -> Iterator[Ran[T]]:
    """`run` of what each maker makes, side by side in threads, yielded in the order of the makers.

    Makers are taken a few at a time. An exception of a flow is raised when its turn comes.
    """

    def one(make: Callable[[], Flow[T]]) -> Ran[T]:
        return run(make(), web, limits, at=at, offline=offline)

    waiting = iter(makers)
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="verify")
    try:
        running: deque[Future[Ran[T]]] = deque()
        running.extend(pool.submit(one, make) for make in islice(waiting, workers * AHEAD))
        while running:
            yield running.popleft().result()
            running.extend(pool.submit(one, make) for make in islice(waiting, 1))
    finally:
        pool.shutdown(cancel_futures=True)


class _Ledger:
    """Answers the wishes of one flow and keeps the list of who was asked."""

    def __init__(self, web: Web, limits: Limits, at: datetime) -> None:
        self._web, self._limits, self._at = web, limits, at
        self._end = time.monotonic() + limits.item_timeout.total_seconds()
        self._asked: dict[str, Consulted] = {}

    def answer(self, wish: Fetch) -> Fetched:
        left = timedelta(seconds=self._end - time.monotonic())
        if left <= timedelta(0):
            raise Unreachable(wish.url, "the time for all addresses of this file was used up")
        limits = replace(self._limits, fetch_timeout=min(self._limits.fetch_timeout, left))
        try:
            fetched = self._web.fetch(wish, limits)
        except Unreachable as error:
            for url in error.hops or ((wish.url,) if error.asked else ()):
                self._note(url)
            raise
        for url in fetched.hops[:-1]:
            self._note(url)
        self._note(fetched.url, fetched.body)
        return fetched

    def _note(self, url: str, body: bytes | None = None) -> None:
        """One entry for an address: its last usable answer, where it ever gave one."""
        if body is not None:
            digest = sha256(body).hexdigest()
            self._asked[url] = Consulted(url=url, sha256=digest, bytes=len(body), at=self._at)
        elif url not in self._asked:
            self._asked[url] = Consulted(url=url, sha256=None, bytes=0, at=self._at)

    def consulted(self) -> tuple[Consulted, ...]:
        return tuple(sorted(self._asked.values(), key=lambda entry: entry.url))
