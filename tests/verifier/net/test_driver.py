"""Flows are driven to their end, and whoever was asked for them is written down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from verifier.errors import AddressRefused, Offline, Unreachable
from verifier.flow import Fetch, Fetched, Flow, Purpose
from verifier.net import Answer, MemoryWeb, OfflineWeb, driver, run, run_all
from verifier.policy import Limits

A, B, C = "https://a.example/", "https://b.example/", "https://c.example/"


def bodies(*urls: str) -> Flow[list[bytes | str]]:
    """The body of each address, or the code of what went wrong."""
    found: list[bytes | str] = []
    for url in urls:
        try:
            found.append((yield Fetch(url=url, purpose=Purpose.SOURCE)).body)
        except Unreachable as error:
            found.append(error.code)
    return found


class Slow:
    """A web that takes its time, whatever it was allowed; it has a clock of its own."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.allowed, self.clock = seconds, list[timedelta](), 0.0

    def monotonic(self) -> float:
        return self.clock

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        self.allowed.append(limits.fetch_timeout)
        self.clock += self.seconds
        return Fetched(url=wish.url, body=wish.url.encode())


def test_a_flow_is_answered_and_whoever_was_asked_is_named(now: datetime) -> None:
    found, consulted = run(bodies(B, A), MemoryWeb({A: b"a", B: b"bb"}), Limits(), at=now)
    assert found == [b"bb", b"a"]
    assert [(entry.url, entry.sha256, entry.bytes, entry.at) for entry in consulted] == [
        (A, sha256(b"a").hexdigest(), 1, now),
        (B, sha256(b"bb").hexdigest(), 2, now),
    ]


def test_a_flow_that_asks_nothing_consults_nobody(now: datetime) -> None:
    assert run(bodies(), MemoryWeb({}), Limits(), at=now) == ([], ())


def test_an_address_asked_twice_is_named_once_with_its_usable_answer(now: datetime) -> None:
    class Flaky:
        calls = 0

        def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
            self.calls += 1
            if self.calls == 2:
                return Fetched(url=wish.url, body=b"a")
            raise Unreachable(wish.url, "status 503", asked=True, status=503)

    found, consulted = run(bodies(A, A, A), Flaky(), Limits(), at=now)
    assert found == ["unreachable", b"a", "unreachable"]
    assert [(entry.url, entry.bytes) for entry in consulted] == [(A, 1)]


def test_who_was_never_reached_is_not_named_and_who_failed_is(now: datetime) -> None:
    web = MemoryWeb({A: Answer(status=503), B: Answer(b"b", addresses=(("10.0.0.1",),))})
    found, consulted = run(bodies(A, B, C, "http://127.0.0.1/"), web, Limits(), at=now)
    assert found == ["unreachable", "address_refused", "unreachable", "address_refused"]
    assert [(entry.url, entry.sha256, entry.bytes) for entry in consulted] == [(A, None, 0)]


def test_every_hop_of_a_redirect_is_named(now: datetime) -> None:
    web = MemoryWeb({A: Answer(redirect=B), B: Answer(redirect=C), C: b"c"})
    _, consulted = run(bodies(A), web, Limits(), at=now)
    assert [(entry.url, entry.bytes) for entry in consulted] == [(A, 0), (B, 0), (C, 1)]
    web = MemoryWeb({A: Answer(redirect=B), B: Answer(redirect="https://127.0.0.1/")})
    _, consulted = run(bodies(A), web, Limits(), at=now)
    assert [entry.url for entry in consulted] == [A, B]


def test_offline_nobody_is_asked(now: datetime) -> None:
    assert run(bodies(A, B), MemoryWeb({A: b"a"}), Limits(), at=now, offline=True) == (["offline"] * 2, ())
    with pytest.raises(Offline):
        OfflineWeb().fetch(Fetch(url=A, purpose=Purpose.KEY), Limits())


def test_when_the_time_of_an_item_is_up_nobody_else_is_asked(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Slow(0.06)
    monkeypatch.setattr(driver, "time", web)
    limits = Limits(item_timeout=timedelta(milliseconds=100))
    found, consulted = run(bodies(A, B, C), web, limits, at=now)
    assert found == [A.encode(), B.encode(), "unreachable"]
    assert [entry.url for entry in consulted] == [A, B]
    assert web.allowed == [timedelta(milliseconds=100), timedelta(milliseconds=40)]


def test_one_address_gets_no_more_than_its_own_time(now: datetime) -> None:
    web = Slow(0.0)
    run(bodies(A), web, Limits(), at=now)
    assert web.allowed == [Limits().fetch_timeout]


def test_what_a_flow_does_not_catch_comes_out(now: datetime) -> None:
    def careless() -> Flow[bytes]:
        return (yield Fetch(url="http://a.example/", purpose=Purpose.KEY)).body

    with pytest.raises(AddressRefused):
        run(careless(), MemoryWeb({}), Limits(), at=now)


# ------------------------------------------------------------------------------------- many


def test_many_flows_are_answered_in_their_order(now: datetime) -> None:
    def maker(number: int) -> Callable[[], Flow[list[bytes | str]]]:
        return lambda: bodies(f"https://a.example/{number}")

    web = MemoryWeb({f"https://a.example/{number}": str(number).encode() for number in range(100)})
    results = list(run_all(map(maker, range(100)), web, Limits(), at=now))
    assert [found for found, _ in results] == [[str(number).encode()] for number in range(100)]
    assert all(len(consulted) == 1 for _, consulted in results)


def test_no_flow_gives_no_result(now: datetime) -> None:
    assert list(run_all([], MemoryWeb({}), Limits(), at=now)) == []


def test_many_flows_can_be_offline(now: datetime) -> None:
    assert list(run_all([lambda: bodies(A)], MemoryWeb({A: b"a"}), Limits(), at=now, offline=True)) == [
        (["offline"], ())
    ]


def test_flows_run_side_by_side(now: datetime) -> None:
    together = threading.Barrier(4, timeout=10)

    class Meeting:
        def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
            together.wait()
            return Fetched(url=wish.url, body=b"")

    assert len(list(run_all([lambda: bodies(A)] * 4, Meeting(), Limits(), at=now, workers=4))) == 4


def test_a_long_list_is_taken_a_few_at_a_time(now: datetime) -> None:
    taken: list[int] = []

    def makers() -> Iterator[Callable[[], Flow[list[bytes | str]]]]:
        for number in range(1_000):
            taken.append(number)
            yield lambda: bodies(A)

    results = run_all(makers(), MemoryWeb({A: b"a"}), Limits(), at=now, workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]  # a generator, said to be an iterator
    assert len(taken) < 10


def test_an_exception_comes_out_when_its_turn_comes(now: datetime) -> None:
    def broken() -> Flow[list[bytes | str]]:
        raise RuntimeError("a fault of ours")

    results = run_all([lambda: bodies(A), broken], MemoryWeb({A: b"a"}), Limits(), at=now)
    assert next(results)[0] == [b"a"]
    with pytest.raises(RuntimeError):
        next(results)
