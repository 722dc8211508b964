"""Public answers, kept for a while: bytes by address, never a verdict, never anything that a person gave us.

Key sets, status lists and registries are the same for every applicant, so that asking once for many also
keeps from their hosts whose credential is looked at. A `SOURCE` is a person's own and is never kept.
"""

from __future__ import annotations

import copy
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock
from types import MappingProxyType

from verifier.errors import Unreachable
from verifier.flow import Fetch, Fetched, Purpose
from verifier.net.web import Web
from verifier.policy import Limits

KEPT_SECONDS = MappingProxyType({Purpose.KEY: 3_600.0, Purpose.STATUS: 900.0, Purpose.REGISTRY: 21_600.0})
REFUSAL_SECONDS = 60.0  # an outage is asked about once a minute, not once a credential
MAX_ENTRIES = 4_096
MAX_BYTES = 256 * 1024 * 1024  # eight of the largest registries

Key = tuple[
    str, Purpose, tuple[str, ...]
]  # what may be read and where it may redirect depends on the purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    outcome: Fetched | Unreachable
    until: float  # on the cache's clock
    patience: timedelta  # how long was waited at most: a hurried failure answers nobody with more time
    size: int

    def serves(self, now: float, limits: Limits) -> bool:
        if now >= self.until:
            return False
        return isinstance(self.outcome, Fetched) or self.patience >= limits.fetch_timeout


class CachingWeb:
    """`web`, asked once for equal wishes. Bounded in entries and bytes: the least recently used goes."""

    def __init__(
        self,
        web: Web,
        clock: Callable[[], float] = time.monotonic,
        *,
        max_entries: int = MAX_ENTRIES,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._web, self._clock, self._max_entries, self._max_bytes = web, clock, max_entries, max_bytes
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._bytes = 0
        self._flights: dict[Key, Event] = {}
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[CachingWeb], tuple[Web, Callable[[], float]]]:
        """A copy in another process begins empty: nothing kept here travels."""
        return type(self), (self._web, self._clock)

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        """The answer to `wish`, perhaps one given before; raises only `Unreachable`."""
        if wish.purpose not in KEPT_SECONDS:
            return self._web.fetch(wish, limits)
        key = (wish.url, wish.purpose, wish.accept)
        end = time.monotonic() + limits.fetch_timeout.total_seconds()
        while True:
            with self._lock:
                if entry := self._kept(key, limits):
                    return _answer(entry)
                flight = self._flights.get(key)
                if flight is None:
                    self._flights[key] = Event()
            if flight is None:
                return self._lead(key, wish, limits)
            if not flight.wait(max(end - time.monotonic(), 0.0)):
                raise Unreachable(wish.url, "it took too long")

    def _lead(self, key: Key, wish: Fetch, limits: Limits) -> Fetched:
        """Ask for everybody who waits for `key`; whatever happens, let them go on."""
        try:
            fetched = self._web.fetch(wish, limits)
        except Unreachable as error:
            if error.asked:  # What was not asked costs little to refuse again, and may be free in a moment.
                self._keep(key, copy.copy(error), REFUSAL_SECONDS, limits, size=0)
            raise
        else:
            self._keep(key, fetched, KEPT_SECONDS[wish.purpose], limits, size=len(fetched.body))
            return fetched
        finally:
            with self._lock:
                self._flights.pop(key).set()

    def _kept(self, key: Key, limits: Limits) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is None or not entry.serves(self._clock(), limits):
            return None
        self._entries.move_to_end(key)
        return entry

    def _keep(
        self, key: Key, outcome: Fetched | Unreachable, seconds: float, limits: Limits, *, size: int
    ) -> None:
        until = self._clock() + seconds
        entry = _Entry(outcome=outcome, until=until, patience=limits.fetch_timeout, size=size)
        with self._lock:
            if replaced := self._entries.pop(key, None):
                self._bytes -= replaced.size
            self._entries[key] = entry
            self._bytes += size
            while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
                _, oldest = self._entries.popitem(last=False)
                self._bytes -= oldest.size


def _answer(entry: _Entry) -> Fetched:
    if isinstance(entry.outcome, Unreachable):
        raise copy.copy(entry.outcome)  # a fresh one: a raised exception holds on to its caller's frames
    return entry.outcome
