"""Hosts are somebody else's machines: few connections at once, and rest for those that fail."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from verifier.net.gate import FAILURES, HOSTS_REMEMBERED, PAUSE_SECONDS, Breaker, Busy, Gate


def test_a_host_has_two_connections_at_a_time() -> None:
    gate = Gate()
    with gate.through("a.example", 0), gate.through("a.example", 0):
        with pytest.raises(Busy), gate.through("a.example", 0.01):
            pass
        with gate.through("b.example", 0):
            pass
    with gate.through("a.example", 0):
        pass


def test_all_hosts_together_have_sixteen() -> None:
    gate = Gate()
    with ExitStack() as stack:
        for number in range(16):
            stack.enter_context(gate.through(f"{number}.example", 0))
        with pytest.raises(Busy):
            stack.enter_context(gate.through("one-more.example", -1))
    with gate.through("one-more.example", 0):
        pass


def test_a_failed_exchange_gives_its_place_back() -> None:
    gate = Gate(per_host=1)
    for _ in range(3):
        with pytest.raises(RuntimeError), gate.through("a.example", 0):
            raise RuntimeError


def test_who_waits_is_let_through_when_a_place_becomes_free() -> None:
    gate, now, most, lock = Gate(), [0], [0], threading.Lock()

    def pass_through(_: int) -> None:
        with gate.through("a.example", 10):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.002)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(pass_through, range(40)))
    assert most[0] == 2


def test_five_failures_in_a_row_give_a_host_a_minute_of_rest() -> None:
    moment = [0.0]
    breaker = Breaker(lambda: moment[0])
    for _ in range(FAILURES):
        assert not breaker.is_resting("a.example")
        breaker.record("a.example", failed=True)
    assert breaker.is_resting("a.example")
    assert not breaker.is_resting("b.example")
    moment[0] = PAUSE_SECONDS
    assert not breaker.is_resting("a.example")
    breaker.record("a.example", failed=True)  # one attempt after the pause, and it failed again
    assert breaker.is_resting("a.example")


def test_one_success_wipes_the_slate() -> None:
    breaker = Breaker(lambda: 0.0)
    for _ in range(FAILURES - 1):
        breaker.record("a.example", failed=True)
    breaker.record("a.example", failed=False)
    breaker.record("a.example", failed=True)
    assert not breaker.is_resting("a.example")


def test_only_so_many_failing_hosts_are_remembered() -> None:
    breaker = Breaker(lambda: 0.0)
    for _ in range(FAILURES):
        breaker.record("first.example", failed=True)
    for number in range(HOSTS_REMEMBERED):
        breaker.record(f"{number}.example", failed=True)
    assert not breaker.is_resting("first.example")
