"""No WCAG 2.2 AA violation on any screen, light and dark, wide and on a phone; and no sideways scrolling."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed (extra e2e)")

from tests.browser.waiting import asked, compared, load_sample, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Streamlit's uploader, best practice and not WCAG: SCREENS names it as the one known exception.
ALLOWED = {"presentation-role-conflict"}
SCREENS = ("", "candidates", "compare", "coverage", "jobs", "trust", "trust?part=activity")
PHONE, DESK = (390, 844), (1280, 900)
REDRAWN = 300  # milliseconds until charts and grids have taken a new width


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, from `npm install axe-core` in the checkout or from SKILLPROOF_AXE."""
    for place in (os.environ.get("SKILLPROOF_AXE", ""), str(ROOT / "node_modules/axe-core/axe.min.js")):
        if place and Path(place).is_file():
            return Path(place).read_text()
    pytest.skip("axe-core is not here (npm install axe-core@4.14.1, or SKILLPROOF_AXE=…/axe.min.js)")


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds, one line a rule, apart from what is allowed."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
    )
    return [
        f"{rule['id']}: {rule['nodes'][0]['target']} {rule['nodes'][0].get('failureSummary', '')}"
        for rule in found
        if rule["id"] not in ALLOWED
    ]


def wide_and_narrow(page: Page, axe: str) -> list[str]:
    """What axe finds on this screen at a desk and on a phone: one walk for both."""
    found = []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(REDRAWN)
        found += [f"{width} px: {line}" for line in violations(page, axe)]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_breaks_a_rule(page: Page, address: str, axe: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    load_sample(page, address)
    broken = {"verify with results": wide_and_narrow(page, axe)}
    page.get_by_role("button", name="Open candidate").nth(3).click()
    settled(page, page.get_by_text("required verified"))
    broken["candidate"] = wide_and_narrow(page, axe)
    page.get_by_role("button", name="Evidence").first.click()
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    broken["evidence"] = wide_and_narrow(page, axe)
    broken["compare two"] = wide_and_narrow(compared(page, address), axe)
    broken["wallet"] = wide_and_narrow(asked(page, address), axe)
    broken["demo holder"] = wide_and_narrow(asked(page, address, job="Data analyst"), axe)
    for screen in SCREENS:
        page.goto(f"{address}/{screen}")
        settled(page, page.get_by_role("heading", level=1))
        broken[screen or "verify"] = wide_and_narrow(page, axe)
    assert {screen: found for screen, found in broken.items() if found} == {}


def test_nothing_scrolls_sideways_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    load_sample(page, address)
    wide = {}
    for screen in SCREENS:
        page.goto(f"{address}/{screen}")
        settled(page, page.get_by_role("heading", level=1))
        main = page.get_by_test_id("stMain")
        wide[screen] = main.evaluate("node => node.scrollWidth - node.clientWidth")
    page = asked(page, address)
    main = page.get_by_test_id("stMain")
    wide["wallet"] = main.evaluate("node => node.scrollWidth - node.clientWidth")
    assert {screen: over for screen, over in wide.items() if over > 0} == {}
