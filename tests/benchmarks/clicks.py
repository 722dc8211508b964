"""Clicks in a real browser, until their answer is painted: `python -m tests.benchmarks.clicks [people]`.

The server is started as the README starts it, on the sample and then on a store of 10,000 people; headless
Chromium goes through every screen. Asked for: any click under 1 s on the sample; with 10,000 people under
1.5 s, the grid's first paint under 1.5 s and its filter under 0.5 s, on two cores.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tests.browser.conftest import browser_path

if TYPE_CHECKING:
    from tests.benchmarks.painting import Taken
    from tests.benchmarks.walked import Walked

ON_SAMPLE, WITH_MANY, FILTER = 1_000, 1_500, 500  # milliseconds


def main(people: int) -> None:
    """Print both stores as one table."""
    missing = what_is_missing()
    if missing:
        print(f"Not measured: {missing}.")
        return
    from tests.benchmarks.walked import walked

    sample, many = walked(0), walked(people)
    print(f"| click, in ms | sample: median | worst | {people:,} people: median | worst | server | bound |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for what, taken in many.taken.items():
        print(row(what, sample.taken.get(what, []), taken))
    print(f"\n{said(sample, many)}")


def what_is_missing() -> str:
    """Why no browser can be driven here; "" where one can."""
    if find_spec("playwright") is None:
        return "playwright is not installed (extra e2e)"
    return "" if browser_path() else "no Chromium on this machine"


def row(what: str, sample: Sequence[Taken], many: Sequence[Taken]) -> str:
    """One click on both stores; in bold what took longer than it may."""
    bound = FILTER if what.startswith(("filter", "find")) else WITH_MANY
    busy = statistics.median(one.busy for one in many)
    cells = [*figures(sample, ON_SAMPLE), *figures(many, bound), f"{busy:,.0f}", f"{bound:,}"]
    return f"| {what} | {' | '.join(cells)} |"


def figures(taken: Sequence[Taken], bound: float) -> tuple[str, str]:
    """Median and worst, "–" for what this store has not."""
    if not taken:
        return "–", "–"
    times = [one.ms for one in taken]
    median, worst = statistics.median(times), max(times)
    return f"**{median:,.0f}**" if median > bound else f"{median:,.0f}", f"{worst:,.0f}"


def said(sample: Walked, many: Walked) -> str:
    """What has to be known beside the figures."""
    loads = " → ".join(f"{load:.1f}" for load in (*sample.load, *many.load))
    before, after = many.memory_mb
    return (
        f"On the sample at most {ON_SAMPLE:,} ms. “Server” is its processor time. In bold: a median over the "
        f"bound. Processes that wanted a core, from the beginning to the end: {loads}; our own server and "
        f"browser are two to three of them, above that it is somebody else’s work that is measured. "
        f"The server held {before:,.0f} MB before the filter of the grid was switched {many.switched} times, "
        f"{after:,.0f} MB after."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
