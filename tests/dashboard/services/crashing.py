"""A process that works on a store until it is killed: `python crashing.py HOME [FILES]`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from dashboard.services import Incoming, Services
from tests.dashboard.services.making import slowly, verifying

if __name__ == "__main__":
    services = Services.open(Path(sys.argv[1]), verifying=verifying(slowly(0.01)))
    if len(sys.argv) > 2:
        files = [Incoming(filename=f"{n}.json", data=f"{n}".encode()) for n in range(int(sys.argv[2]))]
        print(services.intake.receive(files), flush=True)
    else:
        print("resumed", flush=True)
    time.sleep(600)
