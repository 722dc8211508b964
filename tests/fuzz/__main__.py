"""Fuzz one target: `python -m tests.fuzz TARGET [--runs N] [--seconds S] [--seed N] [--new FOLDER]`.

With atheris (`pip install -e ".[fuzz]"`) the inputs are guided by coverage, and those that reach something
new go to FOLDER. Without it they are random changes of the corpus. `all` takes every target in turn. The
last line counts only inputs that were really run.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.targets import Target


def _atheris() -> ModuleType | None:
    return import_module("atheris") if find_spec("atheris") else None


def random_inputs(corpus: list[bytes], seed: int, longest: int) -> Iterator[bytes]:
    """The corpus, then its members with bytes flipped, cut, doubled and mixed, without end."""
    yield from corpus
    chance = random.Random(seed)  # noqa: S311 – no secret
    while True:
        data = bytearray(chance.choice(corpus))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data) + 1)
            other = chance.choice(corpus)
            begin = chance.randrange(len(other) + 1)
            some = (
                chance.randbytes(chance.randint(1, 4)),
                other[begin : begin + chance.randint(1, 24)],
                b"",
                bytes([data[at] ^ 1 << chance.randrange(8)]) if at < len(data) else b"\0",
            )
            data[at : at + chance.choice((0, 1, 1, 4))] = chance.choice(some)
        yield bytes(data[:longest])


def run_random(target: Target, runs: int, seconds: float, seed: int) -> int:
    """How many inputs `target` survived; what it does not survive is raised, with the input."""
    end, count = time.monotonic() + seconds, 0
    for data in random_inputs(target.corpus(), seed, target.longest):
        if count >= runs or time.monotonic() > end:
            break
        try:
            target.run(data)
        except Exception as error:
            error.add_note(f"{target.name} did not survive {data!r}")
            raise
        count += 1
    return count


def run_guided(atheris: ModuleType, target: Target, options: argparse.Namespace) -> None:
    """Hand over to libFuzzer, which ends the process and prints how many inputs it ran."""
    with tempfile.TemporaryDirectory() as folder:
        for data in target.corpus():
            (Path(folder) / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        new = Path(options.new or tempfile.mkdtemp())
        new.mkdir(parents=True, exist_ok=True)
        flags = [
            f"-runs={options.runs}",
            f"-max_total_time={int(options.seconds)}",
            f"-seed={options.seed}",
            f"-max_len={target.longest}",
            f"-artifact_prefix={new.parent}/{target.name}-",
            "-timeout=20",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *flags, str(new), folder], target.run)
        atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=3_600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--new", help="where to keep inputs that reach something new")
    parser.add_argument("--unguided", action="store_true", help="random changes, even where atheris is there")
    options = parser.parse_args()
    atheris = None if options.unguided or options.target == "all" else _atheris()
    if atheris:
        with atheris.instrument_imports(include=["verifier"]):
            from tests.fuzz.targets import TARGETS
        run_guided(atheris, TARGETS[options.target], options)
        return
    from tests.fuzz.targets import TARGETS

    for name in TARGETS if options.target == "all" else [options.target]:
        begun = time.monotonic()
        count = run_random(TARGETS[name], options.runs, options.seconds, options.seed)
        print(f"{name}: {count:,} inputs in {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main()
