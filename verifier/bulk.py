"""verify_many(): many sources over any `concurrent.futures.Executor`, in order, in chunks.

A chunk that breaks its worker is run again one by one, so that only the source that broke it is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from verifier import net
from verifier.given import Applicant, Source
from verifier.policy import Policy
from verifier.report import Report
from verifier.trust.source import TrustSource
from verifier.verification import not_verified, verify

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

    All are judged at the same `now`. Without an `executor` the work is done here, one at a time.
    """
    options = _Options(
        policy=policy, trust=tuple(trust), applicant=applicant, web=web, now=now or datetime.now(UTC)
    )
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
    running: deque[tuple[tuple[Source, ...], Future[tuple[Report, ...]]]] = deque()
    while True:
        while len(running) < AHEAD and (chunk := tuple(islice(sources, CHUNK))):
            running.append((chunk, executor.submit(_chunk, chunk, options)))
        if not running:
            return
        chunk, future = running.popleft()
        try:
            reports = future.result()
        except Exception:  # a worker died, or could not be reached: find out which source it was
            reports = tuple(_apart(executor, source, options) for source in chunk)
        yield from reports


def _apart(executor: Executor, source: Source, options: _Options) -> Report:
    try:
        return executor.submit(_chunk, (source,), options).result()[0]
    except Exception as error:
        return not_verified(source, options.policy or Policy.standard(), options.now, error)
