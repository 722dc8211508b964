"""verify_many(): many sources over any `concurrent.futures.Executor`, in order, in chunks.

A chunk that breaks its worker is run again one by one, so that only the source that broke it is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing import get_context

from verifier import net
from verifier.given import Applicant, Source
from verifier.policy import Policy
from verifier.report import Report
from verifier.trust.source import TrustSource
from verifier.verification import clock, not_verified, verify

CHUNK = 100  # one at a time costs an executor more than the work itself (ARCHITECTURE §10)
AHEAD = 4  # chunks submitted before the first is asked for: enough to keep workers busy, bounded in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """The employer's side, the same for every source; crosses process borders."""

    policy: Policy | None
    trust: tuple[TrustSource, ...]
    applicant: Applicant | None
    web: net.Web | None
    now: datetime


def verify_many(
    sources: Iterable[Source],
    *,
    policy: Policy | None = None,
    trust: Iterable[TrustSource] = (),
    applicant: Applicant | None = None,
    web: net.Web | None = None,
    now: datetime | None = None,
    executor: Executor | None = None,
) -> Iterator[Report]:
    """A report for each of `sources`, in their order, each as soon as it and those before it are done.

    All are judged at the same `now`. Without an `executor` the work is done here, one at a time. Raises
    `ValueError` at once for a `now` without a time zone.
    """
    options = _Options(policy=policy, trust=tuple(trust), applicant=applicant, web=web, now=clock(now))
    if executor is None:
        return (_one(source, options) for source in sources)
    return _over(executor, iter(sources), options)


def _one(source: Source, options: _Options) -> Report:
    return verify(
        source,
        policy=options.policy,
        trust=options.trust,
        applicant=options.applicant,
        web=options.web,
        now=options.now,
    )


def _chunk(sources: tuple[Source, ...], options: _Options) -> tuple[Report, ...]:
    return tuple(_one(source, options) for source in sources)


def _over(executor: Executor, sources: Iterator[Source], options: _Options) -> Iterator[Report]:
    workers = _Workers(executor)
    running: deque[tuple[tuple[Source, ...], Future[tuple[Report, ...]]]] = deque()
    try:
        while True:
            while len(running) < AHEAD and (chunk := tuple(islice(sources, CHUNK))):
                running.append((chunk, workers.submit(chunk, options)))
            if not running:
                return
            chunk, future = running.popleft()
            try:
                reports = future.result()
            except BrokenExecutor:  # a worker died, and took with it whatever the others were doing
                reports = tuple(_in_own_process(chunk, options))
            except Exception:  # one source broke the chunk: find out which
                reports = tuple(_apart(workers, source, options) for source in chunk)
            yield from reports
    finally:
        workers.close()


class _Workers:
    """The executor that was given; once a dead worker has broken it, a pool of processes of our own."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._own: list[Executor] = []

    def submit(self, chunk: tuple[Source, ...], options: _Options) -> Future[tuple[Report, ...]]:
        try:
            return self._executor.submit(_chunk, chunk, options)
        except BrokenExecutor:
            self._executor = _processes(None)
            self._own.append(self._executor)
            return self._executor.submit(_chunk, chunk, options)

    def close(self) -> None:
        for executor in self._own:
            executor.shutdown(cancel_futures=True)


def _processes(count: int | None) -> Executor:
    # Spawned, not forked: whoever calls may run threads, and a fork copies their locks as they stand.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


def _in_own_process(chunk: tuple[Source, ...], options: _Options) -> Iterator[Report]:
    """Each source alone in a worker of its own: the one that kills it is known, the others are judged."""
    alone = _processes(1)
    try:
        for source in chunk:
            try:
                yield alone.submit(_one, source, options).result()
            except Exception as error:
                yield _lost(source, options, error)
                if isinstance(error, BrokenExecutor):
                    alone.shutdown()
                    alone = _processes(1)
    finally:
        alone.shutdown()


def _apart(workers: _Workers, source: Source, options: _Options) -> Report:
    try:
        return workers.submit((source,), options).result()[0]
    except Exception as error:
        return _lost(source, options, error)


def _lost(source: Source, options: _Options, error: Exception) -> Report:
    return not_verified(source, options.policy or Policy.standard(), options.now, error)
