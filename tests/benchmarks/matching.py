"""How long matching takes: `python -m tests.benchmarks.matching [applicants] [requirements]`.

Asked for: 100,000 applicants × 50 requirements in under 5 s and 2 GB on two cores, linear in applicants.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from random import Random

from verifier.model import Level
from verifier.report import Verdict
from verifier.skills import (
    IssuerTier,
    JobRequirements,
    Link,
    Matcher,
    Requirement,
    Skill,
    SkillClaim,
    Standing,
)

SKILLS = 14_000
CLAIMS = 12  # of one applicant: three credentials with four skills each
CLOCK = datetime(2026, 9, 1, tzinfo=UTC)


def skill(number: int) -> Skill:
    uri = f"http://data.europa.eu/esco/skill/{number:08x}-aaaa-4bbb-8ccc-dddddddddddd"
    return Skill(id=uri, name=f"skill {number}", framework="ESCO")


def job(requirements: int) -> JobRequirements:
    level = Level(scheme="EQF", value="6")
    rows = tuple(
        Requirement(
            id=f"r{n}", skill=skill(n), required=n % 3 > 0, minimum_level=level if n % 5 == 0 else None
        )
        for n in range(requirements)
    )
    return JobRequirements(id="bench", name="Benchmark", requirements=rows)


def claims(seed: int, requirements: int) -> Iterator[SkillClaim]:
    """Half of an applicant's claims are asked for, half are not; one in ten is revoked."""
    chance = Random(seed)  # noqa: S311  # a fixed seed, no secret
    for number in range(CLAIMS):
        asked = chance.random() < 0.5
        revoked = chance.random() < 0.1
        yield SkillClaim(
            skill=skill(chance.randrange(requirements) if asked else chance.randrange(SKILLS)),
            link=Link.DECLARED,
            qualification_level=Level(scheme="EQF", value=str(chance.randint(4, 8))),
            pointer=f"/credentialSubject/achievement/alignment/{number}/targetUrl",
            place="achievement",
            verdict=Verdict.FAILED if revoked else Verdict.VERIFIED,
            code="revoked" if revoked else "verified",
            failures=("revoked",) if revoked else (),
            report_code="verified",
            source=f"{seed}.json",
            credential_id=None,
            credential_sha=f"{seed}-{number // 4}",
            issuer_id="did:web:college.example",
            issuer_tier=IssuerTier.RECOGNISED,
            issued=CLOCK,
            checked_at=CLOCK,
        )


def work(task: tuple[int, int, int]) -> tuple[int, float]:
    """(rows met, CPU seconds spent matching) for the applicants first … last; making them is not timed."""
    first, last, requirements = task
    matcher = Matcher(job(requirements))
    met, spent = 0, 0.0
    for start in range(first, last, 1_000):
        people = [tuple(claims(seed, requirements)) for seed in range(start, min(start + 1_000, last))]
        begun = time.process_time()
        for person in people:
            met += sum(row.standing is Standing.MET for row in matcher.match(person).requirements)
        spent += time.process_time() - begun
    return met, spent


def measure(applicants: int, requirements: int, cores: int = 2) -> tuple[int, float]:
    """(rows met, CPU seconds of the slowest worker): one worker a core, side by side."""
    share = -(-applicants // cores)
    tasks = [(i * share, min((i + 1) * share, applicants), requirements) for i in range(cores)]
    with ProcessPoolExecutor(cores) as pool:
        done = list(pool.map(work, tasks))
    return sum(met for met, _ in done), max(spent for _, spent in done)


def main() -> None:
    applicants = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    requirements = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    for some in (applicants // 10, applicants):
        met, seconds = measure(some, requirements)
        print(
            f"{some:>9,} applicants × {requirements} requirements: {seconds:6.2f} s a core, {met:,} rows met"
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"peak of a worker: {peak / 1_000_000:.2f} GB")


if __name__ == "__main__":
    main()
