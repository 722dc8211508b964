"""Public answers are asked for once; nothing of a person is kept."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from verifier.errors import AddressRefused, Unreachable
from verifier.flow import Fetch, Fetched, Purpose
from verifier.net import CachingWeb, MemoryWeb
from verifier.policy import Limits

URL = "https://college.example/keys"
KEY = Fetch(url=URL, purpose=Purpose.KEY)


class Counting:
    """A web that counts, and fails while `error` is set."""

    def __init__(self, body: bytes = b"{}") -> None:
        self.asked, self.body = list[str](), body
        self.error: Exception | None = None

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        self.asked.append(wish.url)
        if self.error is not None:
            raise self.error
        return Fetched(url=wish.url, body=self.body)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def web() -> Counting:
    return Counting()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize(
    ("purpose", "seconds"), [(Purpose.KEY, 3_600), (Purpose.STATUS, 900), (Purpose.REGISTRY, 21_600)]
)
def test_an_answer_is_kept_for_the_time_of_its_purpose(
    web: Counting, clock: Clock, purpose: Purpose, seconds: int
) -> None:
    cache, wish = CachingWeb(web, clock), Fetch(url=URL, purpose=purpose)
    for moment, asked in ((0, 1), (seconds - 1, 1), (seconds, 2), (2 * seconds - 1, 2), (2 * seconds, 3)):
        clock.now = moment
        assert cache.fetch(wish, Limits()).body == b"{}"
        assert len(web.asked) == asked


def test_what_a_person_gave_is_never_kept(web: Counting) -> None:
    cache, wish = CachingWeb(web), Fetch(url=URL, purpose=Purpose.SOURCE)
    for _ in range(3):
        cache.fetch(wish, Limits())
    assert len(web.asked) == 3


def test_an_answer_serves_only_the_same_wish(web: Counting) -> None:
    cache = CachingWeb(web)
    for wish in (
        KEY,
        Fetch(url=URL, purpose=Purpose.STATUS),
        Fetch(url=URL, purpose=Purpose.KEY, accept=("application/jwt",)),
        Fetch(url=URL + "2", purpose=Purpose.KEY),
    ):
        cache.fetch(wish, Limits())
        cache.fetch(wish, Limits())
    assert len(web.asked) == 4


def test_an_outage_is_asked_about_once_a_minute(web: Counting, clock: Clock) -> None:
    cache = CachingWeb(web, clock)
    web.error = Unreachable(URL, "status 503", asked=True, status=503)
    for moment, asked in ((0, 1), (59, 1), (60, 2)):
        clock.now = moment
        with pytest.raises(Unreachable) as caught:
            cache.fetch(KEY, Limits())
        assert (caught.value.status, caught.value.asked) == (503, True)
        assert len(web.asked) == asked
    web.error, clock.now = None, 120.0
    assert cache.fetch(KEY, Limits()).body == b"{}"


def test_a_kept_failure_is_raised_as_a_fresh_one(web: Counting) -> None:
    cache = CachingWeb(web)
    web.error = error = Unreachable(URL, "status 503", asked=True, status=503)
    error.hops = (URL,)
    raised = []
    for _ in range(3):
        with pytest.raises(Unreachable) as caught:
            cache.fetch(KEY, Limits())
        raised.append(caught.value)
    assert len({id(again) for again in raised}) == 3
    assert {(str(again), again.hops) for again in raised} == {(str(error), (URL,))}


def test_what_was_not_asked_is_not_remembered(web: Counting) -> None:
    cache = CachingWeb(web)
    for error in (AddressRefused(URL, "private"), Unreachable(URL, "too many others")):
        web.error = error
        with pytest.raises(Unreachable):
            cache.fetch(KEY, Limits())
    web.error = None
    assert cache.fetch(KEY, Limits()).body == b"{}"


def test_a_hurried_failure_answers_nobody_who_has_more_time(web: Counting) -> None:
    cache = CachingWeb(web)
    web.error = Unreachable(URL, "it took too long", asked=True)
    hurried = replace(Limits(), fetch_timeout=timedelta(milliseconds=5))
    for limits, asked in ((hurried, 1), (hurried, 1), (Limits(), 2), (hurried, 2), (Limits(), 2)):
        with pytest.raises(Unreachable):
            cache.fetch(KEY, limits)
        assert len(web.asked) == asked


def wish(number: int) -> Fetch:
    return Fetch(url=f"{URL}/{number}", purpose=Purpose.KEY)


def test_the_least_recently_used_entry_goes_first(web: Counting) -> None:
    cache = CachingWeb(web, max_entries=2)
    for number in (1, 2, 1, 3, 1):
        cache.fetch(wish(number), Limits())
    assert len(web.asked) == 3
    cache.fetch(wish(2), Limits())
    assert len(web.asked) == 4


def test_the_bytes_that_are_kept_are_bounded() -> None:
    web = Counting(bytes(40))
    cache = CachingWeb(web, max_bytes=100)
    for number in (1, 2, 3, 2, 3):
        cache.fetch(wish(number), Limits())
    assert len(web.asked) == 3
    cache.fetch(wish(1), Limits())
    assert len(web.asked) == 4


def test_replacing_an_entry_does_not_count_it_twice(clock: Clock) -> None:
    web = Counting(bytes(40))
    cache = CachingWeb(web, clock, max_bytes=100)
    for moment in (0.0, 4_000.0, 8_000.0):
        clock.now = moment
        cache.fetch(wish(1), Limits())
        cache.fetch(wish(2), Limits())
    asked = len(web.asked)
    cache.fetch(wish(1), Limits())
    cache.fetch(wish(2), Limits())
    assert len(web.asked) == asked


def test_an_answer_larger_than_the_cache_is_given_and_not_kept() -> None:
    web = Counting(bytes(200))
    cache = CachingWeb(web, max_bytes=100)
    assert len(cache.fetch(KEY, Limits()).body) == len(cache.fetch(KEY, Limits()).body) == 200
    assert len(web.asked) == 2


class Held(Counting):
    """A web that answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go = threading.Event(), threading.Event()

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        self.reached.set()
        self.go.wait(10)
        return super().fetch(wish, limits)


@pytest.mark.parametrize("error", [None, Unreachable(URL, "status 503", asked=True)])
def test_equal_wishes_in_flight_are_asked_once(error: Unreachable | None) -> None:
    web = Held()
    web.error = error
    cache = CachingWeb(web)

    def ask(_: int) -> bool:
        try:
            return cache.fetch(KEY, Limits()).body == b"{}"
        except Unreachable:
            return False

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(ask, range(8))
        assert web.reached.wait(10)
        web.go.set()
        assert set(answers) == {error is None}
    assert len(web.asked) == 1


def test_who_waits_for_another_waits_no_longer_than_allowed() -> None:
    web = Held()
    cache = CachingWeb(web)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(cache.fetch, KEY, Limits())
        assert web.reached.wait(10)
        with pytest.raises(Unreachable) as caught:
            cache.fetch(KEY, replace(Limits(), fetch_timeout=timedelta(milliseconds=10)))
        web.go.set()
        assert first.result().body == b"{}"
    assert not caught.value.asked


def test_a_fault_of_the_one_who_asks_holds_nobody_up(web: Counting) -> None:
    web.error = RuntimeError("a fault of ours")
    cache = CachingWeb(web)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            cache.fetch(KEY, Limits())
    web.error = None
    assert cache.fetch(KEY, Limits()).body == b"{}"


def test_nothing_kept_travels_to_another_process() -> None:
    cache = CachingWeb(MemoryWeb({URL: b"secret canary"}))
    cache.fetch(KEY, Limits())
    fresh = CachingWeb(MemoryWeb({URL: b"secret canary"}))
    assert len(pickle.dumps(cache)) == len(pickle.dumps(fresh))
    assert pickle.loads(pickle.dumps(cache)).fetch(KEY, Limits()).body == b"secret canary"  # noqa: S301  our own bytes
