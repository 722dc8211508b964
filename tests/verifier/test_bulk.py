"""Many sources over any executor: their order, one report each, and a dead worker costs one source alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

import pytest

from tests.issuing import Issuer, json_bytes
from tests.verifier.forging.scene import COLLEGE, LIST_URL, NOW
from verifier import (
    Answer,
    Applicant,
    Linked,
    MemoryWeb,
    Policy,
    Report,
    Uploaded,
    Verdict,
    bulk,
    verify_many,
)
from verifier.errors import Unreachable
from verifier.flow import Fetch, Fetched
from verifier.policy import Limits

KEYED = Issuer.with_did_key("Bulk College")
DEADLY = "https://deadly.example/badge"


def files(count: int) -> list[Uploaded]:
    """Distinct badges, every third of them altered."""
    made = []
    for number in range(count):
        signed = KEYED.sign(
            KEYED.credential(id=f"urn:uuid:00000000-0000-4000-8000-{number:012}"), "eddsa-jcs-2022"
        )
        signed |= {"name": "Forged"} if number % 3 == 2 else {}
        made.append(Uploaded(json_bytes(signed), f"{number}.json"))
    return made


class DeadlyWeb:
    """A web that kills the process that asks for one address: a decoder's fault, as it were."""

    def fetch(self, wish: Fetch, limits: Limits) -> Fetched:
        if wish.url == DEADLY:
            os._exit(13)
        raise Unreachable(wish.url, "there is no such host")


def spawned() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


EXECUTORS: dict[str, Callable[[], AbstractContextManager[Executor | None]]] = {
    "none": nullcontext,
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": spawned,
}


@pytest.mark.parametrize("make", EXECUTORS.values(), ids=EXECUTORS)
def test_every_source_has_a_report_in_its_order(monkeypatch: pytest.MonkeyPatch, make: Any) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 4)
    sources = files(18)
    with make() as executor:
        reports = list(verify_many(sources, trust=[KEYED.listed()], now=NOW, executor=executor))
    assert [report.source for report in reports] == [source.filename for source in sources]
    assert [report.verdict for report in reports] == [Verdict.VERIFIED, Verdict.VERIFIED, Verdict.FAILED] * 6


def test_everything_that_is_given_reaches_every_source() -> None:
    given: dict[str, Any] = {
        "policy": Policy.strict(),
        "trust": [COLLEGE.listed()],
        "web": COLLEGE.web(),
        "now": NOW,
    }
    sources = [Uploaded(json_bytes(COLLEGE.sign(COLLEGE.credential())), "a.json")]
    with ThreadPoolExecutor(1) as executor:
        (report,) = verify_many(
            sources, applicant=Applicant(dids=("did:web:eve",)), executor=executor, **given
        )
    assert (report.policy, report.code, report.at) == ("strict", "other_subject", NOW)


def test_no_source_gives_no_report() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert list(verify_many([], executor=executor)) == []
    assert list(verify_many([])) == []


def test_sources_are_taken_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 1)
    taken = []

    def endless() -> Iterator[Uploaded]:
        while True:
            taken.append(1)
            yield Uploaded(b"", "empty")

    with ThreadPoolExecutor(1) as executor:
        reports = verify_many(endless(), executor=executor, now=NOW)
        assert next(reports).code == "empty"
        assert len(taken) <= bulk.AHEAD + 1


def test_all_are_judged_at_one_moment() -> None:
    before = datetime.now(UTC)
    reports = list(verify_many([Uploaded(b"", "a"), Uploaded(b"", "b")]))
    assert reports[0].at == reports[1].at >= before


def test_a_dead_worker_costs_one_source_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool is broken by the second chunk; the third is submitted to one that took its place."""
    monkeypatch.setattr(bulk, "CHUNK", 2)
    monkeypatch.setattr(bulk, "AHEAD", 1)
    good = files(5)
    sources: list[Uploaded | Linked] = [*good[:2], Linked(DEADLY), *good[3:]]
    given: dict[str, Any] = {"trust": [KEYED.listed()], "web": DeadlyWeb(), "now": NOW}
    with spawned() as executor:
        reports = list(verify_many(sources, executor=executor, **given))
    assert [report.source for report in reports] == ["0.json", "1.json", DEADLY, "3.json", "4.json"]
    lost = [report for report in reports if report.verdict is not Verdict.VERIFIED]
    assert [(report.source, report.verdict, report.code) for report in lost] == [
        (DEADLY, Verdict.INDETERMINATE, "internal_error")
    ]


class FaultyExecutor(Executor):
    """A cluster that fails every chunk with one source in it, and every chunk of several."""

    def __init__(self, bad: str) -> None:
        self.bad = bad

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        chunk = args[0]
        if any(source.filename == self.bad for source in chunk):
            future.set_exception(OSError("the worker was killed"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_chunk_that_fails_is_run_again_one_by_one() -> None:
    reports = list(verify_many(files(5), trust=[KEYED.listed()], now=NOW, executor=FaultyExecutor("1.json")))
    codes = ["verified", "internal_error", "invalid_signature", "verified", "verified"]
    assert [report.code for report in reports] == codes
    assert reports[1].verdict is Verdict.INDETERMINATE
    assert reports[1].credential is None


def test_each_report_comes_as_soon_as_it_is_done() -> None:
    web = MemoryWeb({**COLLEGE.served(), LIST_URL: Answer(status=503)})
    reports: Iterator[Report] = verify_many(files(2), trust=[KEYED.listed()], web=web, now=NOW)
    assert next(reports).source == "0.json"


@pytest.mark.parametrize("workers", [False, True])
def test_a_clock_without_a_zone_is_refused_before_anything_is_done(workers: bool) -> None:
    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="time zone"):
        verify_many(never(), now=datetime(2026, 9, 1), executor=pool if workers else None)


def never() -> Iterator[Uploaded]:
    raise AssertionError("no source is asked for")
    yield  # makes it an iterator
