"""Run ../shared/cases/score.py over everything; fail on a false acceptance or a crash."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

SCORE = Path("../shared/cases/score.py")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        subprocess.run(  # noqa: S603 – our own words
            [sys.executable, str(SCORE), "all", "--json", str(result), "--failures", "5"], check=False
        )
        seen = json.loads(result.read_text("utf-8"))
    crashed = [case["id"] for case in seen["cases"] if case["seen"]["crash"]]
    print(f"{seen['passed']} of {seen['of']} passed")
    print(f"false acceptances: {seen['false_acceptances']}, crashes: {len(crashed)}")
    for name in crashed:
        print(f"  crashed: {name}")
    return int(bool(crashed) or seen["false_acceptances"] > 0 or seen["of"] == 0)


if __name__ == "__main__":
    sys.exit(main())
