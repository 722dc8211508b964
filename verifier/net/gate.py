"""How many connections there are at once, and when a failing host is left in peace (SECURITY §3)."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Lock

PER_HOST = 2  # a college's server is somebody else's machine
IN_ALL = 16
FAILURES = 5
PAUSE_SECONDS = 60.0
HOSTS_REMEMBERED = 1_000  # names come from uploads: what is kept by name is bounded


class Busy(Exception):
    """No connection became free in time."""


@dataclass(slots=True)
class Gate:
    """At most `per_host` connections to one host and `in_all` together."""

    per_host: int = PER_HOST
    in_all: int = IN_ALL
    _open: Counter[str] = field(default_factory=Counter)
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def through(self, host: str, seconds: float) -> Iterator[None]:
        """Holds one connection to `host`; raises `Busy` when none became free within `seconds`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_free(host), timeout=max(seconds, 0.0)):
                raise Busy(host)
            self._open[host] += 1
        try:
            yield
        finally:
            with self._changed:
                self._open[host] -= 1
                self._open += Counter()  # forgets hosts without a connection
                self._changed.notify_all()

    def _is_free(self, host: str) -> bool:
        return self._open[host] < self.per_host and self._open.total() < self.in_all


@dataclass(slots=True)
class Breaker:
    """Remembers hosts that failed `FAILURES` times in a row; they rest for `PAUSE_SECONDS`."""

    clock: Callable[[], float]  # seconds, monotonic
    _failures: OrderedDict[str, tuple[int, float]] = field(
        default_factory=OrderedDict
    )  # count, time of the last
    _lock: Lock = field(default_factory=Lock)

    def is_resting(self, host: str) -> bool:
        """Whether `host` is not to be asked now. After the pause one attempt decides."""
        with self._lock:
            count, last = self._failures.get(host, (0, 0.0))
            return count >= FAILURES and self.clock() - last < PAUSE_SECONDS

    def record(self, host: str, *, failed: bool) -> None:
        """Note how an attempt ended; one success wipes the slate."""
        with self._lock:
            count, _ = self._failures.pop(host, (0, 0.0))
            if failed:
                self._failures[host] = (count + 1, self.clock())
                while len(self._failures) > HOSTS_REMEMBERED:
                    self._failures.popitem(last=False)
