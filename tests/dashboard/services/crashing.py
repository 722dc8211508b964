"""A process that works on a store until it is killed: `python crashing.py HOME [FILES]`.

It says the batch, then a line for every verification that it begins.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from dashboard.services import Incoming, Services
from tests.dashboard.services.making import slowly, verifying
from verifier import Report


def announced(source: Any, **given: Any) -> Report:
    """`made`, after saying that it begins."""
    print("begun", flush=True)
    return slowly(0.01)(source, **given)


if __name__ == "__main__":
    services = Services.open(Path(sys.argv[1]), verifying=verifying(announced))
    if len(sys.argv) > 2:
        files = [Incoming(filename=f"{n}.json", data=f"{n}".encode()) for n in range(int(sys.argv[2]))]
        print(f"batch {services.intake.receive(files)}", flush=True)
    time.sleep(600)
