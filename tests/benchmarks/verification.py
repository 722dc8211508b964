"""How long verifying takes, as ratios of one run: `python -m tests.benchmarks.verification [credentials]`.

A ratio means the same on every machine, a second does not:
- one `verify()` against what nobody can spare: parse its JSON, hash it, check one Ed25519 signature;
- poison graphs, which the work counter must refuse, in times of one `verify()`;
- many credentials one after another, and over a pool of processes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import combinations

from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.conftest import TERM_START
from tests.issuing import Issuer, Suite, json_bytes
from tests.issuing_keys import Json
from verifier import MemoryWeb, Uploaded, Verdict, verify, verify_many
from verifier.errors import WorkLimit
from verifier.policy import Limits
from verifier.proofs import canonical

COLLEGE = Issuer.with_did_key("Example College")
TRUST = (COLLEGE.listed(),)
WEB = MemoryWeb({})
SUITES: tuple[Suite, ...] = ("eddsa-jcs-2022", "eddsa-rdfc-2022")
ACHIEVEMENT: Json = {
    "type": ["Achievement"],
    "name": "Data Analysis",
    "description": "Collects, cleans and explains data.",
    "criteria": {"narrative": "Passes a supervised project."},
}


def badge(number: int) -> Json:
    """A badge of its own, with unnamed nodes, as most real ones have."""
    achievement = ACHIEVEMENT | {"id": f"https://college.example/achievements/{number}"}
    return COLLEGE.credential(achievement=achievement, id=f"urn:uuid:00000000-0000-4000-8000-{number:012}")


def signed(number: int, suite: Suite) -> Uploaded:
    return Uploaded(json_bytes(COLLEGE.sign(badge(number), suite)), f"{number}.json")


def seconds_of(work: Callable[[], object], least: float = 1.0) -> float:
    """The best of the rounds that fit into `least` seconds: what the work takes when nothing disturbs it."""
    work()  # caches of contexts and keys are filled once a process, not once a credential
    best, end = float("inf"), time.perf_counter() + least
    while time.perf_counter() < end:
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def floor(source: Uploaded) -> Callable[[], None]:
    """Its own parsing, hashing and signature, and nothing else."""
    private = COLLEGE.key.private
    assert isinstance(private, ed25519.Ed25519PrivateKey)
    public, message = private.public_key(), bytes(64)
    signature = private.sign(message)

    def work() -> None:
        document = json.loads(source.data)
        hashlib.sha256(json.dumps(document["proof"]).encode()).digest()
        hashlib.sha256(source.data).digest()
        public.verify(signature, message)

    return work


def whole(source: Uploaded) -> Callable[[], None]:
    def work() -> None:
        report = verify(source, trust=TRUST, web=WEB, now=TERM_START)
        assert report.verdict is Verdict.VERIFIED, report.code

    return work


def one() -> float:
    """Print the ratio for each kind of suite; the seconds of a `verify()` over linked data."""
    spent = 0.0
    for suite in SUITES:
        source = signed(1, suite)
        least, spent = seconds_of(floor(source)), seconds_of(whole(source))
        print(
            f"verify(), {suite}: {spent * 1000:.2f} ms, "
            f"{spent / least:.1f} × its own Ed25519 + SHA-256 + JSON"
        )
    return spent


def poison() -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Graphs whose unnamed nodes are hard to tell apart."""
    yield "clique of 8", list(combinations(range(8), 2))
    yield "clique of 30", list(combinations(range(30), 2))
    yield "two cliques of 8", [(a + s, b + s) for s in (0, 8) for a, b in combinations(range(8), 2)]
    yield "complete bipartite 9 × 9", [(a, 9 + b) for a in range(9) for b in range(9)]
    yield "star of 400", [(0, leaf) for leaf in range(1, 400)]
    yield "ring of 400", [(node, (node + 1) % 400) for node in range(400)]


def poisoned(unit: float) -> None:
    for name, edges in poison():
        both = [*edges, *((b, a) for a, b in edges)]
        text = "\n".join(f"_:b{a} <urn:p> _:b{b} ." for a, b in both)
        begun = time.perf_counter()
        try:
            canonical.canonicalize_nquads(text, Limits())
            answer = "answered"
        except WorkLimit:
            answer = "refused"
        spent = time.perf_counter() - begun
        print(f"poison, {name}: {answer} after {spent:.3f} s ({spent / unit:,.1f} × verify())")


def many(count: int) -> None:
    """Wall clock needs a quiet machine; the processor's seconds say what it would be on one."""
    sources = [signed(number, "eddsa-rdfc-2022") for number in range(count)]
    begun = time.process_time()
    alone = _timed(sources, None)
    busy = time.process_time() - begun
    print(f"verify_many, {count:,} credentials, in this process: {alone:.2f} s, {busy:.2f} s busy")
    workers, before = os.cpu_count() or 1, os.times()
    with ProcessPoolExecutor(workers) as pool:
        states = {"just started": _timed(sources, pool), "warm": _timed(sources, pool)}
    after = os.times()
    for state, spent in states.items():
        print(f"verify_many, {workers} processes, {state}: {spent:.2f} s, {alone / spent:.2f} × as fast")
    own = after.user + after.system - before.user - before.system
    theirs = after.children_user + after.children_system - before.children_user - before.children_system
    idle = 2 * busy / (own + theirs / workers)
    print(f"{own / 2:.2f} s busy here, {theirs / 2:.2f} s in all workers: {idle:.2f} × as fast on idle cores")


def _timed(sources: list[Uploaded], executor: Executor | None) -> float:
    begun = time.perf_counter()
    reports = verify_many(sources, trust=TRUST, web=WEB, now=TERM_START, executor=executor)
    verified = sum(report.verdict is Verdict.VERIFIED for report in reports)
    assert verified == len(sources), f"{verified} of {len(sources)} are verified"
    return time.perf_counter() - begun


def main() -> None:
    unit = one()
    poisoned(unit)
    many(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)


if __name__ == "__main__":
    main()
