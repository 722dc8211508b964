"""Keep what a long run found: `python -m tests.fuzz.keeping FOLDER`, where FOLDER has one folder a target.

An input is kept in `corpus/` when it takes a way through the verifier (from one line to another) that neither
the seeds nor smaller inputs take; so the corpus stays small, and every run begins where the last one ended.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.fuzz.targets import CORPUS, TARGETS, Target

VERIFIER = str(Path(__file__).resolve().parents[2] / "verifier")
LARGEST = 600  # bytes; larger ones are mostly a seed with a small change
MOST = 60  # a target
Way = tuple[CodeType, int, int]


class _Ways:
    """The pairs of lines that one run takes."""

    def __init__(self) -> None:
        self.taken: set[Way] = set()
        self._last: dict[FrameType, int] = {}

    def __call__(self, frame: FrameType, event: str, _: Any) -> _Ways | None:
        if not frame.f_code.co_filename.startswith(VERIFIER):
            return None
        if event == "line":
            self.taken.add((frame.f_code, self._last.get(frame, 0), frame.f_lineno))
            self._last[frame] = frame.f_lineno
        elif event == "return":
            self._last.pop(frame, None)
        return self


def ways_of(target: Target, data: bytes) -> set[Way]:
    """The ways that `data` takes; what it cannot survive is raised."""
    ways = _Ways()
    before = sys.gettrace()
    sys.settrace(ways)
    try:
        target.run(data)
    finally:
        sys.settrace(before)
    return ways.taken


def new_inputs(target: Target, folder: Path) -> Iterator[bytes]:
    """Of the inputs in `folder`, smallest first, those that go where none before went."""
    known: set[Way] = set()
    for data in target.corpus():
        target.run(data)  # once without counting: caches are filled on the way
        known |= ways_of(target, data)
    found = sorted((path.read_bytes() for path in folder.glob("*")), key=lambda data: (len(data), data))
    for data in found:
        if len(data) <= LARGEST and not (taken := ways_of(target, data)) <= known:
            known |= taken
            yield data


def main() -> None:
    for name, target in TARGETS.items():
        room = MOST - len(list((CORPUS / name).glob("*")))
        kept = list(islice(new_inputs(target, Path(sys.argv[1]) / name), max(room, 0)))
        for data in kept:
            (CORPUS / name).mkdir(parents=True, exist_ok=True)
            (CORPUS / name / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        print(f"{name}: {len(kept)} kept")


if __name__ == "__main__":
    main()
