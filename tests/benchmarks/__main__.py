"""All measures of time on one page: `python -m tests.benchmarks > docs/performance.md`.

Each part runs alone, in a process of its own, and may be run so: `python -m tests.benchmarks.people`.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("cryptography", "PyLD", "SQLAlchemy", "streamlit")


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark and what was asked for."""

    title: str
    module: str
    asked: str


PARTS = (
    Part(
        "Clicks",
        "clicks",
        "In headless Chromium on the server as the README starts it, from the press until the answer is "
        "painted. Any click under 1,000 ms on the sample and under 1,500 ms with 10,000 people; there the "
        "first paint of the grid under 1,500 ms, its filter under 500 ms. Three rounds, each in a browser "
        "that has never been here.",
    ),
    Part(
        "Answers",
        "people",
        "What the services take of the clicks above.",
    ),
    Part(
        "Matching",
        "matching",
        "100,000 applicants × 50 requirements in under 5 s and 2 GB on two cores, linear in applicants. "
        "Processor time.",
    ),
    Part(
        "Verification",
        "verification",
        "Ratios, for they mean the same on every machine; graphs made to be hard must be refused soon.",
    ),
)


def main() -> None:
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    print("# Performance\n")
    print("This page is measured, not written: `python -m tests.benchmarks > docs/performance.md`.\n")
    print(
        f"{datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, {platform.machine()}, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}. When it began {busy:.1f} processes wanted a core: "
        "above the number of cores, times by the clock are longer than on a quiet machine."
    )
    for part in PARTS:
        print(f"\n## {part.title}\n\n{part.asked} `python -m tests.benchmarks.{part.module}`\n", flush=True)
        print(measured(part.module), flush=True)


def measured(module: str) -> str:
    """What the benchmark says; lines that are no table keep their breaks."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 # our own
    return said if said.startswith("|") else f"```\n{said}\n```"


if __name__ == "__main__":
    main()
