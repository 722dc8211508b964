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
SCREENS = (
    "",
    "candidates",
    "compare",
    "coverage",
    "jobs",
    "trust",
    "trust?part=activity",
    "trust?part=receipts",
)
# One person of the sample for each outcome that a candidate and the evidence can have.
STATES = {
    "everything met": "Ada Example",
    "altered": "Dmitri Sample",
    "revoked": "Elena Placeholder",
    "issuer unknown": "Greta Fiktiv",
    "of somebody else": "Hugo Mustermann",
    "unreachable": "Ines Ejemplo",
    "a record with two inside": "Maya Testcase",
}
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


def opened(page: Page, person: str) -> Page:
    """The page of this person of the sample, from the results on the screen."""
    block = page.locator('[class*="st-key-person-"]', has_text=person)
    block.get_by_role("button", name="Open candidate").click()
    settled(page, page.get_by_text("required verified"))
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_breaks_a_rule(page: Page, address: str, axe: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    load_sample(page, address)
    broken = {"verify with results": wide_and_narrow(page, axe)}
    broken["compare two"] = wide_and_narrow(compared(page, address), axe)
    broken["wallet"] = wide_and_narrow(asked(page, address), axe)
    broken["demo holder"] = wide_and_narrow(asked(page, address, job="Data analyst"), axe)
    for screen in SCREENS:
        page.goto(f"{address}/{screen}")
        settled(page, page.get_by_role("heading", level=1))
        broken[screen or "verify"] = wide_and_narrow(page, axe)
    page.goto(f"{address}/candidate?id=nobody")
    settled(page, page.get_by_text("names no candidate"))
    broken["candidate that is gone"] = wide_and_narrow(page, axe)
    assert {screen: found for screen, found in broken.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_candidate_and_no_evidence_breaks_a_rule(page: Page, address: str, axe: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    load_sample(page, address)
    results, broken = page.url, {}
    for state, person in STATES.items():
        page.goto(results)
        settled(page, page.get_by_text("27 items received"))
        broken[f"candidate: {state}"] = wide_and_narrow(opened(page, person), axe)
        page.locator(".st-key-credential-list").get_by_role("button", name="Evidence").first.click()
        settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
        broken[f"evidence: {state}"] = wide_and_narrow(page, axe)
    assert {screen: found for screen, found in broken.items() if found} == {}


def test_nothing_breaks_a_rule_while_a_decision_or_a_message_is_open(
    page: Page, address: str, axe: str
) -> None:
    load_sample(page, address)
    opened(page, "Dmitri Sample")
    page.get_by_role("button", name="Decide").click()
    settled(page, page.get_by_text("A note is required"))
    broken = {"decision": violations(page, axe)}
    page.keyboard.press("Escape")
    page.locator(".st-key-board").get_by_role("button", name="Message to the candidate").click()
    settled(page, page.get_by_text("Nothing is sent from here"))
    broken["message"] = violations(page, axe)
    assert {state: found for state, found in broken.items() if found} == {}


def test_an_unread_file_breaks_no_rule(page: Page, address: str, axe: str, tmp_path: Path) -> None:
    noise = tmp_path / f"{'a very long name ' * 8}.bin"
    noise.write_bytes(bytes(range(256)))
    page.goto(address)
    settled(page, page.get_by_text("Drop credential files here"))
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files([noise])
    check = page.get_by_role("button", name="Check 1 item")
    settled(page, check)
    check.click()
    settled(page, page.locator('[class*="st-key-row-"]').get_by_text("Not readable"))
    broken = {"result": wide_and_narrow(page, axe)}
    page.get_by_role("button", name="Evidence").click()
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    broken["evidence"] = wide_and_narrow(page, axe)
    assert {state: found for state, found in broken.items() if found} == {}


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


def test_text_at_twice_its_size_needs_no_sideways_scrolling(page: Page, address: str) -> None:
    load_sample(page, address)
    opened(page, "Dmitri Sample")
    page.evaluate("() => { document.documentElement.style.fontSize = '30px' }")
    page.wait_for_timeout(REDRAWN)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
