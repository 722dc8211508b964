"""Run ../shared/cases/score.py over everything; fail on a false acceptance, a crash or a new deviation."""

from __future__ import annotations

import sys

from conformance import PAGE, complaints, page, scored


def main() -> int:
    seen = scored()
    crashed = [case["id"] for case in seen["cases"] if case["seen"]["crash"]]
    print(f"{seen['passed']} of {seen['of']} passed")
    print(f"false acceptances: {seen['false_acceptances']}, crashes: {len(crashed)}")
    wrong = [*(f"crashed: {name}" for name in crashed), *complaints(seen)]
    if PAGE.read_text("utf-8") != page(seen):
        wrong.append("docs/conformance.md is out of date: python .ci/conformance.py")
    print("\n".join(wrong))
    return int(bool(wrong) or seen["false_acceptances"] > 0 or seen["of"] == 0)


if __name__ == "__main__":
    sys.exit(main())
